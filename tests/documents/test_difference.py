from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.documents import aligning
from hearthpress.documents.difference import Change, difference, short_difference
from hearthpress.documents.notation import from_notation
from hearthpress.documents.plain import block_text
from hearthpress.documents.text import squeezed
from hearthpress.documents.walk import walk
from tests.documents.strategies import DOCUMENTS, WORDS

LINES = st.lists(WORDS, max_size=6).map(" ".join)


def changes(old: str, new: str) -> list[Change]:
    return difference(from_notation(old), from_notation(new))


def all_words(document: dict[str, Any]) -> str:
    """What a reader of a comparison is shown of each block: a picture's alt text too, the stars of a scene break."""
    return "".join(
        "***" if block["type"] == "scene_break" else block.get("attrs", {}).get("alt", "") + block_text(block)
        for block in walk(document)
    )


def side(found: list[Change], leaving_out: str) -> str:
    return "".join(text for change in found for op, text in change.segments if op != leaving_out)


@settings(max_examples=100)
@given(DOCUMENTS, DOCUMENTS)
def test_segments_make_both_versions(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = difference(old, new)

    assert squeezed(side(found, "insert")) == squeezed(all_words(old))
    assert squeezed(side(found, "delete")) == squeezed(all_words(new))


@settings(max_examples=100)
@given(DOCUMENTS, DOCUMENTS)
def test_segments_make_both_versions_of_what_is_too_long_for_the_thorough_way(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aligning, "_FEW", 0)
        found = difference(old, new)

    assert squeezed(side(found, "insert")) == squeezed(all_words(old))
    assert squeezed(side(found, "delete")) == squeezed(all_words(new))


def test_a_passage_that_stayed_is_the_same_however_long_the_text_is() -> None:
    old = [f"She said the {number}th word and closed the {number * 7}th door." for number in range(3_000)]
    new = ["Before all.", *old[1:1_500], *[f"Inserted {number}." for number in range(6)], *old[1_500:-1], "After all."]

    kinds = Counter(change.kind for change in changes("\n\n".join(old), "\n\n".join(new)))

    assert kinds == {"same": 2_998, "added": 8, "removed": 2}


def test_a_changed_word_of_a_very_long_paragraph_is_one_change() -> None:
    words = [f"word{number}" for number in range(5_000)]
    new = ["first", *words[1:2_500], "another", *words[2_501:-1], "last"]

    (changed,) = changes(" ".join(words), " ".join(new))

    assert sum(op != "equal" for op, _text in changed.segments) == 6


@settings(max_examples=50)
@given(DOCUMENTS, DOCUMENTS)
def test_only_the_same_document_has_no_change(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert all(change.kind == "same" for change in difference(old, old))
    assert all(change.kind == "same" for change in difference(old, new)) == (old == new)


def test_a_changed_word_is_shown_inside_its_paragraph() -> None:
    assert changes("One.\n\nThe quick fox ran.\n\nTwo.", "One.\n\nThe slow fox ran.\n\nTwo.") == [
        Change("same", "paragraph", (("equal", "One."),)),
        Change(
            "changed",
            "paragraph",
            (("equal", "The "), ("delete", "quick "), ("insert", "slow "), ("equal", "fox ran.")),
        ),
        Change("same", "paragraph", (("equal", "Two."),)),
    ]


def test_paragraphs_that_came_and_went_are_whole() -> None:
    assert changes("Kept.\n\nA passage of old.", "Kept.\n\nEntirely other words.") == [
        Change("same", "paragraph", (("equal", "Kept."),)),
        Change("removed", "paragraph", (("delete", "A passage of old."),)),
        Change("added", "paragraph", (("insert", "Entirely other words."),)),
    ]


def test_what_changed_beside_the_words_is_said() -> None:
    old = "> Said.\n> — Ann\n\nRELATED: A Title\n\n## Head\n\n[here](https://a.example/)"
    new = "> Said.\n> — Ann | | | https://www.example.com/p\n\nRELATED: A Title {k}\n\n### Head\n\n[here](https://b.example/)"

    notes = [change.notes for change in changes(old, new)]

    assert notes == [
        (("permalink", (("insert", "https://www.example.com/p"),)),),
        (("story", (("insert", "k"),)),),
        (("level", (("delete", "2"), ("insert", "3"))),),
        (("link", (("delete", "https://a.example/"), ("insert", "https://b.example/"))),),
    ]


def test_a_paragraph_that_became_a_quote_says_so() -> None:
    (change,) = changes("Words said.", "> Words said.")

    assert change.kind == "changed"
    assert change.notes == (("type", (("delete", "paragraph"), ("insert", "quote"))),)


def test_a_long_rewritten_text_is_shown_whole_rather_than_compared_for_minutes() -> None:
    old, new = " ".join(f"a{n}" for n in range(5_000)), " ".join(f"b{n}" for n in range(5_000))

    assert [change.kind for change in changes(f"{old} c", f"{new} c")] == ["removed", "added"]


def test_emphasis_on_another_of_two_like_words_is_a_change() -> None:
    (change,) = changes("*so* and so", "so and *so*")

    assert change.kind == "changed"


def test_a_word_within_a_passage_that_can_be_skipped_is_shown_in_its_paragraph() -> None:
    old = "GENTLE: a loss\n\nOne.\n\nThe quick fox ran.\n\nGENTLE END"

    found = changes(old, old.replace("quick", "slow"))

    assert [change.kind for change in found] == ["same", "changed"]
    assert found[1].segments[1:3] == (("delete", "quick "), ("insert", "slow "))
    assert found[1].notes == ()


def test_that_a_passage_can_be_skipped_is_said_of_its_blocks() -> None:
    found = changes("One.\n\nTwo.\n\nThree.", "One.\n\nGENTLE: a loss\n\nTwo.\n\nThree.\n\nFour.\n\nGENTLE END")

    begins, goes_on = ("gentle", (("insert", "begins"),)), ("gentle", (("insert", "goes on"),))
    assert [change.notes for change in found] == [
        (),
        (begins, ("says", (("insert", "a loss"),))),
        (goes_on,),
        (goes_on,),
    ]


def test_two_passages_made_one_is_a_change() -> None:
    old = "GENTLE:\n\nOne.\n\nGENTLE END\n\nGENTLE:\n\nTwo.\n\nGENTLE END"

    found = changes(old, "GENTLE:\n\nOne.\n\nTwo.\n\nGENTLE END")

    assert [change.kind for change in found] == ["same", "changed"]


def test_what_is_said_of_a_picture_is_compared_as_words_and_another_picture_is_noted() -> None:
    old, new = "0" * 64, "1" * 64

    found = changes(f"PICTURE: {old} | A red kettle | Ours", f"PICTURE: {new} | A blue kettle | Ours\n\n***")

    assert found[0].segments[1:3] == (("delete", "red "), ("insert", "blue "))
    assert found[0].notes == (("sha256", (("delete", old), ("insert", new))),)
    assert found[1] == Change("added", "scene_break", (("insert", "* * *"),))


@settings(max_examples=100)
@given(LINES, LINES)
def test_segments_of_a_line_make_both_lines(old: str, new: str) -> None:
    found = short_difference(old, new)

    assert squeezed("".join(text for op, text in found if op != "insert")) == squeezed(old)
    assert squeezed("".join(text for op, text in found if op != "delete")) == squeezed(new)


def test_a_line_that_grew_keeps_its_last_word() -> None:
    assert short_difference("The Kettle", "The Kettle Sang") == (
        ("equal", "The "),
        ("equal", "Kettle"),
        ("insert", " Sang"),
    )


def test_the_last_word_of_a_passage_that_goes_on_stays() -> None:
    (change,) = changes("- bread\n- salt", "- bread\n- salt\n- a candle")

    assert [segment for segment in change.segments if segment[0] != "equal"] == [("insert", "\na candle")]


def test_a_line_with_other_words_is_exchanged_whole() -> None:
    assert short_difference("The Kettle", "She Rang") == (("delete", "The Kettle"), ("insert", "She Rang"))
