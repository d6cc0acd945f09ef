import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings

from hearthpress.documents.html import Link, render
from hearthpress.documents.notation import from_notation
from hearthpress.documents.plain import plain_text
from hearthpress.documents.text import squeezed
from tests.documents.strategies import DOCUMENTS

ALLOWED = {"p", "h2", "h3", "ul", "ol", "li", "figure", "blockquote", "figcaption", "footer", "a", "em", "strong", "br",
           "span", "time"}  # fmt: skip


class Reader(HTMLParser):
    """What a browser would see: the elements, and the words outside captions and labels."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"figcaption", "span"} & set(self.open):
            self.words += data


def shown(notation: str, **links: Link) -> str:
    return render(from_notation(notation), links)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_page_shows_every_word_and_no_other_element(document: dict[str, Any]) -> None:
    reader = Reader()

    reader.feed(render(document, {"": Link("/x/", "X"), "k3y-of_it": Link("/stories/x/", "X")}))
    reader.close()

    assert reader.tags <= ALLOWED
    assert reader.open == []
    assert squeezed(reader.words) == squeezed(plain_text(document))


def test_words_are_escaped() -> None:
    assert shown("<script>a & b</script>") == "<p>&lt;script&gt;a &amp; b&lt;/script&gt;</p>"


def test_marks_links_and_breaks_are_elements() -> None:
    assert shown("*a* **b** [c](https://www.example.com/?a=1&b=é)\nd") == (
        "<p><em>a</em> <strong>b</strong> "
        '<a href="https://www.example.com/?a=1&amp;b=%C3%A9" rel="noopener">c</a><br>d</p>'
    )


def test_quote_has_its_caption_without_the_permission() -> None:
    quote = "> Said <so>.\n> — Ann Lee | Instagram | 2026-10-01 | https://www.example.com/p/1 | private note"

    assert shown(quote) == (
        '<figure class="quote"><blockquote><p>Said &lt;so&gt;.</p></blockquote><figcaption>Ann Lee, '
        '<a href="https://www.example.com/p/1" rel="nofollow noopener">Instagram</a>, '
        '<time datetime="2026-10-01">October 1, 2026</time></figcaption></figure>'
    )


def test_quote_of_nobody_has_no_caption() -> None:
    assert shown("> Said.") == '<figure class="quote"><blockquote><p>Said.</p></blockquote></figure>'


def test_related_line_leads_to_its_story() -> None:
    html = render(
        from_notation("RELATED: A <Title> {k}"), {"k": Link("/stories/a/", "A <Title>")}, related_label="Lies"
    )

    assert html == (
        '<p class="related"><span class="related-label">Lies</span> <a href="/stories/a/">A &lt;Title&gt;</a></p>'
    )


def test_related_line_keeps_the_approved_title_when_the_story_has_a_new_one() -> None:
    html = shown("RELATED: Old {k}", k=Link("/stories/a/", "New"))

    assert re.search(r'<a href="/stories/a/" title="New">Old</a>', html)


def test_related_line_to_no_shown_story_is_left_out() -> None:
    assert shown("Words\n\nRELATED: Gone {k}\n\nRELATED: None") == "<p>Words</p>"


def test_lists_headings_and_signature_are_elements() -> None:
    assert shown("## A\n### B\n- c\n\n1. d\n\n-- E") == (
        '<h2>A</h2>\n<h3>B</h3>\n<ul><li>c</li></ul>\n<ol><li>d</li></ol>\n<footer class="signature"><p>E</p></footer>'
    )


def test_right_to_left_words_find_their_own_direction() -> None:
    assert shown("שלום") == '<p dir="auto">שלום</p>'


def test_no_heading_level_is_skipped() -> None:
    assert shown("### A\n## B\n### C") == "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>"
