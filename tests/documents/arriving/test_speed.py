"""Time by operation: what is sent to keep the machine busy takes as many steps as it is long, and no more."""

import pytest

from hearthpress.documents.arriving.markdown import read_markdown
from hearthpress.documents.arriving.rich import read_html
from tests.documents.test_speed import steps

PASTED = [
    "<div>", "<ul><li>", "<li>a", "<b a=1>", "<table><tr><td>", "<td>x", "<p>x", "<p>x</p>\n", "<i>a</b>",
    "<b><p></b>", "<a ", "<p a=", "<p a='", "<!--", "<!", "</", "</ ", "<", "&", "&#", "=", "<a a=b ", "<svg>",
    "<style>", "<q>", "<br>",
    "<blockquote><p>a", "<p style='mso-list:l0 level1'>a", "<a href=https://x.org/>a</a> ", "*a* ", "[a](",
]  # fmt: skip
TYPED = ["*a ", "[a](", "- a\n", "> ", "<a ", "`a``b", "[^a]: b\n", "---\n", "---\na: b\n"]


@pytest.mark.parametrize("unit", PASTED)
def test_steps_through_pasted_text_grow_with_its_length(unit: str) -> None:
    short = steps(lambda: read_html(unit * 200))
    long = steps(lambda: read_html(unit * 800))

    assert long < 5 * short + 1_000


@pytest.mark.parametrize("unit", TYPED)
def test_steps_through_markdown_grow_with_its_length(unit: str) -> None:
    short = steps(lambda: read_markdown(unit * 50))
    long = steps(lambda: read_markdown(unit * 200))

    assert long < 5 * short + 1_000


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000, "<a b" * 500_000, "<!" * 1_000_000, "<p title='" * 300_000, "<p>" + "<" * 200_000,
        "<p " + "a" * 3_000_000,
    ],
    ids=lambda html: html[:5],
)  # fmt: skip
def test_a_paste_of_megabytes_is_read_in_one_pass(html: str) -> None:
    """A pattern that goes back over its text, or a function that calls itself, would not end here."""
    assert read_html(html).losses == ()


def test_a_hundred_thousand_items_are_read() -> None:
    assert read_html("<ul>" + "<li>a" * 100_000 + "</ul>").source.count("- a") == 100_000
