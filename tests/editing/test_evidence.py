"""After the yes the writer has all of it in a letter: what was approved, when, its fingerprint, and every word."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from hearthpress.common.canonical import canonical_bytes
from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing.evidence import evidence_of
from hearthpress.editing.models import Approval, Manuscript, Revision
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from tests.documents.strategies import DOCUMENTS
from tests.factories import Cast, edited, make_manuscript, make_subject

pytestmark = pytest.mark.django_db

TEXT = """Salt & vinegar < pepper, she said: "it's &amp; so".

> I keep *that hour*.
>
> — Ines | Instagram | 2 May 2026 | https://www.example.com/p/1 | By letter

- one
- [two](https://www.example.com/two)"""


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    return make_manuscript(cast.writer, cast.editor, cast.call)


def approve(manuscript: Manuscript, cast: Cast, **changes: object) -> str:
    """The letter that follows."""
    editing.keep_version(manuscript, cast.editor, edited(manuscript, **changes))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)
    return Letter.objects.get(kind="editing/approved", to=cast.writer.email).text


def test_letter_holds_all_that_was_approved(cast: Cast, manuscript: Manuscript) -> None:
    make_subject()
    picture = {"sha256": "a" * 64, "alt": "A blue room", "caption": "The kitchen", "credit": "Photo: W."}

    letter = approve(
        manuscript,
        cast,
        headline="The Kettle & I",
        standfirst="An hour on the telephone.",
        slug="the-kettle-and-i",
        content_note="This story speaks of a loss.",
        subjects=["pregnancy-loss"],
        picture=picture,
    )

    lines = letter.splitlines()
    for line in (
        "Headline: The Kettle & I",
        "Standfirst: An hour on the telephone.",
        "Signed: Wilma Writer",
        "Section: Keeping",
        "Note before it: This story speaks of a loss.",
        "What it touches: Pregnancy loss",
        f"Picture, its fingerprint: {'a' * 64}",
        "Picture, for who cannot see it: A blue room",
        "Picture’s caption: The kitchen",
        "Picture by: Photo: W.",
        "When it is shared: The Kettle & I · An hour on the telephone. · with the picture",
        manuscript.revision.sha256,
    ):
        assert line in lines
    assert any(line.startswith("Web address: ") and line.endswith("/stories/the-kettle-and-i/") for line in lines)
    assert "(version 2)" in letter


def test_letter_says_what_is_empty(cast: Cast, manuscript: Manuscript) -> None:
    lines = approve(manuscript, cast).splitlines()

    assert {"Standfirst: none", "Note before it: none", "What it touches: none", "Picture: none"} <= set(lines)


def test_letter_says_when_in_the_writers_own_time(cast: Cast, manuscript: Manuscript) -> None:
    cast.writer.time_zone = "Asia/Tokyo"
    cast.writer.save(update_fields=["time_zone"])
    manuscript.submission.writer.time_zone = "Asia/Tokyo"

    letter = approve(manuscript, cast)

    there = Approval.objects.get().at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert f"{there:%B} {there.day}, {there.year}" in letter
    assert "(Asia/Tokyo)" in letter


def test_letter_has_every_word(cast: Cast, manuscript: Manuscript) -> None:
    letter = approve(manuscript, cast, document=from_notation(TEXT))

    assert from_notation(text_of(letter)) == manuscript.revision.content["document"]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS)
def test_text_of_the_letter_makes_the_same_document(
    cast: Cast, manuscript: Manuscript, document: dict[str, Any]
) -> None:
    revision = Revision(number=2, body=canonical_bytes(edited(manuscript, document=document)))
    context = {"submission": manuscript.submission, "approval": Approval(sha256="0" * 64), **evidence_of(revision)}

    letter = write_letter("editing/approved", cast.writer.email, context, person=cast.writer)

    assert from_notation(text_of(letter.text)) == document


def text_of(letter: str) -> str:
    return letter.split("\n----\n", 1)[1].rsplit("\n----\n", 1)[0]
