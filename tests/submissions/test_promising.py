"""A date that is missed: an editor says so and gives a new one, in one letter, once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.states import SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions
from hearthpress.submissions.actions.promising import NoPromise
from hearthpress.submissions.enums import DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.models import Conflict, Promise, Submission
from tests.factories import Cast, make_cast, make_submission, release_and_tell
from tests.together import at_once

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 11, 2, 15, tzinfo=UTC)
LATE = SENT + timedelta(days=31)
NEW = datetime(2026, 12, 18, 4, 59, 59, tzinfo=UTC)
WORDS = "Two of us were ill."
both = pytest.mark.django_db(transaction=True)


@pytest.fixture
def submission(cast: Cast) -> Submission:
    with clock.at(SENT):
        return make_submission(cast.writer, cast.call)


def late() -> AbstractContextManager[None]:
    return clock.at(LATE)


def copy_of(submission: Submission) -> Submission:
    return Submission.objects.select_related("call", "writer").get(pk=submission.pk)


def apologies() -> int:
    return Letter.objects.filter(kind="submissions/apology").count()


def test_apology_says_the_old_date_and_the_new_one_in_the_writers_zone(cast: Cast, submission: Submission) -> None:
    cast.writer.time_zone = "America/New_York"
    cast.writer.save()

    with late():
        actions.apologise(copy_of(submission), cast.editor, NEW, WORDS)

    letter = Letter.objects.get(kind="submissions/apology")
    assert letter.to == cast.writer.email
    assert letter.subject == "“The Kettle”: our answer is late, and we are sorry"
    assert "by December 2, 2026. We have not kept that promise" in letter.text
    assert "You hear from us by December 17, 2026." in letter.text
    assert WORDS in letter.text
    assert "Edith" not in letter.text


def test_apology_moves_the_promise_and_writes_it_down(cast: Cast, submission: Submission) -> None:
    with late():
        actions.apologise(submission, cast.editor, NEW, "")

    submission.refresh_from_db()
    receipt, new = Promise.objects.filter(submission=submission)
    assert submission.reply_due == NEW
    assert (receipt.due, receipt.by) == (SENT + timedelta(days=30), None)
    assert (new.due, new.by) == (NEW, cast.editor)
    assert submission.state == SubmissionState.RECEIVED


def test_apology_before_the_day_does_not_say_that_it_was_missed(cast: Cast, submission: Submission) -> None:
    with clock.at(SENT + timedelta(days=28)):
        letter = actions.apologise(submission, cast.editor, NEW, "")

    assert "late" not in letter.subject
    assert "We need longer than that, and we are sorry." in letter.text


@pytest.mark.parametrize("due", [LATE, SENT + timedelta(days=30)])
def test_new_date_is_later_than_now_and_than_the_one_before(cast: Cast, submission: Submission, due: datetime) -> None:
    at = LATE if due == LATE else SENT + timedelta(days=20)

    with clock.at(at), pytest.raises(NoPromise):
        actions.apologise(submission, cast.editor, due, "")

    assert apologies() == 0


@pytest.mark.parametrize("kind", [DecisionKind.DECLINE, DecisionKind.REVISE])
def test_nothing_is_promised_about_what_was_decided(cast: Cast, submission: Submission, kind: str) -> None:
    stale = copy_of(submission)
    with late():
        release_and_tell(actions.prepare_decision(submission, cast.editor, kind, "Words."), cast.editor)

        for one in (stale, copy_of(submission)):
            with pytest.raises(SomebodyElseWon):
                actions.apologise(one, cast.editor, NEW, "")

    assert apologies() == 0


def test_no_apology_while_an_answer_goes_out(cast: Cast, submission: Submission) -> None:
    with late():
        actions.release(actions.prepare_decision(submission, cast.editor, "decline", "Words."), cast.editor)

        with pytest.raises(NoPromise):
            actions.apologise(copy_of(submission), cast.editor, NEW, "")

    submission.refresh_from_db()
    assert (submission.reply_due, Promise.objects.count(), apologies()) == (SENT + timedelta(days=30), 1, 0)


def test_of_two_editors_who_apologise_one_does(cast: Cast, submission: Submission) -> None:
    stale = copy_of(submission)
    with late():
        actions.apologise(submission, cast.editor, NEW, "")

        with pytest.raises(SomebodyElseWon):
            actions.apologise(stale, cast.other_editor, NEW + timedelta(days=9), "")

    assert apologies() == 1


def test_who_may_not_judge_it_promises_nothing(cast: Cast, submission: Submission) -> None:
    own = make_submission(cast.editor, cast.call)
    Conflict.objects.create(submission=submission, editor=cast.other_editor)

    with late():
        for one, editor in ((own, cast.editor), (submission, cast.other_editor), (submission, cast.writer)):
            with pytest.raises(PermissionDenied):
                actions.apologise(one, editor, clock.now() + timedelta(days=60), "")


def test_suggested_date_is_half_of_the_calls_time_and_a_week_at_least(submission: Submission) -> None:
    with late():
        half = actions.suggested_date(submission)
        submission.call.reply_days = 5
        least = actions.suggested_date(submission)

    assert (half, least) == (LATE + timedelta(days=15), LATE + timedelta(days=7))


@both
@pytest.mark.parametrize("other", ["apologise", "release", "withdraw"])
def test_apology_and_another_act_at_once_leave_one_truth(transactional_db: None, other: str) -> None:
    cast = make_cast()
    with clock.at(SENT):
        submission = make_submission(cast.writer, cast.call)
    decision = actions.prepare_decision(submission, cast.other_editor, "decline", "Words.")
    acts: dict[str, Callable[[Submission], Any]] = {
        "apologise": lambda row: actions.apologise(row, cast.other_editor, NEW + timedelta(days=1), ""),
        "release": lambda _: actions.release(decision, cast.other_editor),
        "withdraw": lambda row: actions.withdraw(row, cast.writer),
    }
    first, second = copy_of(submission), copy_of(submission)
    for editor in (cast.editor, cast.other_editor):
        assert editor.roles

    with late():
        outcomes = at_once(lambda: actions.apologise(first, cast.editor, NEW, ""), lambda: acts[other](second))

    decision.refresh_from_db()
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(error, Sentence) for error in errors), outcomes
    assert apologies() == Promise.objects.exclude(by=None).count() <= 1
    if other == "apologise":
        assert (len(errors), apologies()) == (1, 1)
    if other == "release" and isinstance(outcomes[1], Exception):
        assert decision.state == DecisionState.PREPARED
