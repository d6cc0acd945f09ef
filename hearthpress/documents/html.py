"""A document as HTML, for the inside of a page's prose element."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import quote

from hearthpress.documents import inline
from hearthpress.documents.schema import Block, Document

# Hebrew, Arabic and the other scripts written from right to left.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_SAFE_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=-._~"
_LISTS = {"bullet_list": "ul", "ordered_list": "ol"}
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


def render(document: Document, links: Mapping[str, Link], *, related_label: str = "Related") -> str:
    """The checked document as HTML, every word escaped.

    `links` has the stories that related lines may lead to, by their keys; the line of any other is left out. The line
    shows the title that the writer approved. `related_label` is the word before it, in the reader's language.
    """
    shown = (_block(block, links, related_label) for block in _without_skips(document["content"]))
    return "\n".join(block for block in shown if block)


def _without_skips(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, a small heading being a large one where no large one stands above it: pages skip no level (WCAG)."""
    may_be_small = False
    for block in blocks:
        is_heading = block["type"] == "heading"
        may_be_small = may_be_small or (is_heading and block["attrs"]["level"] == 2)
        yield {**block, "attrs": {"level": 2}} if is_heading and not may_be_small else block


def _block(block: Block, links: Mapping[str, Link], related_label: str) -> str:
    kind = block["type"]
    if kind == "related":
        return _related(block["attrs"], links.get(block["attrs"]["story"]), related_label)
    if kind == "heading":
        return _element(f"h{block['attrs']['level']}", block["content"])
    if kind in _LISTS:
        items = "".join(_element("li", item["content"][0]["content"]) for item in block["content"])
        return f"<{_LISTS[kind]}>{items}</{_LISTS[kind]}>"
    if kind == "quote":
        return _quote(block)
    if kind == "signature":
        return f'<footer class="signature">{_paragraphs(block)}</footer>'
    return _element("p", block["content"])


def _quote(block: Block) -> str:
    caption = _caption(**block["attrs"])
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="quote"><blockquote>{_paragraphs(block)}</blockquote>{caption}</figure>'


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


def _related(attrs: Mapping[str, str], link: Link | None, label: str) -> str:
    if link is None:
        return ""
    # An editor may have given the other story a new headline since; the approved words stay.
    now = f' title="{escape(link.title)}"' if link.title != attrs["title"] else ""
    anchor = f'<a href="{escape(link.url)}"{now}>{escape(attrs["title"])}</a>'
    return f'<p class="related"><span class="related-label">{escape(label)}</span> {anchor}</p>'


def _paragraphs(block: Block) -> str:
    return "".join(_element("p", paragraph["content"]) for paragraph in block["content"])


def _element(name: str, nodes: Iterable[inline.Node]) -> str:
    shown = "<br>".join(_line(line) for line in inline.lines(nodes))
    direction = ' dir="auto"' if _RIGHT_TO_LEFT.search(shown) else ""
    return f"<{name}{direction}>{shown}</{name}>"


def _line(line: inline.Line) -> str:
    shown = ""
    for href, runs in groupby(line, lambda run: run.href):
        words = "".join(_words(run) for run in runs)
        shown += _anchor(href, words, "noopener") if href else words
    return shown


def _words(run: inline.Run) -> str:
    words = escape(run.text, quote=False)
    words = f"<em>{words}</em>" if run.em else words
    return f"<strong>{words}</strong>" if run.strong else words


def _anchor(href: str, words: str, rel: str) -> str:
    return f'<a href="{escape(quote(href, safe=_SAFE_IN_ADDRESS))}" rel="{rel}">{words}</a>'
