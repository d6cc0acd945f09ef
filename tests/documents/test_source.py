from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.documents import inline, schema
from hearthpress.documents.inline import Run
from hearthpress.documents.manuscript import parse_manuscript
from hearthpress.documents.plain import plain_text
from hearthpress.documents.source import to_source
from hearthpress.documents.text import squeezed
from tests.documents.strategies import DRAFTS

# Words that no marker, no address and no quotation is made of, some of them with letters at their ends, some without.
_WORDS = st.sampled_from(
    [
        "word",
        "two words",
        "(aside)",
        "“held”",
        "2 * 3",
        "snake_case",
        "5 > 4",
        "שלום",
        "👩‍👧",
        "é",
        "a, b",
        "…and",
        "so.",
        "#",
    ]
)
_LINKS = st.sampled_from(["https://www.example.com/a_b", "mailto:editor@example.com?subject=A%20story"])


def _runs() -> st.SearchStrategy[Run]:
    marked = st.builds(Run, _WORDS, st.booleans(), st.booleans(), st.one_of(st.just(""), st.just(""), _LINKS))
    bare = st.builds(lambda href: Run(href, href=href), st.just("https://example.org/a_b(c)"))
    return st.one_of(marked, marked, bare)


def _line(runs: list[Run]) -> inline.Line:
    """The runs with a space between each two: where marks end inside a word nothing can be typed."""
    return [part for number, run in enumerate(runs) for part in ([Run(" ")] if number else []) + [run]]


_LINES = st.lists(_runs(), min_size=1, max_size=3).map(_line)
_STARTED = _LINES.map(lambda line: [Run("Then "), *line])
# A line's end is kept after a short line only.
_SHORT = st.builds(
    lambda words, em, strong: [Run("Then "), Run(words, em, strong)], _WORDS, st.booleans(), st.booleans()
)
_NODES = st.builds(lambda short, last: inline.content([*short, last]), st.lists(_SHORT, max_size=1), _STARTED)
_PARAGRAPHS = _NODES.map(schema.paragraph)
_HEADINGS = st.builds(
    lambda level, line: {"type": "heading", "attrs": {"level": level}, "content": inline.content([line])},
    st.sampled_from(schema.HEADING_LEVELS),
    _STARTED,
)
_LISTS = st.builds(
    schema.list_of, st.sampled_from(["bullet_list", "ordered_list"]), st.lists(_NODES, min_size=2, max_size=3)
)
_QUOTES = st.lists(_PARAGRAPHS, min_size=1, max_size=3).map(schema.quote)
_RELATED = st.sampled_from(["A title", "Another, with *stars*"]).map(schema.related)
_SCENE_BREAKS = st.just(schema.scene_break())
_SIGNATURES = st.lists(_PARAGRAPHS, min_size=1, max_size=3).map(
    lambda content: {"type": "signature", "content": content}
)


@st.composite
def sayable(draw: st.DrawFn) -> dict[str, Any]:
    """Documents of all that a manuscript has markers for."""
    blocks = draw(st.lists(st.one_of(_PARAGRAPHS, _HEADINGS, _LISTS, _QUOTES, _RELATED), min_size=2, max_size=5))
    between = draw(st.lists(_SCENE_BREAKS, max_size=1))
    blocks = [*blocks[:1], *between, *blocks[1:]]
    ending = draw(st.lists(_SIGNATURES, max_size=1))
    return schema.check({"type": "doc", "content": [*blocks, *ending]})


@settings(max_examples=100)
@given(sayable())
def test_what_a_manuscript_can_say_comes_back_as_it_was(document: dict[str, Any]) -> None:
    assert parse_manuscript(to_source(document)).document == document


@settings(max_examples=100)
@given(DRAFTS)
def test_no_word_of_any_document_is_lost(draft: dict[str, Any]) -> None:
    words = squeezed(plain_text(schema.check(draft)))

    remaining = iter(squeezed(to_source(draft)))

    assert all(character in remaining for character in words)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ([Run("a "), Run("b", em=True), Run(" c")], "a *b* c"),
        ([Run("a", em=True), Run("b", strong=True)], "*a*__b__"),
        ([Run("un"), Run("believ", em=True), Run("able")], "unbelievable"),
        ([Run("a", em=True), Run("b c "), Run("d", strong=True)], "ab c **d**"),
        ([Run("[1]", href="https://x.org/")], "[[1](https://x.org/)]"),
        ([Run("words", href="https://x.org/a_(b)")], "[words](https://x.org/a_%28b%29)"),
        ([Run("https://x.org/a", href="https://x.org/a"), Run(".")], "https://x.org/a."),
        ([Run("see https://x.org/a and "), Run("b", em=True)], "see https://x.org/a and *b*"),
        ([Run("*a* b "), Run("c", em=True)], "*a* b c"),
    ],
)
def test_marks_are_written_where_they_are_read_again(line: inline.Line, written: str) -> None:
    paragraph = schema.paragraph(inline.content([line]))

    assert to_source({"type": "doc", "content": [paragraph]}) == written


def test_a_list_is_kept_from_a_paragraph_that_begins_like_its_items() -> None:
    document = parse_manuscript("- alone\n\n* one\n* two").document

    assert to_source(document) == "- alone\n\n* one\n* two"


def test_a_line_that_goes_on_after_a_long_one_begins_a_paragraph() -> None:
    long = "a line of words that goes on until a program would have wrapped it"
    paragraph = schema.paragraph(inline.content([[Run(long)], [Run("next")]]))

    assert to_source({"type": "doc", "content": [paragraph]}) == f"{long}\n\nnext"
