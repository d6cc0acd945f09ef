"""A document as HTML, for the inside of a page's prose element; and as HTML that says all of it (see `from_html`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import count, groupby
from urllib.parse import quote

from hearthpress.documents import inline
from hearthpress.documents.schema import Block, Document
from hearthpress.documents.walk import changed

# Hebrew, Arabic and the other scripts written from right to left.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_SAFE_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=-._~"
_LISTS = {"bullet_list": "ul", "ordered_list": "ol"}
# How wide a picture within the text stands: as wide as its lines.
_SIZES = "(min-width: 47rem) 43rem, 94vw"
# How a link is written: its address, and its words in HTML.
Anchor = Callable[[str, str], str]
# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on


@dataclass(frozen=True)
class Link:
    """Where a related line leads: the story's address and its present headline."""

    url: str
    title: str


@dataclass(frozen=True)
class Words:
    """What a page says of its own, in the reader's language. What a passage speaks of takes {what}'s place."""

    related: str = "Related"
    skip: str = "The next passage is a hard one. Skip it"
    skip_named: str = "The next passage speaks of {what}. Skip it"
    passage_end: str = "The story goes on here."


@dataclass(frozen=True)
class Picture:
    """Where a picture lies, and its size in pixels; `srcset` and `avif` (a srcset too) where it comes in widths."""

    src: str
    width: int
    height: int
    srcset: str = ""
    avif: str = ""


@dataclass(frozen=True)
class _Page:
    """What a document is rendered with. Passages that can be skipped are numbered as they come."""

    links: Mapping[str, Link]
    pictures: Mapping[str, Picture]
    words: Words
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


def render(
    document: Document,
    links: Mapping[str, Link],
    pictures: Mapping[str, Picture] | None = None,
    words: Words | None = None,
) -> str:
    """The checked document as HTML, every word escaped.

    `links` has the stories that related lines may lead to, by their keys, and `pictures` the pictures that may be
    shown, by their hashes; any other is left out. A related line shows the title that the writer approved.
    """
    page = _Page(links, pictures or {}, words or Words())
    return _joined(_block(block, page) for block in _without_skips(document)["content"])


def to_html(document: Document) -> str:
    """The checked document as HTML that says all of it, what no reader sees too: from_html(to_html(d)) == d."""
    return _joined(map(_whole, document["content"]))


def _joined(shown: Iterable[str]) -> str:
    return "\n".join(filter(None, shown))


def _without_skips(document: Document) -> Document:
    """The document, a small heading being a large one where none stands above it: pages skip no level (WCAG)."""
    may_be_small = False

    def levelled(block: Block) -> Block:
        nonlocal may_be_small
        is_heading = block["type"] == "heading"
        may_be_small = may_be_small or (is_heading and block["attrs"]["level"] == 2)
        return {**block, "attrs": {"level": 2}} if is_heading and not may_be_small else block

    return changed(document, levelled)


def _block(block: Block, page: _Page) -> str:
    shown_with = _WITH_PAGE.get(block["type"])
    return shown_with(block, page) if shown_with else _plain_block(block, _link)


def _plain_block(block: Block, anchor: Anchor) -> str:
    """A block of words alone, or a scene break; `anchor` is how a link is written."""
    kind = block["type"]
    if kind == "scene_break":
        return '<hr class="scene-break">'
    if kind == "heading":
        return _element(f"h{block['attrs']['level']}", block["content"], anchor)
    if kind in _LISTS:
        items = "".join(_element("li", item["content"][0]["content"], anchor) for item in block["content"])
        return f"<{_LISTS[kind]}>{items}</{_LISTS[kind]}>"
    if kind == "signature":
        return f'<footer class="signature">{_paragraphs(block, anchor)}</footer>'
    return _element("p", block["content"], anchor)


def _gentle(block: Block, page: _Page) -> str:
    """The way around the passage stands before it; its end takes the focus, so that reading goes on from there."""
    number, says = next(page.numbers), block["attrs"]["says"]
    skip = page.words.skip_named.replace("{what}", says) if says else page.words.skip
    inside = _joined(_block(child, page) for child in block["content"])
    return (
        f'<p class="skip-passage"><a href="#passage-end-{number}">{escape(skip)}</a></p>\n'
        f'<div class="gentle">\n{inside}\n</div>\n'
        f'<p class="passage-end" id="passage-end-{number}" tabindex="-1">{escape(page.words.passage_end)}</p>'
    )


def _figure(block: Block, page: _Page) -> str:
    attrs = block["attrs"]
    picture = page.pictures.get(attrs["sha256"])
    if picture is None:
        return ""
    avif = f'<source type="image/avif" srcset="{escape(picture.avif)}" sizes="{_SIZES}">' if picture.avif else ""
    widths = f' srcset="{escape(picture.srcset)}" sizes="{_SIZES}"' if picture.srcset else ""
    image = (
        f'<img src="{escape(picture.src)}"{widths} width="{picture.width}" height="{picture.height}"'
        f' alt="{escape(attrs["alt"])}" loading="lazy" decoding="async">'
    )
    said = " ".join(escape(attrs[name], quote=False) for name in ("caption", "credit") if attrs[name])
    caption = f"<figcaption>{said}</figcaption>" if said else ""
    return f'<figure class="text-picture"><picture>{avif}{image}</picture>{caption}</figure>'


def _quote(block: Block, page: _Page) -> str:
    del page
    caption = _caption(**block["attrs"])
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="quote"><blockquote>{_paragraphs(block, _link)}</blockquote>{caption}</figure>'


def _caption(*, speaker: str, source: str, date: str, permalink: str, permission: str) -> str:
    """Who said it, where, when. What was said about permission is the newsroom's own business."""
    del permission
    shown = [escape(speaker), escape(source)]
    if permalink:
        linked = 1 if source else 0
        shown[linked] = _anchor(permalink, shown[linked] or escape(permalink), "nofollow noopener")
    shown.append(_date(date))
    return ", ".join(part for part in shown if part)


def _date(written: str) -> str:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return escape(written)
    return f'<time datetime="{day.isoformat()}">{_MONTHS[day.month - 1]} {day.day}, {day.year}</time>'


def _related(block: Block, page: _Page) -> str:
    attrs = block["attrs"]
    link = page.links.get(attrs["story"])
    if link is None:
        return ""
    # An editor may have given the other story a new headline since; the approved words stay.
    now = f' title="{escape(link.title)}"' if link.title != attrs["title"] else ""
    anchor = f'<a href="{escape(link.url)}"{now}>{escape(attrs["title"])}</a>'
    return f'<p class="related"><span class="related-label">{escape(page.words.related)}</span> {anchor}</p>'


_WITH_PAGE: dict[str, Callable[[Block, _Page], str]] = {
    "gentle": _gentle,
    "figure": _figure,
    "quote": _quote,
    "related": _related,
}


def _whole(block: Block) -> str:
    """The block, all that is said about it in data attributes."""
    kind = block["type"]
    if kind == "gentle":
        return f'<div class="gentle"{_data(block)}>\n{_joined(map(_whole, block["content"]))}\n</div>'
    if kind == "quote":
        return f'<blockquote class="quote"{_data(block)}>{_paragraphs(block, _whole_link)}</blockquote>'
    if kind in ("figure", "related"):
        return f'<div class="{kind}"{_data(block)}></div>'
    return _plain_block(block, _whole_link)


def _data(block: Block) -> str:
    return "".join(f' data-{name}="{escape(value)}"' for name, value in block["attrs"].items())


def _paragraphs(block: Block, anchor: Anchor) -> str:
    return "".join(_element("p", paragraph["content"], anchor) for paragraph in block["content"])


def _element(name: str, nodes: Iterable[inline.Node], anchor: Anchor) -> str:
    shown = "<br>".join(_line(line, anchor) for line in inline.lines(nodes))
    direction = ' dir="auto"' if _RIGHT_TO_LEFT.search(shown) else ""
    return f"<{name}{direction}>{shown}</{name}>"


def _line(line: inline.Line, anchor: Anchor) -> str:
    shown = ""
    for href, runs in groupby(line, lambda run: run.href):
        words = "".join(_words(run) for run in runs)
        shown += anchor(href, words) if href else words
    return shown


def _words(run: inline.Run) -> str:
    words = escape(run.text, quote=False)
    words = f"<em>{words}</em>" if run.em else words
    return f"<strong>{words}</strong>" if run.strong else words


def _link(href: str, words: str) -> str:
    return _anchor(href, words, "noopener")


def _whole_link(href: str, words: str) -> str:
    """A link with its address as it was typed."""
    return f'<a href="{escape(href)}">{words}</a>'


def _anchor(href: str, words: str, rel: str) -> str:
    return f'<a href="{escape(quote(href, safe=_SAFE_IN_ADDRESS))}" rel="{rel}">{words}</a>'
