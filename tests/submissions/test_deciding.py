"""The worker tells: each decision once, whatever fails, stops or runs twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.delivery import CLAIM, deliver_letters, sweep_letters
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions
from hearthpress.submissions.actions import deciding
from hearthpress.submissions.enums import DecisionState
from hearthpress.submissions.models import Decision, Submission
from tests.factories import Cast, make_call, make_cast, make_subject, make_submission
from tests.together import at_once

pytestmark = pytest.mark.django_db
LATE = actions.UNDO_WINDOW + timedelta(seconds=1)


def going_out(cast: Cast, title: str, kind: str = "accept") -> Decision:
    """Released; it is told a minute later."""
    submission = make_submission(cast.writer, cast.call, title=title)
    decision = actions.prepare_decision(submission, cast.editor, kind, "With thanks.")
    actions.release(decision, cast.editor)
    return decision


def tell_due(after: timedelta = LATE) -> int:
    with clock.at(clock.now() + after):
        return actions.tell_due()


def letters(kind: str = "accept") -> int:
    return Letter.objects.filter(kind=f"submissions/{kind}").count()


def fail_for(monkeypatch: pytest.MonkeyPatch, title: str, error: BaseException) -> None:
    """The letter of this story cannot be written."""
    write = deciding.letter

    def letter(kind: str, submission: Submission, **about: Any) -> Letter:
        if submission.title == title:
            raise error
        return write(kind, submission, **about)

    monkeypatch.setattr(deciding, "letter", letter)


def states(decision: Decision) -> tuple[str, str]:
    now = Decision.objects.select_related("submission").get(pk=decision.pk)
    return now.state, now.submission.state


def test_nothing_is_told_before_its_moment(cast: Cast) -> None:
    decision = going_out(cast, "One")

    told = tell_due(timedelta(seconds=58))

    assert (told, letters(), states(decision)) == (0, 0, ("releasing", "received"))


def test_release_is_never_sooner_than_the_time_for_undoing(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    decision = actions.prepare_decision(submission, cast.editor, "decline", "No.")
    now = clock.now()

    with clock.at(now):
        actions.release(decision, cast.editor, now - timedelta(days=1))

    assert decision.tell_at == now + actions.UNDO_WINDOW


def test_telling_that_fails_holds_up_no_other_and_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = going_out(cast, "Bad"), going_out(cast, "Good")
    with monkeypatch.context() as broken:
        fail_for(broken, "Bad", RuntimeError("no words"))
        first = tell_due()
    undecided = states(bad)
    again = tell_due(2 * LATE)

    assert (first, undecided, states(good)) == (1, ("releasing", "received"), ("released", "accepted"))
    assert (again, states(bad), letters()) == (1, ("released", "accepted"), 2)


def test_tellings_that_fail_on_and_on_do_not_use_up_the_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "TOLD_AT_ONCE", 1)
    going_out(cast, "Bad")
    good = going_out(cast, "Good")
    fail_for(monkeypatch, "Bad", RuntimeError("no words"))

    told = [tell_due(), tell_due()]

    assert (told, states(good)) == ([0, 1], ("released", "accepted"))


def test_failed_telling_can_still_be_undone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = going_out(cast, "Bad")
    fail_for(monkeypatch, "Bad", RuntimeError("no words"))
    tell_due()

    with clock.at(clock.now() + 2 * LATE):
        actions.undo_release(Decision.objects.select_related("submission__call").get(pk=decision.pk), cast.editor)

    assert states(decision) == ("prepared", "received")


def test_worker_killed_while_telling_leaves_nothing_half_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = going_out(cast, "One")
    with monkeypatch.context() as broken:
        fail_for(broken, "One", KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            tell_due()
    left = (states(decision), letters(), Agreement.objects.count())
    tell_due()
    tell_due()

    assert left == (("releasing", "received"), 0, 0)
    assert (states(decision), letters(), Agreement.objects.count()) == (("released", "accepted"), 1, 1)


def test_letter_waits_for_the_moment_and_a_second_try_is_the_same_letter(cast: Cast) -> None:
    decision = going_out(cast, "One")
    Letter.objects.all().delete()
    tell_due()
    (letter,) = Letter.objects.all()
    decision.refresh_from_db()

    with clock.at(clock.now() + LATE):
        deliver_letters()
        # The worker was killed after the post office had taken the letter, and before it could note that.
        Letter.objects.update(state="sending", claimed_at=clock.now())
    with clock.at(clock.now() + LATE + CLAIM + LATE):
        sweep_letters()
        deliver_letters()

    first, second = mail.outbox
    assert first.reply_to == [signed_address("story", decision.submission.key)]
    assert letter.not_before == decision.tell_at
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert (first.subject, first.body) == (second.subject, second.body)


def test_withdrawal_while_it_goes_out_stops_the_letter(cast: Cast) -> None:
    decision = going_out(cast, "One")
    actions.withdraw(Submission.objects.get(pk=decision.submission_id), cast.writer)

    assert tell_due() == 0
    assert (states(decision), letters()) == (("dropped", "withdrawn"), 0)


def test_undone_and_released_again_is_told_at_the_new_moment(cast: Cast) -> None:
    decision = going_out(cast, "One")
    actions.undo_release(decision, cast.editor)
    actions.release(decision, cast.editor, clock.now() + timedelta(days=2))

    assert [tell_due(), tell_due(timedelta(days=3))] == [0, 1]


def test_stale_undo_does_not_stop_a_newer_release(cast: Cast) -> None:
    decision = going_out(cast, "One")
    stale = Decision.objects.select_related("submission__call").get(pk=decision.pk)
    actions.undo_release(decision, cast.editor)
    actions.release(decision, cast.editor, clock.now() + timedelta(days=2))

    with pytest.raises(SomebodyElseWon):
        actions.undo_release(stale, cast.other_editor)


def test_passing_on_needs_another_call(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)

    for call in (None, cast.call):
        with pytest.raises(NotAllowed):
            actions.prepare_decision(submission, cast.editor, "pass", "There.", actions.Details(to_call=call))


def test_passing_on_makes_a_new_promise_and_is_read_there_anew(cast: Cast) -> None:
    elsewhere = make_call(slug="elsewhere", reply_days=7, rate_card=cast.call.rate_card)
    submission = make_submission(cast.writer, cast.call)
    decision = actions.prepare_decision(submission, cast.editor, "pass", "There.", actions.Details(to_call=elsewhere))
    actions.release(decision, cast.editor)
    tell_due()

    submission.refresh_from_db()
    assert (submission.call, submission.state, submission.promises.count()) == (elsewhere, "received", 2)
    assert submission.promises.last().due == submission.reply_due


@pytest.mark.parametrize("kind", ["accept", "decline", "revise"])
def test_decision_about_a_loss_needs_a_line_of_its_own(cast: Cast, kind: str) -> None:
    submission = make_submission(cast.writer, cast.call)
    submission.subjects.add(make_subject(of_loss=True))

    with pytest.raises(actions.PersonalLineNeeded):
        actions.prepare_decision(submission, cast.editor, kind, "Words.", actions.Details(personal="  "))


def test_undoing_is_for_those_who_may_decide(cast: Cast) -> None:
    own = make_submission(cast.other_editor, cast.call)
    decision = actions.prepare_decision(own, cast.editor, "accept", "Yes.")
    actions.release(decision, cast.editor)

    for person in (cast.other_editor, cast.writer, cast.bookkeeper):
        with pytest.raises(PermissionDenied):
            actions.undo_release(decision, person)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_once(transactional_db: None) -> None:
    cast = make_cast()
    decisions = [going_out(cast, f"Story {number}") for number in range(4)]

    with clock.at(clock.now() + LATE):
        told = at_once(actions.tell_due, actions.tell_due)
        told.append(actions.tell_due())

    assert sum(told) == letters() == Agreement.objects.count() == 4
    assert {states(decision) for decision in decisions} == {("released", "accepted")}


def test_an_answer_is_not_put_off_beyond_its_promise_in_silence(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    decision = actions.prepare_decision(submission, cast.editor, "decline", "No.")
    due = submission.reply_due

    with pytest.raises(actions.AfterPromise):
        actions.release(decision, cast.editor, due + timedelta(hours=1))
    actions.release(decision, cast.editor, due - timedelta(hours=1))

    decision.refresh_from_db()
    assert decision.tell_at == due - timedelta(hours=1)


def test_a_late_answer_still_goes_out_at_once(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    decision = actions.prepare_decision(submission, cast.editor, "decline", "No.")

    with clock.at(submission.reply_due + timedelta(days=2)):
        actions.release(decision, cast.editor)

    assert decision.state == DecisionState.RELEASING
