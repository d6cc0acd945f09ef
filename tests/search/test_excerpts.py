"""Where the words were found, and <mark> around them; whatever stands in a story stays words."""

import re
from html import unescape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthpress.search.engines import BEGINS, ENDS
from hearthpress.search.excerpts import LENGTH, excerpt, highlighted, spans_of

QUIETLY = settings(suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text("ab <>&\"'é", max_size=30)


def marked(pieces: list[str]) -> str:
    """Every second of the pieces is found."""
    return "".join(f"{BEGINS}{piece}{ENDS}" if place % 2 else piece for place, piece in enumerate(pieces))


def test_what_was_found_is_marked_and_everything_is_escaped() -> None:
    html = highlighted(f"<b>a {BEGINS}<i>kettle{ENDS} & co")

    assert html == "&lt;b&gt;a <mark>&lt;i&gt;kettle</mark> &amp; co"


@QUIETLY
@given(st.lists(WORDS, max_size=7))
def test_marks_apart_the_text_is_what_it_was(pieces: list[str]) -> None:
    html = highlighted(marked(pieces))

    assert unescape(re.sub("</?mark>", "", html)) == "".join(pieces)
    assert html.count("<mark>") == html.count("</mark>") == len(pieces) // 2
    assert "<" not in re.sub("</?mark>", "", html)


@QUIETLY
@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300), max_size=9))
def test_an_excerpt_is_short_sound_and_shows_a_find(pieces: list[str]) -> None:
    html = excerpt(marked(pieces))

    assert html.count("<mark>") == html.count("</mark>")
    assert "<" not in re.sub("</?mark>", "", html)
    assert len(unescape(re.sub("</?mark>", "", html))) <= LENGTH + 300 + 6
    assert bool(html) == (len(pieces) > 1)


def test_an_excerpt_begins_and_ends_between_words_where_most_was_found() -> None:
    far = "word " * 100
    text = f"{BEGINS}kettle{ENDS} {far}the {BEGINS}kettle{ENDS} and the {BEGINS}lamp{ENDS} {far}"

    html = excerpt(text)

    assert html.startswith("… word ")
    assert html.endswith(" word …")
    assert "the <mark>kettle</mark> and the <mark>lamp</mark> word" in html


def test_an_excerpt_of_nothing_found_is_nothing() -> None:
    assert excerpt("Only words.") == ""


def test_spans_are_places_in_the_text() -> None:
    assert spans_of(f"a {BEGINS}b{ENDS} c{BEGINS}de{ENDS}") == ("a b cde", [(2, 3), (5, 7)])
