"""What is known about a text's lines is put to the lines that it is about, and never touches a word."""

from typing import Any

import pytest

from hearthpress.desk.particulars import KINDS, OUT, ROWS, rows_of, titles_out, with_rows
from hearthpress.documents.notation import from_notation
from hearthpress.documents.walk import of_kind, without_particulars

DOCUMENT = from_notation(
    "> It held.\n\nRELATED: A Title\n\nGENTLE: a loss\n\n> And it broke.\n\nGENTLE END\n\nRELATED: B"
)


def given(kind: str, **changes: str) -> list[dict[str, Any]]:
    return [{**block["attrs"], **changes} for block in rows_of(DOCUMENT, kind)]


def test_rows_come_back_to_their_lines_also_within_a_hard_passage() -> None:
    quotes = [{"speaker": "Ada"}, {"speaker": "Bea", "source": "a letter"}]

    document = with_rows(DOCUMENT, {"quote": quotes, "related": [{"story": "abc"}, {"story": ""}]})

    assert [block["attrs"]["speaker"] for block in of_kind(document, "quote")] == ["Ada", "Bea"]
    assert [block["attrs"]["story"] for block in of_kind(document, "related")] == ["abc", ""]
    assert without_particulars(document) == without_particulars(DOCUMENT)


def test_rows_that_nobody_changed_change_nothing() -> None:
    assert with_rows(DOCUMENT, {kind: given(kind) for kind in KINDS}) == DOCUMENT


def test_a_line_that_is_to_go_stays_until_the_writer_agrees() -> None:
    related = [{"story": OUT}, {"story": "abc"}]

    assert [block["attrs"]["story"] for block in of_kind(with_rows(DOCUMENT, {"related": related}), "related")] == [
        "",
        "abc",
    ]
    assert titles_out(DOCUMENT, related) == ["A Title"]


@pytest.mark.parametrize("kind", ["quote", "related"])
def test_lines_beyond_the_rows_stay_as_they_are(kind: str) -> None:
    line = {"quote": "> Words.\n>\n> — Ada", "related": "RELATED: A Title"}[kind]
    many = from_notation("\n\n".join([line] * (ROWS + 3)))
    rows: list[dict[str, str]] = [{}] * ROWS

    assert len(rows_of(many, kind)) == ROWS
    assert with_rows(many, {"quote": rows, "related": rows}) == many


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("> It held.\n>\n> — Ada | a letter", True),
        ("> It held on.", False),
        ("It held.", False),
    ],
)
def test_particulars_are_no_words(text: str, same: bool) -> None:
    bare = without_particulars(from_notation("> It held."))

    assert (without_particulars(from_notation(text)) == bare) is same


def test_what_a_picture_shows_and_what_a_passage_speaks_of_are_known_about_them() -> None:
    sha = "a" * 64
    document = from_notation(f"GENTLE: a loss\n\nPICTURE: {sha}\n\nGENTLE END\n\nPICTURE: {sha} | The sea")
    rows = {"figure": [{"alt": "A field"}, {"alt": "The sea", "credit": "Ada"}], "gentle": [{"says": "the loss"}]}

    said = with_rows(document, rows)

    assert [block["attrs"]["alt"] for block in of_kind(said, "figure")] == ["A field", "The sea"]
    assert of_kind(said, "figure")[1]["attrs"]["credit"] == "Ada"
    assert said["content"][0]["attrs"] == {"says": "the loss"}
    assert without_particulars(said) == without_particulars(document)
