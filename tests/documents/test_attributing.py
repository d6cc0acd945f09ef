"""What is put under another's suggestion is parted from it."""

from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hearthpress.documents.attributing import parted
from hearthpress.documents.suggestions import accepted, check_marked, declined, suggestions


def marked(name: str, identity: str, text: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "marks": [{"type": name, "attrs": {"id": identity}}]}


def plain(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def doc(*nodes: dict[str, Any]) -> dict[str, Any]:
    return check_marked({"type": "doc", "content": [{"type": "paragraph", "content": list(nodes)}]})


def fresh() -> Any:
    numbers = count(1)
    return lambda: f"mine.{next(numbers)}"


def told(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one.identity: (one.removed, one.inserted) for one in suggestions(document)}


BEFORE = doc(plain("The "), marked("deletion", "a", "colour"), marked("insertion", "a", "color"), plain(" of rain"))


def test_words_typed_beside_anothers_are_ones_own() -> None:
    now = doc(plain("The "), marked("deletion", "a", "colour"), marked("insertion", "a", "colorful"), plain(" of rain"))

    assert told(parted(BEFORE, now, ["a"], fresh())) == {"a": ("colour", "color"), "mine.1": ("", "ful")}


def test_words_taken_out_beside_anothers_are_ones_own() -> None:
    now = doc(plain("The "), marked("deletion", "a", "colour of"), marked("insertion", "a", "color"), plain(" rain"))

    assert told(parted(BEFORE, now, ["a"], fresh())) == {"a": ("colour", "color"), "mine.1": (" of", "")}


def test_less_of_anothers_is_theirs_still() -> None:
    now = doc(plain("The "), marked("deletion", "a", "colour"), marked("insertion", "a", "col"), plain(" of rain"))

    assert parted(BEFORE, now, ["a"], fresh()) == now


def test_nothing_new_changes_nothing() -> None:
    assert parted(BEFORE, BEFORE, ["a"], fresh()) is BEFORE


def test_a_whole_passage_under_anothers_name_is_ones_own() -> None:
    block = {"type": "paragraph", "content": [plain("New.")], "marks": [{"type": "insertion", "attrs": {"id": "a"}}]}
    now = check_marked({"type": "doc", "content": [*BEFORE["content"], block]})

    assert told(parted(BEFORE, now, ["a"], fresh())) == {"a": ("colour", "color"), "mine.1": ("", "New.")}


@given(st.text("ab", max_size=6), st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_no_letter_comes_or_goes_and_theirs_never_grows(one: str, two: str, three: str) -> None:
    before = doc(plain("x"), marked("insertion", "a", one or "a"), plain("y"))
    now = doc(plain("x"), marked("insertion", "a", f"{two}{one or 'a'}{three}"), plain("y"))

    done = parted(before, now, ["a"], fresh())

    assert accepted(done) == accepted(now)
    assert declined(done) == declined(now)
    assert len(told(done)["a"][1]) <= len(one or "a")
