"""What is a matter of type, and what is more."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hearthpress.documents.notation import from_notation
from hearthpress.documents.small import MOST_WORDS, is_small

WORDS = st.lists(st.text("abcdefghij", min_size=3, max_size=9), min_size=2, max_size=30)


@pytest.mark.parametrize(
    ("old", "new", "small"),
    [
        ("The ketle was on.", "The kettle was on.", True),
        ("The the kettle was on.", "The kettle was on.", True),
        ("The kettle was on ,and she rang", "The kettle was on, and she rang.", True),
        ('"Yes," she said - late.', "“Yes,” she said – late.", True),
        ("the Kettle was on.", "The kettle was on.", True),
        ("It was every day.", "It was everyday.", True),
        ("She came in 2019.", "She came in 2018.", False),
        ("The kettle was on.", "The kettle was off and on.", False),
        ("The kettle was on.", "The stove was on.", False),
        ("The kettle was on.", "The kettle was on.\n\nShe rang.", False),
        ("The *kettle* was on.", "The kettle was on.", False),
        ("The [kettle](https://a.example/) was on.", "The [kettle](https://b.example/) was on.", False),
        ("## The ketle", "The kettle", False),
        ("> The ketle.\n>\n> — Ada", "> The kettle.\n>\n> — Ada", True),
        ("> The ketle.\n>\n> — Ada", "> The kettle.\n>\n> — Bea", False),
        ("- The ketle\n- on", "- The kettle\n- on", True),
        ("The kettle.", "The kettle.", False),
        ("No.", "Yes.", False),
    ],
)
def test_what_is_small(old: str, new: str, small: bool) -> None:
    assert is_small(from_notation(old), from_notation(new)) is small


@given(WORDS, st.lists(st.sampled_from([", ", ". ", " ", "  ", " – "]), min_size=30, max_size=30), st.data())
def test_punctuation_spaces_and_capitals_are_small(words: list[str], between: list[str], data: st.DataObject) -> None:
    typed = [data.draw(st.sampled_from([word, word.capitalize(), word.upper()])) for word in words]
    old = " ".join(words)
    new = "".join(word + gap for word, gap in zip(typed, between, strict=False)).strip(" –")
    assume(from_notation(old) != from_notation(new))

    assert is_small(from_notation(old), from_notation(new))


@given(WORDS, st.data())
def test_another_word_is_not_small(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.text(string.ascii_lowercase[15:], min_size=4, max_size=9))

    assert not is_small(
        from_notation(" ".join(words)), from_notation(" ".join([*words[:place], other, *words[place + 1 :]]))
    )


@pytest.mark.parametrize(("number", "small"), [(MOST_WORDS, True), (MOST_WORDS + 1, False)])
def test_many_small_changes_are_a_large_one(number: int, small: bool) -> None:
    assert is_small(from_notation("ketle and " * number), from_notation("kettle and " * number)) is small
