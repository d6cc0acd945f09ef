"""Taken back by its writer for any reason or none, and given back by the magazine: what stops, and who hears what."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from hearthpress.agreements.enums import AgreementState
from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing.enums import ManuscriptState
from hearthpress.mail.models import Letter
from hearthpress.pay.models import KillFee
from hearthpress.stories.actions import publish, retract
from hearthpress.stories.models import Story
from hearthpress.submissions import actions
from hearthpress.submissions.enums import DecisionState, SubmissionState, WithdrawalReason
from hearthpress.submissions.models import Conflict, Submission
from tests.factories import (
    Cast,
    make_accepted,
    make_approved,
    make_call,
    make_manuscript,
    make_rate_card,
    make_story,
    make_submission,
)

pytestmark = pytest.mark.django_db
WORDS = "The section that it was for has ended."


def copy_of(submission: Submission) -> Submission:
    found = Submission.objects.select_related("call", "writer", "byline", "agreement__writer")
    return found.get(pk=submission.pk)


def letter(kind: str) -> Letter:
    return Letter.objects.get(kind=kind)


def test_accepted_elsewhere_is_told_to_both_sides_in_plain_words(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    actions.leave_reading(submission, cast.editor, "yes", "")

    actions.withdraw(submission, cast.writer, WithdrawalReason.ELSEWHERE)

    assert submission.events.last().why == "elsewhere"
    assert "We are glad it found its place." in letter("submissions/withdrawn").text
    assert "You owe us no reason" not in letter("submissions/withdrawn").text
    assert "It was accepted elsewhere." in letter("submissions/withdrawn_editor").text


def test_without_a_reason_none_is_named_or_asked_for(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    actions.leave_reading(submission, cast.editor, "yes", "")

    actions.withdraw(submission, cast.writer)

    assert "elsewhere" not in letter("submissions/withdrawn").text
    assert "elsewhere" not in letter("submissions/withdrawn_editor").text
    assert "Nobody has to give a reason for this." in letter("submissions/withdrawn_editor").text


def test_who_had_it_unread_hears_of_an_anonymous_piece_without_a_name(cast: Cast) -> None:
    call = make_call(slug="unsigned", anonymous=True, rate_card=cast.call.rate_card)
    submission = make_submission(cast.writer, call, title="What Wilma Writer Kept", byline_kind="legal")
    Submission.objects.filter(pk=submission.pk).update(blind_title="What [name] Kept")
    submission.refresh_from_db()
    actions.assign(submission, cast.editor, None)
    actions.leave_reading(submission, cast.other_editor, "yes", "")

    actions.withdraw(submission, cast.writer)

    told = {one.to: one.subject + one.text for one in Letter.objects.filter(kind="submissions/withdrawn_editor")}
    assert "Wilma" not in told[cast.editor.email]
    assert "“What [name] Kept” was taken back" in told[cast.editor.email]
    assert "Wilma Writer" in told[cast.other_editor.email]


def test_who_edits_an_accepted_anonymous_piece_hears_its_name(cast: Cast) -> None:
    call = make_call(slug="unsigned", anonymous=True, rate_card=cast.call.rate_card)
    submission = copy_of(make_accepted(cast.writer, cast.editor, call))
    actions.assign(submission, cast.other_editor, None)

    actions.withdraw(submission, cast.writer)

    told = Letter.objects.get(kind="submissions/withdrawn_editor", to=cast.other_editor.email)
    assert "sent in under the name Wilma Writer" in told.text


def test_a_decision_that_is_going_out_goes_out_no_more(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    decision = actions.prepare_decision(submission, cast.editor, "accept", "Yes.")
    actions.release(decision, cast.editor)

    actions.withdraw(submission, cast.writer)

    decision.refresh_from_db()
    assert decision.state == DecisionState.DROPPED
    assert actions.tell_due() == 0
    assert not Letter.objects.filter(kind="submissions/accept").exists()


@pytest.mark.parametrize("make", [make_manuscript, make_approved])
def test_what_is_given_back_stops_everything_and_tells_the_writer(cast: Cast, make) -> None:
    call = make_call(slug="with-a-fee", rate_card=make_rate_card(kill_fee=5000))
    manuscript = make(cast.writer, cast.editor, call)
    submission = copy_of(manuscript.submission)

    actions.could_not_publish(submission, cast.editor, WORDS)

    manuscript.refresh_from_db()
    submission.refresh_from_db()
    assert (submission.state, submission.agreement.state) == ("withdrawn", AgreementState.GIVEN_BACK)
    assert submission.events.last().why == WithdrawalReason.NOT_PUBLISHED
    assert manuscript.state == ManuscriptState.STOPPED
    assert KillFee.objects.get().amount == 5000
    assert WORDS in letter("agreements/given_back").text
    assert "we pay you $50.00 for it" in letter("agreements/given_back").text
    assert not Letter.objects.filter(kind="submissions/withdrawn").exists()


def test_what_was_to_appear_and_is_given_back_never_does(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    publish(manuscript, cast.editor, at=clock.now() + timedelta(days=3))

    actions.could_not_publish(copy_of(manuscript.submission), cast.editor, WORDS)

    assert Story.objects.get().is_gone


@pytest.mark.parametrize("is_retracted", [False, True])
def test_what_was_ever_live_is_not_given_back(cast: Cast, is_retracted: bool) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    if is_retracted:
        retract(story, cast.editor, "A mistake.")
    submission = copy_of(story.manuscript.submission)

    with pytest.raises(NotAllowed):
        actions.could_not_publish(copy_of(submission), cast.editor, WORDS)

    submission.refresh_from_db()
    assert submission.state == SubmissionState.ACCEPTED
    assert Story.objects.get().is_gone == is_retracted


def test_what_is_not_signed_or_not_accepted_is_not_given_back(cast: Cast) -> None:
    received = make_submission(cast.writer, cast.call)
    unsigned = make_accepted(cast.writer, cast.editor, cast.call)

    for submission in (received, unsigned):
        with pytest.raises(NotAllowed):
            actions.could_not_publish(copy_of(submission), cast.editor, WORDS)

    assert not Letter.objects.filter(kind="agreements/given_back").exists()


def test_who_may_not_decide_gives_nothing_back(cast: Cast) -> None:
    own = make_manuscript(cast.editor, cast.other_editor, cast.call).submission
    known = make_manuscript(cast.writer, cast.editor, cast.call).submission
    Conflict.objects.create(submission=known, editor=cast.other_editor)

    for submission, person in ((own, cast.editor), (known, cast.other_editor), (known, cast.writer)):
        with pytest.raises(PermissionDenied):
            actions.could_not_publish(copy_of(submission), person, WORDS)


def test_of_giving_back_and_taking_back_one_is_told_that_it_came_second(cast: Cast) -> None:
    submission = make_manuscript(cast.writer, cast.editor, cast.call).submission
    stale = copy_of(submission)
    actions.withdraw(copy_of(submission), cast.writer)

    with pytest.raises(SomebodyElseWon):
        actions.could_not_publish(stale, cast.editor, WORDS)

    assert not KillFee.objects.exists()
