"""Stories that several people wrote: who is named, who joins, whose yes is needed, who may leave."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing import actions as editing
from hearthpress.editing import suggesting
from hearthpress.editing.cooling import cooling_times, waive_cooling
from hearthpress.editing.models import Approval, CoWriter, CoWriterAnswer, Manuscript
from hearthpress.editing.reminding import remind_of_approval
from hearthpress.editing.writers import CannotBeNamed, answer_co_writer, leave, name_co_writer, take_back
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.stories.verify import verify_evidence
from hearthpress.submissions.actions import could_not_publish, withdraw
from tests.factories import Cast, edited, make_co_writer, make_manuscript, make_person, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    return manuscript


@pytest.fixture
def cora(cast: Cast, text: Manuscript) -> CoWriter:
    """The other writer of the cast wrote it too."""
    return make_co_writer(text, cast.writer, cast.other_writer)


def fresh(text: Manuscript) -> Manuscript:
    found = Manuscript.objects.select_related("revision", "request", "submission__writer", "submission__byline")
    return found.get(pk=text.pk)


def says_yes(text: Manuscript, person: Person) -> Approval:
    now = fresh(text)
    return editing.approve(now, person, now.revision.sha256, "a session")


def letters(kind: str) -> list[str]:
    return sorted(Letter.objects.filter(kind=f"editing/{kind}").values_list("to", flat=True))


@pytest.mark.parametrize("order", [("writer", "other_writer"), ("other_writer", "writer")])
def test_text_is_approved_with_the_last_yes_alone(
    cast: Cast, text: Manuscript, cora: CoWriter, order: tuple[str, str]
) -> None:
    editing.ask_for_approval(text, cast.editor)
    first, last = (getattr(cast, name) for name in order)

    says_yes(text, first)
    between = fresh(text).state
    says_yes(text, last)

    now = fresh(text)
    assert (between, now.state) == ("asked", "approved")
    assert [one.person for one in now.approvals] == [first, last]
    assert all(one.writers == sorted([cast.writer.pk, cast.other_writer.pk]) for one in now.approvals)
    assert letters("approval_asked") == letters("approved") == sorted([first.email, last.email])
    assert "It waits for the yes" in Letter.objects.get(kind="editing/approved", to=first.email).text
    assert "It waits for the yes" not in Letter.objects.get(kind="editing/approved", to=last.email).text
    assert verify_evidence() == []


def test_nobody_says_yes_twice_or_for_another(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    editing.ask_for_approval(text, cast.editor)
    says_yes(text, cast.writer)

    with pytest.raises(SomebodyElseWon):
        says_yes(text, cast.writer)
    with pytest.raises(PermissionDenied):
        says_yes(text, cast.editor)

    assert Approval.objects.count() == 1
    assert fresh(text).state == "asked"


def test_yes_that_was_taken_back_does_not_count_for_the_same_words(
    cast: Cast, text: Manuscript, cora: CoWriter
) -> None:
    editing.ask_for_approval(text, cast.editor)
    says_yes(text, cast.writer)
    editing.ask_for_change(fresh(text), cast.writer, "Not yet.")
    again = fresh(text)
    editing.ask_for_approval(again, cast.editor)

    says_yes(text, cast.other_writer)

    assert fresh(text).state == "asked"
    says_yes(text, cast.writer)
    assert fresh(text).state == "approved"
    assert verify_evidence() == []


def test_either_opens_the_text_again_for_everybody(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    editing.ask_for_approval(text, cast.editor)
    says_yes(text, cast.writer)
    says_yes(text, cast.other_writer)

    editing.ask_for_change(fresh(text), cast.other_writer, "The end is not right.")

    assert fresh(text).state == "editing"
    assert letters("change_asked") == [cast.editor.email]


def test_who_joins_an_approved_text_is_waited_for(cast: Cast, text: Manuscript) -> None:
    editing.ask_for_approval(text, cast.editor)
    says_yes(text, cast.writer)

    make_co_writer(fresh(text), cast.editor, cast.other_writer)

    assert fresh(text).state == "asked"
    says_yes(text, cast.other_writer)
    assert fresh(text).state == "approved"
    assert verify_evidence() == []


def test_who_leaves_leaves_the_yes_of_the_others_as_it_was(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    editing.ask_for_approval(text, cast.editor)
    says_yes(text, cast.writer)

    leave(CoWriter.objects.get(pk=cora.pk), cast.other_writer)

    assert fresh(text).state == "approved"
    assert not cast.other_writer.has_perm("editing.approve", fresh(text))
    assert verify_evidence() == []


def test_who_leaves_does_not_say_yes_for_those_who_have_not(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    editing.ask_for_approval(text, cast.editor)
    says_yes(text, cast.other_writer)

    leave(CoWriter.objects.get(pk=cora.pk), cast.other_writer)

    assert fresh(text).state == "asked"


@pytest.mark.parametrize("who", ["writer", "editor", "owner", "bookkeeper"])
def test_nobody_else_lets_a_writer_leave(cast: Cast, text: Manuscript, cora: CoWriter, who: str) -> None:
    with pytest.raises(PermissionDenied):
        leave(cora, getattr(cast, who))


@pytest.mark.parametrize(("who", "may"), [("writer", True), ("editor", True), ("other_writer", False)])
def test_question_is_taken_back_by_who_may_ask_it(cast: Cast, text: Manuscript, who: str, may: bool) -> None:
    asked = name_co_writer(text, cast.editor, cast.other_writer.email, "Cora")

    if not may:
        with pytest.raises(PermissionDenied):
            leave(asked, getattr(cast, who))
        return
    leave(asked, getattr(cast, who))

    with pytest.raises(SomebodyElseWon):
        answer_co_writer(CoWriter.objects.get(pk=asked.pk), cast.other_writer, says_yes=True)
    assert not cast.other_writer.has_perm("editing.approve", fresh(text))
    assert verify_evidence() == []


@pytest.mark.parametrize("who", ["other_writer", "bookkeeper"])
def test_who_neither_writes_nor_edits_names_nobody(cast: Cast, text: Manuscript, who: str) -> None:
    with pytest.raises(PermissionDenied):
        name_co_writer(text, getattr(cast, who), "somebody@example.org", "Some")
    assert not Letter.objects.filter(kind="editing/co_writer_asked").exists()


def test_only_who_was_named_answers_and_once(cast: Cast, text: Manuscript) -> None:
    asked = name_co_writer(text, cast.writer, cast.other_writer.email.upper(), "Cora")

    with pytest.raises(PermissionDenied):
        answer_co_writer(asked, cast.writer, says_yes=True)
    answer_co_writer(asked, cast.other_writer, says_yes=False)
    with pytest.raises(SomebodyElseWon):
        answer_co_writer(asked, cast.other_writer, says_yes=True)

    assert not cast.other_writer.has_perm("editing.approve", fresh(text))
    assert letters("co_writer_answered") == [cast.writer.email]
    assert verify_evidence() == []


def test_somebody_new_signs_in_with_the_address_that_was_written_to(cast: Cast, text: Manuscript) -> None:
    asked = name_co_writer(text, cast.writer, "new@example.org", "Nia")
    letter = Letter.objects.get(kind="editing/co_writer_asked")
    assert (letter.to, letter.person) == ("new@example.org", None)
    assert f"/write/with/{asked.key}/" in letter.text
    assert "Wilma Writer says that you wrote" in letter.text

    answer_co_writer(asked, make_person("New@example.org"), says_yes=True)

    assert [writer.email for writer in fresh(text).writers] == ["writer@example.org", "new@example.org"]


def test_nobody_is_named_twice_nor_who_writes_it_already_nor_without_end(
    cast: Cast, text: Manuscript, cora: CoWriter
) -> None:
    for taken in (cast.writer.email, cast.other_writer.email):
        with pytest.raises(CannotBeNamed, match="already"):
            name_co_writer(text, cast.editor, taken, "X")
    name_co_writer(text, cast.editor, "a@example.org", "A")
    with pytest.raises(CannotBeNamed, match="not answered yet"):
        name_co_writer(text, cast.editor, "a@example.org", "A")
    for number in range(6):
        name_co_writer(text, cast.editor, f"{number}@example.org", "N")
    with pytest.raises(CannotBeNamed, match="no further letter"):
        name_co_writer(text, cast.editor, "z@example.org", "Z")


def test_editor_who_wrote_it_too_edits_it_no_more(cast: Cast, text: Manuscript) -> None:
    assert cast.other_editor.has_perm("editing.edit", text)

    make_co_writer(text, cast.writer, cast.other_editor)

    assert not cast.other_editor.has_perm("editing.edit", text)
    assert not cast.other_editor.has_perm("stories.publish", text)
    assert cast.other_editor.has_perm("editing.approve", text)


def test_longest_time_holds_and_each_shortens_their_own(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    make_subject("infant-death", cooling_hours=24)
    editing.save(text, cast.editor, edited(text, subjects=["infant-death"]))
    editing.ask_for_approval(text, cast.editor)
    says_yes(text, cast.writer)
    with clock.at(clock.now() + timedelta(hours=5)):
        later = says_yes(text, cast.other_writer)
        now = fresh(text)
        assert now.cools_until == later.cools_until
        assert cooling_times([now]) == {now.pk: later.cools_until}

        waive_cooling(now, cast.other_writer, now.revision.sha256)
        own = next(one for one in fresh(text).approvals if one.person == cast.writer)
        assert fresh(text).cools_until == own.cools_until != later.cools_until

        waive_cooling(fresh(text), cast.writer, now.revision.sha256)
        assert fresh(text).cools_until is None
        assert cooling_times([fresh(text)]) == {}


def test_who_has_not_answered_is_reminded_and_nobody_else(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    masthead = Masthead.current()
    due = clock.today(masthead.time_zone) + timedelta(days=10)
    editing.ask_for_approval(text, cast.editor, due)
    says_yes(text, cast.writer)

    with clock.at(datetime.combine(due - timedelta(days=2), time(9), masthead.zone)):
        near = (remind_of_approval(), remind_of_approval())
    with clock.at(datetime.combine(due + timedelta(days=2), time(9), masthead.zone)):
        past = (remind_of_approval(), remind_of_approval())

    assert (near, past) == ((1, 0), (1, 0))
    assert letters("approval_near") == letters("approval_past") == [cast.other_writer.email]


def test_both_are_reminded_while_nobody_has_answered(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    masthead = Masthead.current()
    due = clock.today(masthead.time_zone) + timedelta(days=10)
    editing.ask_for_approval(text, cast.editor, due)

    with clock.at(datetime.combine(due - timedelta(days=2), time(9), masthead.zone)):
        assert (remind_of_approval(), remind_of_approval()) == (2, 0)


def test_either_takes_the_story_back_and_the_others_are_told(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    take_back(fresh(text), cast.other_writer)

    now = fresh(text)
    assert (now.state, now.submission.state) == ("stopped", "withdrawn")
    assert letters("taken_back") == [cast.writer.email]
    assert not Letter.objects.filter(kind="submissions/withdrawn").exists()
    with pytest.raises(CannotBeNamed):
        name_co_writer(now, cast.editor, "late@example.org", "L")


def test_who_sent_it_takes_it_back_and_the_others_are_told(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    withdraw(fresh(text).submission, cast.writer)

    assert letters("taken_back") == [cast.other_writer.email]
    told = Letter.objects.get(kind="editing/taken_back").text
    assert "Wilma Writer has taken back" in told


def test_story_that_the_magazine_gives_back_is_told_to_all_its_writers(
    cast: Cast, text: Manuscript, cora: CoWriter
) -> None:
    could_not_publish(fresh(text).submission, cast.editor, "We are sorry.")

    told = Letter.objects.get(kind="editing/taken_back")
    assert told.to == cast.other_writer.email
    assert "Edith" not in told.text
    assert "is not with us any more" in told.text


def test_both_writers_hear_that_the_editor_has_been_through_the_text(
    cast: Cast, text: Manuscript, cora: CoWriter
) -> None:
    suggesting.hand_over(suggesting.draft_of(fresh(text)), cast.editor)

    assert letters("to_writer") == sorted([cast.writer.email, cast.other_writer.email])


def test_nobody_else_takes_it_back(cast: Cast, text: Manuscript) -> None:
    with pytest.raises(PermissionDenied):
        take_back(text, cast.other_writer)


def test_nobody_joins_a_story_that_was_taken_back(cast: Cast, text: Manuscript) -> None:
    asked = name_co_writer(text, cast.writer, cast.other_writer.email, "Cora")
    withdraw(fresh(text).submission, cast.writer)

    with pytest.raises(NotAllowed):
        answer_co_writer(CoWriter.objects.get(pk=asked.pk), cast.other_writer, says_yes=True)
    assert not CoWriterAnswer.objects.exists()


def _columns() -> list[tuple[str, str, Any]]:
    return [
        ("editing_cowriter", "email", "x@example.org"),
        ("editing_cowriter", "name", "X"),
        ("editing_cowriteranswer", "says_yes", False),
        ("editing_cowriteranswer", "session", "x"),
        ("editing_cowriterleft", "at", "2026-01-01 00:00:00+00:00"),
        ("editing_approvalrequest", "words", "x"),
        ("editing_approvalrequest", "due", "2031-01-01"),
        ("editing_approval", "writers", "[]"),
    ]


@pytest.mark.parametrize("changed", _columns())
def test_a_changed_value_is_found(cast: Cast, text: Manuscript, cora: CoWriter, changed: tuple[str, str, Any]) -> None:
    table, column, value = changed
    editing.ask_for_approval(text, cast.editor, None, "Please.")
    says_yes(text, cast.writer)
    says_yes(text, cast.other_writer)
    leave(CoWriter.objects.get(pk=cora.pk), cast.other_writer)
    assert verify_evidence() == []

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])

    assert verify_evidence() != []


def test_further_writer_who_is_deleted_is_missed(cast: Cast, text: Manuscript, cora: CoWriter) -> None:
    editing.ask_for_approval(text, cast.editor)
    says_yes(text, cast.writer)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM editing_cowriteranswer")
        cursor.execute("DELETE FROM editing_cowriter")

    assert [line for line in verify_evidence() if "a writer who was needed is not on record" in line] != []
