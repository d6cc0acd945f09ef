from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.documents.from_html import from_html
from hearthpress.documents.html import to_html
from hearthpress.documents.notation import from_notation
from hearthpress.documents.schema import BadDocument, check
from tests.documents.strategies import DOCUMENTS, MANUSCRIPTS
from tests.documents.test_notation import EXAMPLE


@settings(max_examples=1_000)
@given(DOCUMENTS)
def test_every_document_comes_back_from_html_as_it_was(document: dict[str, Any]) -> None:
    assert from_html(to_html(document)) == document


def test_what_no_reader_sees_comes_back_too() -> None:
    document = from_notation(EXAMPLE)

    read = from_html(to_html(document))

    assert read == document
    assert read["content"][4]["attrs"]["permission"] == "asked by e-mail"


@settings(max_examples=200)
@given(
    st.one_of(
        MANUSCRIPTS, DOCUMENTS.map(to_html).flatmap(lambda html: st.integers(0, len(html)).map(lambda at: html[:at]))
    )
)
def test_whatever_else_comes_is_a_document_or_refused(html: str) -> None:
    try:
        document = from_html(html)
    except BadDocument:
        return
    assert check(document) == document


@pytest.mark.parametrize(
    "html",
    [
        "words",
        "<p>a",
        "a</p>",
        "</p>",
        "<p>a</div>",
        "<p><p>a</p></p>",
        "<p>a<script>b</script></p>",
        "<p><img src=x onerror=alert(1)></p>",
        '<p><a href="javascript:alert(1)">a</a></p>',
        "<h1>a</h1>",
        "<hr>",
        "<div>a</div>",
        "<ul>a</ul>",
        "<ul><p>a</p></ul>",
        "<ul><li><ul><li>a</li></ul></li></ul>",
        '<div class="figure" data-sha256="x"></div>',
        '<div class="gentle" data-says=""><div class="gentle" data-says=""><p>a</p></div></div>',
        "<p>" + "<em>" * 50 + "a" + "</em>" * 50 + "</p>",
        "<p>" * 100_000,
    ],
)
def test_other_html_is_refused(html: str) -> None:
    with pytest.raises(BadDocument):
        from_html(html)


def test_white_space_between_blocks_is_nothing() -> None:
    assert from_html("\n<p>a</p>\n\n <p> b </p>") == from_notation("a\n\nb")
