"""The house's style: marks are mended and words are not, doing it twice does nothing more, and some is only said."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.documents.passages import Passage, Span, kept, passages, replaced
from hearthpress.documents.style import RULES, TYPOGRAPHIC, findings
from tests.documents.strategies import DOCUMENTS

PIECES = [
    '"', "'", " ", "  ", "-", "--", " - ", "—", "...", ". . .", ".", "a", "Anna", "5", "tis", "“", "‘", "„", "«", "s",
    "\u00a0",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def mended(text: str, *rules: str, **more: str) -> str:
    found = findings([Passage("x", text)], rules or TYPOGRAPHIC, **more)  # type: ignore[arg-type]
    return kept(text, 0, [one.span for one in found])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('"Well," she said, "no."', "“Well,” she said, “no.”"),
        ('("Well")—"no"', "(“Well”)—“no”"),
        ("It's Anna's, the dogs' and '86's.", "It’s Anna’s, the dogs’ and ’86’s."),
        ("'Well,' she said, 'tis fine.", "‘Well,’ she said, ’tis fine."),
        ("He was 5'10\" tall.", "He was 5'10\" tall."),
        ("One  two.   Three.", "One two. Three."),
        ("It was late - or early.", "It was late – or early."),
        ("It—yes—was late - or early--so.", "It—yes—was late—or early—so."),
        ("Wait... no. . . yes....", "Wait… no… yes...."),
        ("See https://example.org/a--b'c or a well-known one.", "See https://example.org/a--b'c or a well-known one."),
        ("- no dash at the begin", "- no dash at the begin"),
    ],
)
def test_marks_are_mended(text: str, after: str) -> None:
    assert mended(text) == after


@pytest.mark.parametrize(
    ("text", "lang", "after"),
    [
        ('"Gut," sagte sie.', "de", "„Gut,“ sagte sie."),
        ('"Bon"', "fr", "«\u00a0Bon\u00a0»"),
        ('„Gut“ und "gut"', "en", "„Gut“ und „gut“"),
        ('“Gut” und "gut"', "de", "“Gut” und “gut”"),
    ],
)
def test_marks_are_those_of_the_text_or_else_of_its_language(text: str, lang: str, after: str) -> None:
    assert mended(text, lang=lang) == after


@given(st.one_of(TEXTS, st.text(max_size=80)))
def test_once_mended_nothing_more_is_found_and_no_word_is_another(text: str) -> None:
    once = mended(text)

    assert mended(once) == once
    assert re.findall(r"\w+", once) == re.findall(r"\w+", text)


@given(DOCUMENTS)
def test_a_document_is_mended_once(document: dict[str, object]) -> None:
    def mend(given: dict[str, object]) -> dict[str, object]:
        spans: dict[str, list[Span]] = {}
        for one in findings(list(passages(given)), TYPOGRAPHIC):
            spans.setdefault(one.place, []).append(one.span)
        return replaced(given, spans)

    once = mend(document)

    assert mend(once) == once
    words = [[re.findall(r"\w+", line.text) for line in passages(one)] for one in (document, once)]
    assert words[0] == words[1]


@given(TEXTS, st.sets(st.sampled_from(sorted(RULES))))
def test_a_rule_that_is_off_finds_nothing(text: str, rules: set[str]) -> None:
    found = findings([Passage("x", text)], sorted(rules), of_loss=True)

    assert {one.rule for one in found} <= rules
    replacing = sorted(one.span for one in found if one.replacement is not None)
    assert all(one.end <= other.first for one, other in pairwise(replacing))


def test_a_headline_in_title_case_is_offered_in_sentence_case() -> None:
    headline = Passage("headline", "The Kettle Sang for Anna in May", titled=True)
    text = Passage("text.0/0", "A kettle sang in the kitchen, and Anna came.")

    found = findings([headline, text], ["headline"])

    assert kept(headline.text, 0, [one.span for one in found]) == "The kettle sang for Anna in May"
    assert findings([headline._replace(text="The kettle sang for Anna"), text], ["headline"]) == []


@pytest.mark.parametrize(("of_loss", "words"), [(True, ["At least", "journey"]), (False, [])])
def test_cheerful_words_are_pointed_at_beside_a_grief_alone(of_loss: bool, words: list[str]) -> None:
    text = "At least, they said. It was a journey; the journeyman knew."

    found = findings([Passage("x", text)], ["cheerful"], of_loss=of_loss)

    assert [one.words for one in found] == words
    assert all(one.replacement is None for one in found)


def test_a_long_sentence_is_pointed_at() -> None:
    long = " ".join(["word"] * 41) + "."

    found = findings([Passage("x", f"Short. {long} {' '.join(['word'] * 40)}.")], ["long"])

    assert [(one.words, one.replacement) for one in found] == [(long, None)]
