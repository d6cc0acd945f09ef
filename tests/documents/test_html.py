import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings

from hearthpress.documents.html import Link, Picture, Words, render
from hearthpress.documents.notation import from_notation
from hearthpress.documents.plain import plain_text
from hearthpress.documents.text import squeezed
from hearthpress.documents.walk import of_kind
from tests.documents.strategies import DOCUMENTS

ALLOWED = {"p", "h2", "h3", "ul", "ol", "li", "figure", "blockquote", "figcaption", "footer", "a", "em", "strong", "br",
           "span", "time", "hr", "div", "picture", "source", "img"}  # fmt: skip
VOID = ("br", "hr", "source", "img")
OF_THE_PAGE = ("skip-passage", "passage-end", "related-label")
KETTLE = "c0de".zfill(64)
PICTURES = {KETTLE: Picture("/k-960.webp", 960, 640, "/k-480.webp 480w, /k-960.webp 960w", "/k-480.avif 480w")}


class Reader(HTMLParser):
    """What a browser would see: the elements, and the words of the story: no quotes' captions, nothing of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.classes: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
            self.classes.append(str(dict(attrs).get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.classes.pop()

    def handle_data(self, data: str) -> None:
        is_said_of_quote = "figcaption" in self.open and "quote" in self.classes
        if not (is_said_of_quote or set(OF_THE_PAGE) & set(self.classes)):
            self.words += data


def shown(notation: str, **links: Link) -> str:
    return render(from_notation(notation), links, PICTURES)


@settings(max_examples=100)
@given(DOCUMENTS)
def test_page_shows_every_word_and_no_other_element(document: dict[str, Any]) -> None:
    reader = Reader()

    links = {"": Link("/x/", "X"), "k3y-of_it": Link("/stories/x/", "X")}
    pictures = {figure["attrs"]["sha256"]: PICTURES[KETTLE] for figure in of_kind(document, "figure")}
    reader.feed(render(document, links, pictures))
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
    html = render(from_notation("RELATED: A <Title> {k}"), {"k": Link("/stories/a/", "A <Title>")}, words=Words("Lies"))

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


def test_scene_break_is_a_rule() -> None:
    assert shown("a\n\n***\n\nb") == '<p>a</p>\n<hr class="scene-break">\n<p>b</p>'


def test_picture_comes_in_widths_and_keeps_its_place() -> None:
    assert shown(f'PICTURE: {KETTLE} | A "blue" kettle | Ours & yours. | <Ann>') == (
        '<figure class="text-picture"><picture>'
        '<source type="image/avif" srcset="/k-480.avif 480w" sizes="(min-width: 47rem) 43rem, 94vw">'
        '<img src="/k-960.webp" srcset="/k-480.webp 480w, /k-960.webp 960w" sizes="(min-width: 47rem) 43rem, 94vw"'
        ' width="960" height="640" alt="A &quot;blue&quot; kettle" loading="lazy" decoding="async"></picture>'
        "<figcaption>Ours &amp; yours. &lt;Ann&gt;</figcaption></figure>"
    )


def test_picture_that_may_not_be_shown_is_left_out() -> None:
    assert shown(f"a\n\nPICTURE: {'0' * 64} | A kettle") == "<p>a</p>"


def test_a_link_leads_around_a_passage_to_its_end() -> None:
    html = shown("GENTLE: a <loss>\n\n### Ward\n\n> b\n\nGENTLE END\n\nGENTLE:\n\nc\n\nGENTLE END")

    assert html == (
        '<p class="skip-passage"><a href="#passage-end-1">The next passage speaks of a &lt;loss&gt;. Skip it</a></p>\n'
        '<div class="gentle">\n<h2>Ward</h2>\n'
        '<figure class="quote"><blockquote><p>b</p></blockquote></figure>\n</div>\n'
        '<p class="passage-end" id="passage-end-1" tabindex="-1">The story goes on here.</p>\n'
        '<p class="skip-passage"><a href="#passage-end-2">The next passage is a hard one. Skip it</a></p>\n'
        '<div class="gentle">\n<p>c</p>\n</div>\n'
        '<p class="passage-end" id="passage-end-2" tabindex="-1">The story goes on here.</p>'
    )


def test_what_a_passage_speaks_of_is_no_place_for_other_words() -> None:
    assert "speaks of {what} {0}. Skip" in shown("GENTLE: {what} {0}\n\na\n\nGENTLE END")


def test_a_large_heading_in_a_passage_lets_small_ones_follow() -> None:
    html = shown("GENTLE:\n\n## A\n\nGENTLE END\n\n### B")

    assert "<h2>A</h2>" in html
    assert "<h3>B</h3>" in html
