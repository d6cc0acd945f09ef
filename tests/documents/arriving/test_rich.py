from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.documents import files
from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.arriving.arrived import Arrived
from hearthpress.documents.arriving.rich import MAX_HTML, read_html
from hearthpress.documents.files import BadManuscript
from hearthpress.documents.text import clean, squeezed

DATA = Path(__file__).parent / "data"
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<ul>", "</ul>", "<ol start=2>", "</ol>",
        "<li>", "</li>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<h1>", "</h1>", "<h3>",
        "<blockquote>", "</blockquote>", "<br>", "<hr>", "<a href='https://x.org/'>", "</a>", "<pre>", "</pre>",
        "<span style='font-weight:", "<p style='mso-list:l0 level1 lfo1'>", "<span style='mso-list:Ignore'>1.</span>",
        "<!--", "-->", "<![if x]>", "<", ">", "&amp;", "&#x110000;", "&#99999999999999999999;", "'", '"', "<style>",
        "</style>", "<q>", "</q>", "<sup>", "word ", "words\n", "\x00", "\ud800", "<p><b></p>", "</",
        "<div style='mso-element:comment'>",
    ]
)  # fmt: skip


def pasted(name: str) -> Arrived:
    return read_html((DATA / f"pasted-from-{name}.html").read_text(encoding="utf-8"))


BEGINNING = """## What we carried

My mother fired pots in *the old bakery*, and {never}**once** let me in.{note}
"""


def test_what_is_pasted_from_word_is_read() -> None:
    arrived = pasted("word")

    assert arrived.source == (
        BEGINNING.replace("carried", "*carried*").format(never="", note="[1]")
        + "\n- clay\n- wood, *split*\n\nAnd what we did:\n\n1. waited\n2. slept\n\nIt was a warm night, see "
        "[the kiln](https://www.example.com/kiln?a=1&b=2).\n\nAsh | grey\n\n[1] It closed in 1986."
    )
    assert arrived.losses == (told.CHANGES, told.COMMENTS, told.PICTURES, told.TABLES, told.NOTES)


def test_what_is_pasted_from_google_docs_is_read() -> None:
    arrived = pasted("docs")

    assert arrived.source == (
        BEGINNING.format(never="“never” ", note="")
        + "\n- clay\n- wood, *split*\n\nAnd what we did:\n\n1. waited\n2. slept\n\nThen, in the morning:\n\n"
        "3. opened the door\n\nSee [the kiln](https://www.example.com/kiln?a=1&b=2).\n\nAsh | grey"
    )
    assert arrived.losses == (told.PICTURES, told.TABLES)


def test_what_is_pasted_from_word_online_is_read() -> None:
    assert pasted("word-online") == Arrived(
        "And what we did:\n\n1. *waited*\n2. *slept*\n3. *opened the door*\n\n- clay\n- wood"
    )


def test_what_is_pasted_from_libreoffice_is_read() -> None:
    assert pasted("libreoffice") == Arrived(
        BEGINNING.format(never="", note="[1]")
        + "\nRoses are red,\nkilns are not.\n\n- clay\n- wood\n\n> The first thing said elsewhere.\n\n"
        "[1] It closed in 1986.",
        (told.NOTES,),
    )


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<ul><li>a<li>b</ul>after", "- a\n- b\n\nafter"),
        ("<ol start='4'><li>a<li>b</ol>", "4. a\n\n5. b"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\nb\n- c"),
        ("<h1>t</h1><h2>s</h2><h3>u</h3>", "## t\n\n## s\n\n### u"),
        ("<h2>t</h2><h4>s</h4>", "## t\n\n### s"),
        ("<h3><b>t</b></h3>", "## t"),
        ("<blockquote>a<p>b</p></blockquote><blockquote>c</blockquote>", "> a\n>\n> b\n\n> c"),
        ("<b>a <i>b</b> c</i>", "**a *b*** c"),
        ("<b>a<p>b</b></p>c", "**a**\n\n**b**\n\nc"),
        ("<b style='font-weight:normal'>a</b> <span style='FONT-STYLE: italic'>b</span>", "a *b*"),
        ("<i>a <span style='font-style:normal'>b</span></i>", "*a* b"),
        ("a<hr>b", "a\n\n* * *\n\nb"),
        ("<pre>one\ntwo</pre>", "one\ntwo"),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"),
        ("a<script>no</script><style>p{}</style><title>no</title><textarea>no</textarea>b", "ab"),
        ("a <!-- <p>no --> b <!--> c --!> d", "a b c --!> d"),
        ("1 < 2 & 3 > 2 &lt;p&gt; &nbsp;x&eacute;&#8212;&#x2014;", "1 < 2 & 3 > 2 <p> \xa0xé——"),
        ("&#99999999999999999999999;" + "&#" + "9" * 5000 + ";", "\ufffd\ufffd"),
        ("<p title=\"a > b\" data-x='<p>'>c", "c"),
        ("<a href='javascript:alert(1)'>x</a>", "x"),
        ("<q>a</q>", "“a”"),
        ("", ""),
        ("<p>&nbsp;</p>", ""),
    ],
)
def test_html_is_read_as_browsers_show_it(html: str, source: str) -> None:
    assert read_html(html).source == source


@pytest.mark.parametrize(
    ("html", "source", "loss"),
    [
        ("<table><tr><td>a<td>b<tr><td><td>c</table>", "a | b\n\nc", told.TABLES),
        ("<table><tr><td>a<table><tr><td>b<td>c</table>d<td>e</table>", "a\n\nb | c\n\nd\n\ne", told.TABLES),
        ("<ol><li>a<table><tr><td>b<td>c</table><li>d</ol>", "1. a\nb | c\n2. d", told.TABLES),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", "- a\n- b\n- c", told.NESTED),
        ("a <img src='http://x.org/a.png' alt='b'>", "a", told.PICTURES),
        ("a <s>b</s>", "a b", told.STRUCK),
        ("a <u>b</u> <a href='https://x.org/'><u>c</u></a>", "a b [c](https://x.org/)", told.UNDERLINED),
        ("a<span style='display:none'>b</span>", "a", told.HIDDEN),
        ("<a href='file:///home/ann/a'>a</a> <a href='#b'>b</a>", "a b", told.LINKS),
        ("a<del>b</del><ins>c</ins>", "ac", told.CHANGES),
        ("<div style='mso-element:header'><p>no</p></div>a", "a", told.HEADERS),
    ],
)
def test_what_a_story_cannot_hold_is_told(html: str, source: str, loss: str) -> None:
    assert read_html(html) == Arrived(source, (loss,))


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_html_at_all_is_read(html: str) -> None:
    arrived = read_html(html)

    assert clean(arrived.source) == arrived.source


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(["p", "h2", "div", "li", "blockquote", "b"]), st.text(max_size=20))))
def test_no_word_is_lost(pieces: list[tuple[str, str]]) -> None:
    arrived = read_html("".join(f"<{name}>{escape(text)}</{name}>" for name, text in pieces))

    remaining = iter(squeezed(arrived.source))
    assert all(character in remaining for character in squeezed(clean("".join(text for _, text in pieces))))


def test_more_than_a_paste_is_refused() -> None:
    with pytest.raises(BadManuscript, match=told.PASTE_TOO_LARGE):
        read_html("<p>" * MAX_HTML)


def test_more_text_than_a_manuscript_is_refused_before_all_of_it_is_read() -> None:
    with pytest.raises(BadManuscript, match=files.TOO_LONG):
        read_html("<p>" + "word " * 210_000)
