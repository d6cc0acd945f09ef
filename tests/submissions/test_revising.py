"""Changes that were asked for: one reminder, more time for the asking, and no door that closes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Conflict, Submission
from tests.factories import Cast, make_cast, make_submission, release_and_tell
from tests.together import at_once

pytestmark = pytest.mark.django_db
TOLD = datetime(2026, 11, 2, 15, tzinfo=UTC)
BY = datetime(2026, 11, 21, 4, 59, 59, tzinfo=UTC)


def revising(cast: Cast, by: datetime | None = BY) -> Submission:
    with clock.at(TOLD):
        submission = make_submission(cast.writer, cast.call)
        details = actions.Details(revise_by=by)
        decision = actions.prepare_decision(submission, cast.editor, "revise", "Once more.", details)
        release_and_tell(decision, cast.editor)
    return copy_of(submission)


def copy_of(submission: Submission) -> Submission:
    return Submission.objects.select_related("call", "writer").get(pk=submission.pk)


def letters(kind: str) -> int:
    return Letter.objects.filter(kind=f"submissions/{kind}").count()


@contextmanager
def before(days: float) -> Iterator[None]:
    """So many days before the day for the changes; after it where they are less than none."""
    with clock.at(BY - timedelta(days=days)):
        yield


def test_writer_is_reminded_once_three_days_before(cast: Cast) -> None:
    revising(cast)

    reminded = []
    for days in (4, 2.9, 2, 1):
        with before(days):
            reminded.append(actions.remind_of_changes())

    letter = Letter.objects.get(kind="submissions/changes_reminder")
    assert reminded == [0, 1, 0, 0]
    assert letter.to == cast.writer.email
    assert "by November 20, 2026." in letter.text
    assert "If you need more time, you can say so on the same page" in letter.text


def test_nobody_is_reminded_of_a_day_that_is_past_or_that_there_is_none(cast: Cast) -> None:
    revising(cast)
    revising(cast, by=None)

    with before(-1):
        assert actions.remind_of_changes() == 0


def test_letter_that_asks_for_changes_soon_is_the_reminder(cast: Cast) -> None:
    revising(cast, by=TOLD + timedelta(days=2))

    with clock.at(TOLD + timedelta(hours=1)):
        assert actions.remind_of_changes() == 0


def test_nobody_is_reminded_of_what_was_sent(cast: Cast) -> None:
    submission = revising(cast)
    actions.send(submission)

    with before(1):
        assert actions.remind_of_changes() == 0


def test_more_time_is_fourteen_days_and_another_reminder(cast: Cast) -> None:
    submission = revising(cast)
    with before(2):
        actions.remind_of_changes()
        actions.ask_for_more_time(copy_of(submission))

    with before(-14 + 2):
        again = actions.remind_of_changes()

    submission.refresh_from_db()
    assert submission.revise_by == BY + timedelta(days=14)
    assert submission.state == SubmissionState.REVISING
    assert (again, letters("changes_reminder")) == (1, 2)


def test_more_time_after_the_day_counts_from_today(cast: Cast) -> None:
    submission = revising(cast)

    with before(-5):
        actions.ask_for_more_time(submission)

    assert submission.revise_by == BY + timedelta(days=5 + 14)


def test_more_time_stands_in_the_history_as_the_writers_own_act(cast: Cast) -> None:
    submission = revising(cast)

    actions.ask_for_more_time(submission)

    event = submission.events.last()
    assert (event.old, event.new, event.actor, event.why) == ("revising", "revising", cast.writer, "14 more days")


def test_double_click_gives_fourteen_days_once(cast: Cast) -> None:
    submission = revising(cast)
    stale = copy_of(submission)
    actions.ask_for_more_time(submission)

    with pytest.raises(SomebodyElseWon):
        actions.ask_for_more_time(stale)


def test_there_is_no_more_time_than_all(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.ask_for_more_time(revising(cast, by=None))


def test_left_open_after_the_day_with_a_kind_letter(cast: Cast) -> None:
    submission = revising(cast)

    with before(-1):
        actions.leave_open(submission, cast.editor)

    letter = Letter.objects.get(kind="submissions/left_open")
    assert submission.state == SubmissionState.LAPSED
    assert letter.subject == "“The Kettle” stays open for you"
    assert f"/write/{submission.key}/draft/" in letter.text


@pytest.mark.parametrize("by", [BY, None])
def test_nothing_is_left_open_before_its_day(cast: Cast, by: datetime | None) -> None:
    submission = revising(cast, by=by)

    with before(1), pytest.raises(NotAllowed):
        actions.leave_open(submission, cast.editor)


def test_nothing_is_left_open_by_who_may_not_judge_it(cast: Cast) -> None:
    submission = revising(cast)
    Conflict.objects.create(submission=submission, editor=cast.other_editor)

    for person in (cast.writer, cast.other_writer, cast.other_editor):
        with before(-1), pytest.raises(PermissionDenied):
            actions.leave_open(copy_of(submission), person)


def test_what_was_left_open_can_be_changed_and_sent_with_a_new_promise(cast: Cast) -> None:
    submission = revising(cast)
    with before(-1):
        actions.leave_open(submission, cast.editor)

    with before(-90):
        actions.save_draft(submission, {"source": "It ends on the porch."})
        actions.send(submission)

    assert submission.state == SubmissionState.RECEIVED
    assert submission.reply_due == BY + timedelta(days=90 + 30)


def test_what_was_left_open_can_be_taken_back(cast: Cast) -> None:
    submission = revising(cast)
    with before(-1):
        actions.leave_open(submission, cast.editor)

    actions.withdraw(submission, cast.writer)

    assert submission.state == SubmissionState.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_more_time_and_leaving_open_at_once_both_never_win(transactional_db: None) -> None:
    cast = make_cast()
    submission = revising(cast)
    first, second = copy_of(submission), copy_of(submission)
    assert cast.editor.roles

    with before(-1):
        outcomes = at_once(lambda: actions.ask_for_more_time(first), lambda: actions.leave_open(second, cast.editor))

    submission.refresh_from_db()
    won = [not isinstance(outcome, Exception) for outcome in outcomes]
    assert sorted(won) == [False, True]
    assert isinstance(outcomes[won.index(False)], SomebodyElseWon | NotAllowed)
    assert letters("left_open") == (submission.state == SubmissionState.LAPSED)


def test_changes_without_a_day_are_left_open_when_they_were_asked_for_long_ago(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    release_and_tell(actions.prepare_decision(submission, cast.editor, "revise", "Once more."), cast.editor)
    submission = copy_of(submission)

    with pytest.raises(NotAllowed):
        actions.leave_open(submission, cast.editor)
    with clock.at(clock.now() + timedelta(days=61)):
        actions.leave_open(submission, cast.editor)

    assert (submission.revise_by, submission.state) == (None, SubmissionState.LAPSED)
