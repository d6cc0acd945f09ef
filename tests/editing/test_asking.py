"""Asking for a yes, with a day and a line; and the two letters at most that remind of it, none once it is answered."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from hearthpress.common import clock
from hearthpress.common.immutable import EvidenceIsFinal
from hearthpress.editing import actions as editing
from hearthpress.editing.models import ApprovalReminder, ApprovalRequest, Manuscript
from hearthpress.editing.reminding import remind_of_approval
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.stories.actions import publish, retract
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, edited, make_approved, make_manuscript

pytestmark = pytest.mark.django_db
WEEK = 10  # days until the answer is hoped for: more than the reminder goes before it


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    return manuscript


def today() -> date:
    return clock.today(Masthead.current().time_zone)


def ask(manuscript: Manuscript, cast: Cast, days: int | None = WEEK, words: str = "") -> date | None:
    due = None if days is None else today() + timedelta(days=days)
    editing.ask_for_approval(manuscript, cast.editor, due, words)
    return due


def remind(day: date, hour: int = 9) -> int:
    with clock.at(datetime.combine(day, time(hour), Masthead.current().zone)):
        return remind_of_approval()


def letters(*names: str) -> list[str]:
    kinds = [f"editing/{name}" for name in names]
    return list(Letter.objects.filter(kind__in=kinds).order_by("pk").values_list("text", flat=True))


def test_day_and_words_are_kept_and_stand_in_the_letter(cast: Cast, manuscript: Manuscript) -> None:
    with clock.at(datetime(2031, 11, 28, 12, tzinfo=Masthead.current().zone)):
        editing.ask_for_approval(manuscript, cast.editor, date(2031, 12, 12), "I loved the kettle & the hour.")

    asked = ApprovalRequest.objects.get()
    (letter,) = letters("approval_asked")
    assert (asked.revision, asked.asked_by, asked.due) == (manuscript.revision, cast.editor, date(2031, 12, 12))
    assert asked.words == "I loved the kettle & the hour."
    assert "Edith Editor hopes for your answer by Friday, December 12, 2031." in letter
    assert "Edith Editor writes to you:\n\nI loved the kettle & the hour." in letter
    assert "There is no hurry" not in letter


def test_without_a_day_there_is_no_hurry(cast: Cast, manuscript: Manuscript) -> None:
    ask(manuscript, cast, days=None)

    (letter,) = letters("approval_asked")
    assert "There is no hurry." in letter
    assert "writes to you" not in letter
    assert "earlier version" not in letter


def test_an_editor_without_a_name_is_not_told_by_address(cast: Cast, manuscript: Manuscript) -> None:
    cast.editor.name = ""
    cast.editor.save(update_fields=["name"])

    ask(manuscript, cast, words="A line.")

    (letter,) = letters("approval_asked")
    assert "The editor hopes for your answer" in letter
    assert cast.editor.email not in letter


@pytest.mark.parametrize("days", [0, -1])
def test_day_that_has_come_is_refused_and_nothing_is_asked(cast: Cast, manuscript: Manuscript, days: int) -> None:
    with pytest.raises(ValueError, match="no day to come"):
        ask(manuscript, cast, days)

    assert Manuscript.objects.get(pk=manuscript.pk).state == "editing"
    assert not ApprovalRequest.objects.exists()
    assert letters("approval_asked") == []


def test_day_is_that_of_the_magazine(cast: Cast, manuscript: Manuscript) -> None:
    """At 23:00 in New York it is the next day in London: that day is still to come where the magazine is."""
    with clock.at(datetime(2031, 3, 4, 23, tzinfo=Masthead.current().zone)):
        editing.ask_for_approval(manuscript, cast.editor, date(2031, 3, 5))

    assert ApprovalRequest.objects.get().due == date(2031, 3, 5)


def test_what_was_asked_is_never_changed(cast: Cast, manuscript: Manuscript) -> None:
    ask(manuscript, cast)
    asked = ApprovalRequest.objects.get()

    asked.words = "Other words."
    with pytest.raises(EvidenceIsFinal):
        asked.save()
    with pytest.raises(EvidenceIsFinal):
        ApprovalRequest.objects.update(due=None)


def test_new_request_says_what_changed_since_the_writers_yes(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="The Kettle, Again"))

    ask(manuscript, cast)

    letter = letters("approval_asked")[-1]
    assert "You said yes to an earlier version, number 2. Since then: the headline changed." in letter


def test_text_that_reads_as_it_was_approved_is_asked_about_once_more(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    approved = manuscript.revision.content
    editing.save(manuscript, cast.editor, edited(manuscript, headline="The Kettle, Again"))
    editing.save(manuscript, cast.editor, approved)

    ask(manuscript, cast)

    assert "You said yes to version 2, and the text reads exactly so again." in letters("approval_asked")[-1]


def test_writer_is_reminded_before_the_day_and_after_it_and_no_more(cast: Cast, manuscript: Manuscript) -> None:
    due = ask(manuscript, cast)

    written = {days: remind(due + timedelta(days=days)) for days in range(-WEEK, 40)}

    assert {days: number for days, number in written.items() if number} == {-3: 1, 1: 1}
    near, past = letters("approval_near", "approval_past")
    assert "Edith Editor hopes for your answer by" in near
    assert "We do not remind you of this again." in past
    assert all(f"/write/{manuscript.submission.key}/approval/" in letter for letter in (near, past))
    assert set(Letter.objects.filter(kind="editing/approval_near").values_list("to", flat=True)) == {cast.writer.email}


def test_nobody_is_reminded_at_night(cast: Cast, manuscript: Manuscript) -> None:
    due = ask(manuscript, cast)

    assert [remind(due - timedelta(days=3), hour) for hour in (0, 7, 8)] == [0, 0, 1]
    assert [remind(due + timedelta(days=1), hour) for hour in (0, 7, 8)] == [0, 0, 1]


def test_what_was_missed_is_not_made_up_for(cast: Cast, manuscript: Manuscript) -> None:
    due = ask(manuscript, cast)

    assert remind(due + timedelta(days=5)) == 1
    assert (len(letters("approval_near")), len(letters("approval_past"))) == (0, 1)


def test_request_with_a_day_so_near_is_its_own_reminder(cast: Cast, manuscript: Manuscript) -> None:
    due = ask(manuscript, cast, days=3)

    assert [remind(due - timedelta(days=days)) for days in (2, 1, 0)] == [0, 0, 0]
    assert remind(due + timedelta(days=1)) == 1


def test_without_a_day_nobody_is_reminded(cast: Cast, manuscript: Manuscript) -> None:
    ask(manuscript, cast, days=None)

    assert [remind(today() + timedelta(days=days)) for days in (1, 30, 400)] == [0, 0, 0]


def _approve(manuscript: Manuscript, cast: Cast) -> None:
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)


def _ask_for_change(manuscript: Manuscript, cast: Cast) -> None:
    editing.ask_for_change(manuscript, cast.writer, "The son.")


def _change(manuscript: Manuscript, cast: Cast) -> None:
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Another"))


def _take_back(manuscript: Manuscript, cast: Cast) -> None:
    withdraw(manuscript.submission, cast.writer)


@pytest.mark.parametrize("ends", [_approve, _ask_for_change, _change, _take_back])
def test_what_was_answered_changed_or_stopped_is_not_reminded_of(
    cast: Cast, manuscript: Manuscript, ends: Callable[[Manuscript, Cast], None]
) -> None:
    due = ask(manuscript, cast)
    ends(manuscript, cast)

    assert [remind(due + timedelta(days=days)) for days in (-3, 1)] == [0, 0]


def test_text_of_a_story_that_was_taken_down_is_not_reminded_of(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    story = publish(manuscript, cast.editor)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Another"))
    due = ask(manuscript, cast)
    retract(story, cast.editor, "A complaint.")

    assert [remind(due + timedelta(days=days)) for days in (-3, 1)] == [0, 0]


def test_writer_who_is_asked_anew_is_reminded_by_the_new_day_alone(cast: Cast, manuscript: Manuscript) -> None:
    first = ask(manuscript, cast, days=5)
    editing.ask_for_change(manuscript, cast.writer, "The son.")
    second = ask(manuscript, cast, days=30)

    assert [remind(first + timedelta(days=days)) for days in (-3, 1)] == [0, 0]
    assert [remind(second + timedelta(days=days)) for days in (-3, 1)] == [1, 1]
    assert ApprovalReminder.objects.filter(request=manuscript.request).count() == 2


def test_answer_that_comes_while_the_worker_writes_is_not_reminded_of(
    cast: Cast, manuscript: Manuscript, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has found the request; the writer says yes before its letter is written."""
    from hearthpress.editing import reminding

    due = ask(manuscript, cast)
    writes = reminding._remind

    def after_the_yes(found: Manuscript, writer: object, kind: object) -> int:
        _approve(manuscript, cast)
        return writes(found, writer, kind)

    monkeypatch.setattr(reminding, "_remind", after_the_yes)

    assert remind(due - timedelta(days=3)) == 0
    assert letters("approval_near") == []
