"""The text box and the rows beside it: no mark is lost, and each row finds its line again."""

from typing import Any

import pytest

from hearthpress.desk.marked_text import OUT, ROWS, box_text, pairs, put_together, rows_of
from hearthpress.documents.notation import from_notation
from hearthpress.documents.schema import check, paragraph, quote, related


def words(text: str) -> dict[str, Any]:
    return paragraph([{"type": "text", "text": text}])


def doc(*blocks: dict[str, Any]) -> dict[str, Any]:
    return check({"type": "doc", "content": list(blocks)})


DOCUMENT = doc(
    words("Before."),
    related("A Title", "story1"),
    quote([words("It held.")], speaker="Ada", permalink="https://www.example.com/1"),
    related("Another Title"),
    quote([words("And it broke.")], speaker="Bo"),
)


def given(document: dict[str, Any], kind: str) -> list[dict[str, str]]:
    names = ("story",) if kind == "related" else ("speaker", "source", "date", "permalink", "permission")
    return [{name: block["attrs"][name] for name in names} for block in rows_of(document, kind)]


def saved(text: str, base: dict[str, Any] = DOCUMENT, **rows: Any) -> dict[str, Any]:
    quotes = rows.get("quotes", given(base, "quote"))
    return put_together(from_notation(text), base, quotes, rows.get("related", given(base, "related")))


def test_box_holds_words_alone() -> None:
    text = box_text(DOCUMENT)

    assert "RELATED: A Title\n" in text
    assert "story1" not in text
    assert "Ada" not in text


def test_saving_what_nobody_changed_changes_nothing() -> None:
    assert saved(box_text(DOCUMENT)) == DOCUMENT


def test_rows_find_their_lines_when_lines_before_them_are_gone() -> None:
    text = box_text(DOCUMENT).replace("RELATED: A Title\n\n", "").replace("> It held.\n\n", "")

    assert saved(text)["content"] == [DOCUMENT["content"][0], *DOCUMENT["content"][3:]]


def test_row_finds_its_quote_when_a_word_of_it_was_mended() -> None:
    after = saved(box_text(DOCUMENT).replace("And it broke.", "And it broke off."))

    assert after["content"][-1]["attrs"]["speaker"] == "Bo"


def test_new_line_gets_no_other_lines_row() -> None:
    text = box_text(DOCUMENT) + "\n\n> Something else entirely was said here, long after."

    assert saved(text)["content"][-1]["attrs"]["speaker"] == ""


def test_typed_attribution_wins_over_a_row_that_nobody_changed() -> None:
    text = box_text(DOCUMENT).replace("> And it broke.", "> And it broke.\n>\n> — Cy | a letter")

    attrs = saved(text)["content"][-1]["attrs"]

    assert (attrs["speaker"], attrs["source"]) == ("Cy", "a letter")


def test_row_that_was_emptied_is_empty() -> None:
    quotes = given(DOCUMENT, "quote")
    quotes[0]["speaker"] = ""

    assert saved(box_text(DOCUMENT), quotes=quotes)["content"][2]["attrs"]["speaker"] == ""


def test_line_is_taken_out_by_its_row_alone() -> None:
    text = box_text(DOCUMENT) + "\n\nRELATED: Typed {out}"

    after = saved(text, related=[{"story": OUT}, {"story": "story2"}])

    assert [block["attrs"] for block in after["content"] if block["type"] == "related"] == [
        {"title": "Another Title", "story": "story2"},
        {"title": "Typed", "story": "out"},
    ]


def test_lines_beyond_the_rows_keep_their_marks_in_the_box() -> None:
    many = doc(*[related(f"Title {n}", f"story{n}") for n in range(ROWS + 10)])

    assert len(rows_of(many, "related")) == ROWS
    assert saved(box_text(many), many) == many


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["a", "b"], ["b", "a"], {0: 1, 1: 0}),
        (["same", "same"], ["same", "same"], {0: 0, 1: 1}),
        (["the first words"], ["something new", "the first words again"], {1: 0}),
        ([], ["new"], {}),
    ],
)
def test_pairs_match_the_same_words_first(before: list[str], after: list[str], expected: dict[int, int]) -> None:
    assert pairs(before, after) == expected


def test_quotes_in_a_passage_that_can_be_skipped_have_rows_and_find_them_again() -> None:
    base = from_notation("> First.\n> — Ada\n\nGENTLE: a loss\n\nWords.\n\n> It broke.\n> — Bo\n\nGENTLE END")
    rows = given(base, "quote")
    rows[1]["speaker"] = "Bo Lee"

    text = box_text(base)
    put = put_together(from_notation(text.replace("It broke", "It all broke")), base, rows, [])

    assert "Bo" not in text
    assert [row["speaker"] for row in given(put, "quote")] == ["Ada", "Bo Lee"]
    assert put["content"][1]["attrs"] == {"says": "a loss"}


def test_what_nobody_changed_comes_back_with_pictures_and_scene_breaks() -> None:
    base = from_notation(
        f"One.\n\n***\n\nGENTLE:\n\nPICTURE: {'0' * 64} | A \\| b | c\n\nGENTLE END\n\n> Said.\n> — Ada"
    )

    assert saved(box_text(base), base) == base
