"""The note before a story, put together from the notes of its subjects."""

import pytest

from hearthpress.care.models import Subject
from hearthpress.editing.content import notes_of


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
