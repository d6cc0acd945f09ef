"""Suggestions: whatever two people suggest, accepting and declining give what a model of letters gives."""

import random
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.documents.schema import BadDocument, check
from hearthpress.documents.suggesting import suggested
from hearthpress.documents.suggestions import (
    ANCHOR,
    accepted,
    check_marked,
    declined,
    identities,
    rewritten,
    suggestions,
)
from tests.documents.strategies import DOCUMENTS


def text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"marks": list(marks)} if marks else {})}


def paragraph(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(nodes), **more}


def doc(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "content": list(blocks)}


def ins(identity: str = "a") -> dict[str, Any]:
    return {"type": "insertion", "attrs": {"id": identity}}


def gone(identity: str = "a") -> dict[str, Any]:
    return {"type": "deletion", "attrs": {"id": identity}}


def numbered() -> Any:
    numbers = count(1)
    return lambda: f"s{next(numbers)}"


@settings(max_examples=500)
@given(DOCUMENTS, DOCUMENTS)
def test_suggestions_lead_from_one_version_to_the_other(base: dict[str, Any], wanted: dict[str, Any]) -> None:
    marked = suggested(base, wanted, numbered())

    assert check(declined(marked)) == base
    assert check(accepted(marked)) == wanted
    assert check_marked(marked) == marked


@settings(max_examples=200)
@given(DOCUMENTS, st.randoms(use_true_random=False), st.data())
def test_one_by_one_in_any_order_is_all_at_once(base: dict[str, Any], chance: random.Random, data: Any) -> None:
    wanted = check(data.draw(st.sampled_from([base, *_edits(base)])))
    marked = suggested(base, wanted, numbered())
    order = identities(marked)
    chance.shuffle(order)

    for identity in order:
        marked = accepted(marked, [identity])

    assert check(marked) == wanted
    assert identities(marked) == []


def _edits(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The document with blocks turned round, left out, and with other words."""
    blocks = document["content"]
    return [
        doc(*reversed(blocks)),
        doc(*blocks[1:]),
        doc(*blocks, paragraph(text("New words."))),
        doc(*blocks, *blocks),
    ]


def test_only_the_words_that_change_are_suggested() -> None:
    base = doc(paragraph(text("The kettle was the colour of rain.")))
    wanted = doc(paragraph(text("The kettle was the color of the rain.")))

    marked = suggested(base, wanted, numbered())

    assert [(s.removed, s.inserted) for s in suggestions(marked)] == [("colour ", "color "), ("", "the ")]
    assert suggestions(marked)[0].before == "The kettle was the "
    first = accepted(marked, ["s1"])
    assert check(declined(first)) == doc(paragraph(text("The kettle was the color of rain.")))


def test_a_passage_that_goes_and_one_that_comes_are_one_suggestion() -> None:
    base = doc(paragraph(text("One.")), paragraph(text("Two birds sang.")), paragraph(text("Three.")))
    wanted = doc(paragraph(text("One.")), paragraph(text("Nothing alike at all.")), paragraph(text("Three.")))

    [suggestion] = suggestions(suggested(base, wanted, numbered()))

    assert (suggestion.removed, suggestion.inserted) == ("Two birds sang.", "Nothing alike at all.")
    assert suggestion.kind == "passage"


def test_a_paragraph_that_is_parted_is_one_again_when_that_is_declined() -> None:
    parted = doc(paragraph(text("One "), text(ANCHOR, ins())), paragraph(text(ANCHOR, ins()), text("two.")))

    assert check(declined(parted)) == doc(paragraph(text("One two.")))
    assert check(accepted(parted)) == doc(paragraph(text("One")), paragraph(text("two.")))
    assert suggestions(parted)[0].kind == "parted"


def test_paragraphs_that_are_joined_stay_two_when_that_is_declined() -> None:
    joined = doc(paragraph(text("One "), text("and ", gone())), paragraph(text("or ", gone()), text("two.")))

    assert check(accepted(joined)) == doc(paragraph(text("One two.")))
    assert check(declined(joined)) == doc(paragraph(text("One and")), paragraph(text("or two.")))


def test_a_heading_made_of_a_paragraph_is_undone() -> None:
    change = {"id": "a", "type": "nodeType", "previousValue": "paragraph", "newValue": "heading"}
    marked = doc(
        {
            "type": "heading",
            "attrs": {"level": 2},
            "content": [text("Rain")],
            "marks": [{"type": "modification", "attrs": change}],
        }
    )

    assert check(accepted(marked))["content"][0]["type"] == "heading"
    assert check(declined(marked)) == doc(paragraph(text("Rain")))
    assert suggestions(marked)[0].kind == "form"


def test_a_suggestion_is_put_in_other_words() -> None:
    marked = suggested(doc(paragraph(text("A red door."))), doc(paragraph(text("A blue door."))), numbered())

    assert check(rewritten(marked, "s1", "green ")) == doc(paragraph(text("A green door.")))
    assert identities(rewritten(marked, "s1", "")) == []


@pytest.mark.parametrize(
    "marked",
    [
        doc(paragraph(text("x", {"type": "insertion", "attrs": {"id": "a b"}}))),
        doc(paragraph(text("x", {"type": "insertion", "attrs": {"id": 7}}))),
        doc(paragraph(text("x", {"type": "insertion"}))),
        doc(paragraph(text("x", ins(), {"type": "link", "attrs": {"href": "javascript:alert(1)"}}))),
        doc(paragraph(text("x", gone(), {"type": "link", "attrs": {"href": "javascript:alert(1)"}}))),
        doc(
            paragraph(
                text("x", ins(), {"type": "link", "attrs": {"href": "javascript:alert(1)"}}),
                marks=[gone("b")],
            )
        ),
        doc({"type": "script", "content": [text("x", ins())]}),
        doc(paragraph(text("x"), marks=[{"type": "modification", "attrs": {"id": "a", "type": "mark"}}])),
        doc(
            paragraph(
                text("x"),
                marks=[{"type": "modification", "attrs": {"id": "a", "type": "nodeType", "previousValue": "script"}}],
            )
        ),
        {"type": "doc", "content": "x"},
        [],
        None,
    ],
)
def test_what_is_no_marked_document_is_refused(marked: Any) -> None:
    with pytest.raises(BadDocument):
        check_marked(marked)


def test_what_nests_too_deeply_is_refused() -> None:
    nested: dict[str, Any] = paragraph(text("x"))
    for _ in range(5_000):
        nested = {"type": "gentle", "content": [nested]}

    with pytest.raises(BadDocument):
        check_marked(doc(nested))


def test_what_the_schema_does_not_know_is_left_out() -> None:
    marked = doc(paragraph({**text("x", ins()), "evil": "y"}, evil="z"))

    assert check_marked(marked) == doc(paragraph(text("x", ins())))


@dataclass
class Letter:
    """One letter or the end of a paragraph; by which suggestion it came, and by which it would go."""

    text: str
    came: str = ""
    goes: str = ""


@dataclass
class Model:
    """The simplest model of suggesting: a row of letters."""

    letters: list[Letter] = field(default_factory=list)

    def insert(self, place: int, words: str, identity: str) -> None:
        self.letters[place:place] = [Letter(letter, came=identity) for letter in words]

    def take_out(self, first: int, last: int, identity: str) -> None:
        """What was only suggested goes at once; the rest is marked."""
        kept = []
        for number, letter in enumerate(self.letters):
            if first <= number < last and letter.came and not letter.goes:
                continue
            if first <= number < last and not letter.goes:
                kept.append(replace(letter, goes=identity))
            else:
                kept.append(letter)
        self.letters = kept

    def is_ambiguous(self, first: int, length: int, words: str) -> bool:
        """Whether the browser's marks could not tell it: a paragraph's end of one suggestion within another one."""
        if not words:
            return any(letter.text == "\n" and letter.goes for letter in self.letters[first : first + length])
        if "\n" not in words or not 0 < first < len(self.letters):
            return False
        before, after = self.letters[first - 1], self.letters[first]
        return bool(before.came and before.came == after.came) or bool(before.goes and before.goes == after.goes)

    def after(self, decisions: dict[str, bool]) -> str:
        kept = []
        for letter in self.letters:
            came, goes = decisions.get(letter.came, True), decisions.get(letter.goes, False)
            if came and not (letter.goes and goes):
                kept.append(letter.text)
        return "".join(kept)

    def document(self) -> dict[str, Any]:
        """In the browser's marks. A paragraph's end that comes or goes has an anchor on either side."""
        blocks: list[list[dict[str, Any]]] = [[]]
        for letter in self.letters:
            marks = [ins(letter.came)] if letter.came else [gone(letter.goes)] if letter.goes else []
            if letter.text != "\n":
                blocks[-1].append(text(letter.text, *marks))
                continue
            anchor = [text(ANCHOR, *marks)] if marks else []
            blocks[-1] += anchor
            blocks.append(list(anchor))
        return doc(*(paragraph(*nodes) for nodes in blocks))


EDITS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 40), st.integers(0, 6), st.sampled_from(["x", "yz", "\n", "w\nv"])),
    max_size=12,
)


@settings(max_examples=400)
@given(EDITS, st.dictionaries(st.integers(0, 11), st.booleans()))
def test_edits_by_two_people_agree_with_the_model(edits: Any, choices: dict[int, bool]) -> None:
    model = Model([Letter(letter) for letter in "abcdef\nghijkl\nmnopqr"])
    for number, (inserts, place, length, words) in enumerate(edits):
        first = min(place, len(model.letters))
        identity = f"{'olive' if number % 2 else 'wren'}-{number}"
        if model.is_ambiguous(first, length, words if inserts else ""):
            continue
        if inserts:
            model.insert(first, words, identity)
        else:
            model.take_out(first, first + length, identity)
    marked = model.document()
    everyone = identities(marked)
    decisions = {identity: choices.get(int(identity.split("-")[1]), True) for identity in everyone}

    assert _letters(accepted(marked)) == _lines(model.after(dict.fromkeys(everyone, True)))
    assert _letters(declined(marked)) == _lines(model.after(dict.fromkeys(everyone, False)))
    mixed = accepted(marked, [identity for identity, yes in decisions.items() if yes])
    mixed = declined(mixed, [identity for identity, yes in decisions.items() if not yes])
    assert _letters(mixed) == _lines(model.after(decisions))
    assert identities(mixed) == []


def _letters(document: dict[str, Any]) -> list[str]:
    """The paragraphs' letters; what is empty is no paragraph."""
    return ["".join(node["text"] for node in block["content"]) for block in check(document)["content"]]


def _lines(letters: str) -> list[str]:
    return [line for line in letters.split("\n") if line]
