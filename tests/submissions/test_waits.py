"""Waits are read from promises, tellings and withdrawals, whatever became of the piece afterwards."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hearthpress.common import clock
from hearthpress.people.models import Person
from hearthpress.submissions import actions
from hearthpress.submissions.actions import Details
from hearthpress.submissions.enums import CallKind, DecisionKind
from hearthpress.submissions.models import Promise, Submission
from hearthpress.submissions.waits import told_since, waits_between
from tests.factories import Cast, make_call, make_submission

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
LONG_AFTER = BEGAN + timedelta(days=300)


def day(number: float) -> datetime:
    return BEGAN + timedelta(days=number)


def sent_on(number: float, cast: Cast, **fields: Any) -> Submission:
    with clock.at(day(number)):
        return make_submission(cast.writer, fields.pop("call", cast.call), **fields)


def tell_on(number: float, submission: Submission, editor: Person, kind: str, **details: Any) -> None:
    """Released a minute before the writer is told."""
    submission.refresh_from_db()
    with clock.at(day(number) - actions.UNDO_WINDOW):
        decision = actions.prepare_decision(submission, editor, kind, "Our words.", Details(**details))
        actions.release(decision, editor)
    with clock.at(day(number)):
        actions.tell(decision)
    submission.refresh_from_db()


def lengths() -> list[tuple[float, float | None, bool | None]]:
    """For each wait of the year: when it began and ended, in days, and whether the piece was accepted."""
    found = waits_between(BEGAN - timedelta(days=1), LONG_AFTER)
    one = timedelta(days=1)
    return [((row.since - BEGAN) / one, row.until and (row.until - BEGAN) / one, row.accepted) for row in found]


@pytest.mark.parametrize(("kind", "accepted"), [("accept", True), ("decline", False), ("revise", None)])
def test_a_wait_ends_when_the_writer_is_told(cast: Cast, kind: str, accepted: bool | None) -> None:
    submission = sent_on(0, cast)
    tell_on(10, submission, cast.editor, kind)

    [wait] = waits_between(day(0), day(1))

    assert lengths() == [(0, 10, accepted)]
    assert (wait.writer, wait.answered, wait.due) == (cast.writer.pk, True, day(30))


def test_what_is_released_and_not_told_still_waits(cast: Cast) -> None:
    submission = sent_on(0, cast)
    with clock.at(day(1)):
        actions.release(actions.prepare_decision(submission, cast.editor, "accept", "Yes."), cast.editor)

    assert lengths() == [(0, None, None)]


def test_a_piece_that_comes_back_waits_a_second_time(cast: Cast) -> None:
    submission = sent_on(0, cast)
    tell_on(10, submission, cast.editor, DecisionKind.REVISE)
    with clock.at(day(15)):
        actions.send(submission)
    tell_on(18, submission, cast.editor, DecisionKind.DECLINE)

    assert lengths() == [(0, 10, None), (15, 18, False)]


def test_a_piece_that_is_passed_on_waits_a_second_time_from_that_moment(cast: Cast) -> None:
    other = make_call(slug="other", reply_days=7)
    submission = sent_on(0, cast)
    tell_on(10, submission, cast.editor, DecisionKind.PASS, to_call=other)
    tell_on(20, submission, cast.editor, DecisionKind.ACCEPT)

    assert lengths() == [(0, 10, None), (10, 20, True)]
    assert [row.due for row in waits_between(day(0), day(30))] == [day(30), day(17)]
    assert lengths()[1:] == [((row.since - BEGAN).days, 20, True) for row in waits_between(day(5), day(30))]


def test_an_apology_moves_no_promise(cast: Cast) -> None:
    submission = sent_on(0, cast)
    Promise.objects.create(submission=submission, due=day(60), at=day(31), by=cast.editor)
    tell_on(40, submission, cast.editor, DecisionKind.ACCEPT)

    [wait] = waits_between(day(0), day(100))
    [told] = told_since(day(0))

    assert (wait.due, told.due) == (day(30), day(30))


def test_a_piece_taken_back_was_not_answered(cast: Cast) -> None:
    submission = sent_on(0, cast)
    with clock.at(day(3)):
        actions.withdraw(submission, cast.writer)

    [wait] = waits_between(day(0), day(1))

    assert (wait.until, wait.answered) == (day(3), False)


def test_what_was_taken_back_after_its_answer_keeps_its_answer(cast: Cast) -> None:
    submission = sent_on(0, cast)
    tell_on(10, submission, cast.editor, DecisionKind.ACCEPT)
    with clock.at(day(11)):
        actions.withdraw(submission, cast.writer)

    assert lengths() == [(0, 10, True)]


def test_an_application_to_write_is_no_story(cast: Cast) -> None:
    tell_on(2, sent_on(0, cast, call=make_call(slug="circle", kind=CallKind.WRITERS)), cast.editor, "accept")

    [wait] = waits_between(day(0), day(1))

    assert (wait.is_story, wait.answered) == (False, True)


def test_what_is_held_apart_is_left_out(cast: Cast) -> None:
    Submission.objects.filter(pk=sent_on(0, cast).pk).update(held=True)

    assert waits_between(day(0), day(1)) == []


def test_a_wait_belongs_to_the_period_in_which_it_began(cast: Cast) -> None:
    tell_on(40, sent_on(0, cast), cast.editor, DecisionKind.ACCEPT)

    assert len(waits_between(day(0), day(1))) == 1
    assert waits_between(day(-1), day(0)) == []
    assert waits_between(day(0.1), day(50)) == []
