"""What two texts have in common, however long they are."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.documents import aligning
from hearthpress.documents.aligning import pieces, runs
from hearthpress.documents.merging import merged
from hearthpress.documents.suggesting import suggested
from tests.documents.steps import steps

LETTERS = st.text("abcd", max_size=30)


@pytest.mark.parametrize("few", [0, 250_000])
@settings(max_examples=300)
@given(old=LETTERS, new=LETTERS)
def test_pieces_make_both_again(few: int, old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aligning, "_FEW", few)
        found = list(pieces(old, new))

    assert "".join(old[piece.first : piece.last] for piece in found) == old
    assert "".join(new[piece.new_first : piece.new_last] for piece in found) == new
    for piece in found:
        assert piece.same == (old[piece.first : piece.last] == new[piece.new_first : piece.new_last])


def test_what_is_there_only_once_is_found_in_long_texts() -> None:
    old = [f"line {number}" for number in range(3_000)]
    new = ["first", *old[:1_000], "other", *old[1_002:], "last"]

    assert runs(old, new) == [(0, 1, 1_000), (1_002, 1_002, 1_998)]


def document(number: int, word: str, every: int) -> dict[str, Any]:
    def words(place: int) -> str:
        return f"{word} {place}" if place % every == 0 else "the same words again"

    blocks = [{"type": "paragraph", "content": [{"type": "text", "text": words(at)}]} for at in range(number)]
    return {"type": "doc", "content": blocks}


@pytest.mark.parametrize("every", [1, 2, 50])
def test_four_times_as_long_a_text_takes_about_four_times_the_steps(every: int) -> None:
    def suggesting(number: int) -> int:
        base, wanted = document(number, "old", every), document(number, "new", every)
        return steps(lambda: suggested(base, wanted, lambda: "s"))

    def merging(number: int) -> int:
        base, mine, theirs = (document(number, word, every) for word in ("old", "mine", "theirs"))
        return steps(lambda: merged(base, mine, theirs, lambda: "s"))

    for act in (suggesting, merging):
        assert act(4_000) < 7 * act(1_000)
