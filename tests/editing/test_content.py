"""The note before a story, what is missing before a yes, and the pictures that a content shows."""

import pytest

from hearthpress.care.models import Subject
from hearthpress.documents.notation import from_notation
from hearthpress.editing.content import (
    content,
    missing,
    notes_of,
    open_pictures,
    pictures_of,
    related_lines,
    unresolved,
)
from hearthpress.editing.models import Picture

SHA, OTHER = "0" * 64, "1" * 64


def value(text, **fields):
    whole = {"headline": "The Kettle", "slug": "the-kettle", "section": "keeping", "byline": "Wilma"}
    return content(document=from_notation(text), **{**whole, **fields})


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (["This story speaks of a loss."], "This story speaks of a loss."),
        (
            ["This story speaks of a loss.", "This story speaks of a baby who died."],
            "This story speaks of a loss. It also speaks of a baby who died.",
        ),
        (
            ["This story is about abuse.", "This story speaks of a loss."],
            "This story is about abuse. This story speaks of a loss.",
        ),
        (["This story speaks of a loss.", "This story speaks of a loss."], "This story speaks of a loss."),
        (["A" * 150 + ".", "B" * 150 + "."], "A" * 150 + "."),
    ],
)
def test_notes_of_several_subjects_read_as_one(notes, said):
    subjects = [Subject(content_note=note) for note in notes]

    assert notes_of(subjects) == said


@pytest.mark.parametrize("around", ["{}", "GENTLE: a loss\n\n{}\n\nGENTLE END"])
def test_a_picture_within_the_text_needs_to_be_described_and_here(db, around):
    Picture.objects.create(sha256=SHA, width=1, height=1, widths=[1])
    described, plain, lost = f"PICTURE: {SHA} | A field", f"PICTURE: {SHA}", f"PICTURE: {OTHER} | A lake"

    found = missing(value(f"One.\n\n{described}\n\n" + around.format(f"{plain}\n\n{lost}")))

    assert found == [
        "Describe picture 2 within the text for readers who cannot see it.",
        "Picture 3 within the text is not here. Please add it again.",
    ]


def test_a_whole_text_with_pictures_lacks_nothing(db):
    Picture.objects.create(sha256=SHA, width=1, height=1, widths=[1])

    assert missing(value(f"One.\n\nPICTURE: {SHA} | A field\n\n***\n\nTwo.")) == []


def test_the_pictures_of_a_content_are_its_own_and_those_within_the_text():
    text = f"PICTURE: {OTHER} | A lake\n\nGENTLE:\n\nPICTURE: {SHA} | A field\n\nGENTLE END\n\nPICTURE: {OTHER}"
    own = {"sha256": "2" * 64, "alt": "A sea", "caption": "", "credit": ""}

    assert pictures_of(value(text, picture=own)) == ["2" * 64, OTHER, SHA]
    assert pictures_of(value(text)) == [OTHER, SHA]
    assert open_pictures(from_notation(text)) == [OTHER]


def test_related_lines_beside_a_hard_passage_are_found():
    document = from_notation("GENTLE:\n\nOne.\n\nGENTLE END\n\nRELATED: A\n\nRELATED: B {k}")

    assert [line["attrs"]["title"] for line in related_lines(document)] == ["A", "B"]
    assert unresolved(document) == ["A"]
