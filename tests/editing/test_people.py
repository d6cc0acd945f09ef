"""Who is in a story: answers outlive versions, a name is replaced everywhere at once, a child's full name waits."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing.actions import NotReady
from hearthpress.editing.models import Manuscript
from hearthpress.editing.naming import rename_throughout
from hearthpress.editing.people import (
    ChildrenNotAnsweredFor,
    NoRoom,
    answer_about,
    left_in_addresses,
    people_in,
    renamed_throughout,
    unanswered,
)
from hearthpress.editing.revisions import TextChanged
from hearthpress.mail.models import Letter
from hearthpress.stories.verify import verify_evidence
from tests.factories import Cast, edited, make_manuscript

pytestmark = pytest.mark.django_db

TEXT = """My sister Anna Miller rang. Anna’s *kettle* was on.

> I loved Miller.
>
> — Anna Miller | Instagram

We never spoke of [it](https://www.example.com/anna-miller)."""


def make(cast: Cast, text: str = TEXT, **changes: Any) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(text), **changes))
    return manuscript


def named(manuscript: Manuscript) -> list[str]:
    assert manuscript.revision is not None
    return [one.name for one in unanswered(people_in(manuscript, manuscript.revision))]


def seen(manuscript: Manuscript) -> str:
    assert manuscript.revision is not None
    return manuscript.revision.sha256


def test_an_answer_outlives_versions_and_a_new_name_brings_a_new_question(cast: Cast) -> None:
    manuscript = make(cast, "My sister Anna rang.")
    assert named(manuscript) == ["Anna"]
    answer_about(manuscript, cast.writer, "Anna", "knows")

    later = from_notation("My sister Anna Miller rang. Anna laughed, and Doris said nothing.")
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=later))

    assert named(manuscript) == ["Doris"]


def test_the_writer_and_the_editors_answer_and_nobody_else(cast: Cast) -> None:
    manuscript = make(cast)
    for person in (cast.writer, cast.editor):
        answer_about(manuscript, person, "Anna Miller", "unaware")

    for person in (cast.other_writer, cast.bookkeeper):
        with pytest.raises(PermissionDenied):
            answer_about(manuscript, person, "Anna Miller", "knows")


def test_the_newest_answer_counts_and_the_same_is_kept_once(cast: Cast) -> None:
    manuscript = make(cast)
    for answer in ("unaware", "unaware", "knows"):
        answer_about(manuscript, cast.writer, "Anna Miller", answer)

    assert [row.answer for row in manuscript.named.all()] == ["unaware", "knows"]
    (anna,) = people_in(manuscript, manuscript.revision)
    assert anna.said is not None
    assert anna.said.answer == "knows"


def test_a_name_is_replaced_everywhere_in_one_version(cast: Cast) -> None:
    picture = {"sha256": "a" * 64, "alt": "Anna at the sink.", "caption": "Anna, 1998", "credit": "Anna Miller"}
    manuscript = make(
        cast, headline="Anna’s Kettle", standfirst="For Anna Miller.", slug="annas-anna-kettle", picture=picture
    )
    before = manuscript.revisions.count()

    made = rename_throughout(manuscript, cast.editor, "Anna Miller", "A. M.", seen(manuscript))

    assert b"Anna" not in bytes(made.body)
    assert b"Miller" not in bytes(made.body)
    content = made.content
    assert (content["headline"], content["standfirst"]) == ("A.’s Kettle", "For A. M.")
    assert (content["share"]["title"], content["slug"]) == ("A.’s Kettle", "annas-a-kettle")
    assert (content["picture"]["alt"], content["picture"]["credit"]) == ("A. at the sink.", "A. M.")
    assert (made.why, manuscript.revisions.count()) == ("Anna Miller is named A. M. throughout", before + 1)
    assert content["byline"] == "Wilma Writer"


def test_nobody_is_asked_about_a_name_that_was_put_in(cast: Cast) -> None:
    manuscript = make(cast, "My sister Anna rang.")

    rename_throughout(manuscript, cast.editor, "Anna", "Bella", seen(manuscript))

    assert [one.name for one in people_in(manuscript, manuscript.revision)] == ["Bella"]
    assert named(manuscript) == []


def test_what_would_be_replaced_is_told_place_by_place(cast: Cast) -> None:
    manuscript = make(cast, headline="Anna’s Kettle")
    (anna,) = people_in(manuscript, manuscript.revision)

    value, places = renamed_throughout(manuscript.revision, anna.mention, "A. M.")

    assert [(one.place_name, one.old, one.new) for one in places] == [
        ("Headline", "Anna’s", "A.’s"),
        ("Text", "Anna Miller", "A. M."),
        ("Text", "Anna’s", "A.’s"),
        ("Who said it", "Anna Miller", "A. M."),
        ("Text", "Miller.", "M."),
    ]
    assert left_in_addresses(value, anna.mention) == ["https://www.example.com/anna-miller"]


@pytest.mark.parametrize(
    ("text", "changes", "place"),
    [
        ("My sister Anna rang.", {"headline": "Anna " * 39 + "rings"}, "Headline"),
        (f"My sister Anna rang.\n\n> Yes.\n>\n> — {'Anna, ' * 33}", {}, "Who said it"),
        (f"My sister Anna rang.\n\nGENTLE: {'Anna, ' * 19}\n\nNo.\n\nGENTLE END", {}, "What a passage speaks of"),
    ],
)
def test_a_name_that_there_is_no_room_for_is_not_put_in(cast: Cast, text: str, changes: Any, place: str) -> None:
    manuscript = make(cast, text, **changes)
    before = seen(manuscript)

    with pytest.raises(NoRoom, match=place):
        rename_throughout(manuscript, cast.editor, "Anna", "Bernadette", before)
    assert seen(manuscript) == before

    assert rename_throughout(manuscript, cast.editor, "Anna", "Ana", before)


def test_a_name_is_not_replaced_in_a_text_that_nobody_saw(cast: Cast) -> None:
    manuscript = make(cast)
    stale = seen(manuscript)
    editing.save(manuscript, cast.other_editor, edited(manuscript, headline="Another"))

    with pytest.raises(TextChanged):
        rename_throughout(manuscript, cast.editor, "Anna Miller", "A. M.", stale)
    with pytest.raises(NotReady):
        rename_throughout(manuscript, cast.editor, "Zoe", "Z.", seen(manuscript))
    assert manuscript.revision.content["headline"] == "Another"


def test_a_childs_full_name_keeps_the_yes_back_until_somebody_answers(cast: Cast) -> None:
    manuscript = make(cast, "My daughter Luna Weaver, 4, asked.")
    editing.ask_for_approval(manuscript, cast.editor)

    with pytest.raises(ChildrenNotAnsweredFor, match="Luna Weaver"):
        editing.approve(manuscript, cast.writer, seen(manuscript))
    assert manuscript.approval is None

    answer_about(manuscript, cast.writer, "Luna Weaver", "knows")
    assert editing.approve(manuscript, cast.writer, seen(manuscript)).sha256 == seen(manuscript)


def test_an_answer_about_a_childs_first_name_is_none_about_the_full_one(cast: Cast) -> None:
    manuscript = make(cast, "My daughter Luna, 4, asked.")
    answer_about(manuscript, cast.writer, "Luna", "knows")
    later = from_notation("My daughter Luna Weaver, 4, asked. Luna laughed.")
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=later))
    editing.ask_for_approval(manuscript, cast.editor)

    assert named(manuscript) == ["Luna Weaver"]
    with pytest.raises(ChildrenNotAnsweredFor, match="Luna Weaver"):
        editing.approve(manuscript, cast.writer, seen(manuscript))

    answer_about(manuscript, cast.writer, "Luna Weaver", "knows")
    assert editing.approve(manuscript, cast.writer, seen(manuscript))


@pytest.mark.parametrize("text", ["My daughter Luna, 4, asked.", "My sister Anna Miller rang."])
def test_other_names_keep_no_yes_back(cast: Cast, text: str) -> None:
    manuscript = make(cast, text)
    editing.ask_for_approval(manuscript, cast.editor)

    assert editing.approve(manuscript, cast.writer, seen(manuscript))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "Anna"),
        ("answer", "knows"),
        ("shown_as", "initials"),
        ("other_name", "Bella"),
        ("answered_by_id", None),
        ("at", "2026-01-01 00:00:00+00:00"),
    ],
)
def test_an_answer_that_was_touched_is_found_and_names_nobody(cast: Cast, column: str, value: Any) -> None:
    row = answer_about(make(cast), cast.writer, "Anna Miller", "unaware")
    assert verify_evidence() == []

    value = cast.editor.pk if column == "answered_by_id" else value
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE editing_namedperson SET {column} = %s WHERE id = %s", [value, row.pk])

    said = f"Answer {row.pk} about the people in manuscript {row.manuscript.key}: its seal is broken."
    assert verify_evidence() == [said]


@pytest.mark.parametrize(("text", "says"), [(TEXT, True), ("Nobody rang.", False)])
def test_the_letter_says_that_people_are_named_and_not_who(cast: Cast, text: str, says: bool) -> None:
    editing.ask_for_approval(make(cast, text), cast.editor)

    letter = Letter.objects.get(kind="editing/approval_asked")
    assert ("whom the story names" in letter.text) == says
    assert "Anna" not in letter.text
