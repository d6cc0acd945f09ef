"""HTML as a row of tags and words, in one pass over whatever was sent.

A tree is never built: a parser of trees takes time that grows with the square of how deeply elements are nested, and
ten thousand nested lists are pasted in a second. Nothing of the HTML itself goes on from here, only words and the few
tags that `rich` knows.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# Every alternative ends somewhere, at the latest at the text's end, so that no character is looked at again and again.
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?].*?(?:>|\Z)|</[^a-z].*?(?:>|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-z][^\s/>]*)(?P<attributes>(?:[^>=]++|=\s*(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))?)*+)(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=/>\"']+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)|'(?P<single>[^']*)|(?P<bare>[^\s>\"']+)))?"
)
# What stands between these is no HTML and no words.
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
# No character has a number this long, and Python refuses to read one of a few thousand digits.
_NO_CHARACTER = re.compile(r"&#(?:\d{8}\d*|x[0-9a-f]{7}[0-9a-f]*);?", re.IGNORECASE)


class Token(NamedTuple):
    """A tag (`name` in lower case, `closes` for an end tag) or words (`text`, `name` being "")."""

    name: str
    text: str = ""
    closes: bool = False
    attributes: str = ""


def tokens(html: str) -> Iterator[Token]:
    """The tags and words of any text at all; comments and what browsers never show left out."""
    position = 0
    while position < len(html):
        start = html.find("<", position)
        start = len(html) if start < 0 else start
        if start > position:
            yield Token("", _words(html[position:start]))
        match = _MARKUP.match(html, start)
        if match is None:
            yield from [Token("", html[start])] if start < len(html) else []
            position = start + 1
            continue
        position = match.end()
        if match["name"]:
            name = match["name"].lower()
            yield Token(name, closes=bool(match["slash"]), attributes=match["attributes"])
            position = _after_raw(html, name, position) if not match["slash"] else position


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a tag by their names in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag):
        found.setdefault(match["name"].lower(), _words(match["double"] or match["single"] or match["bare"] or ""))
    return found


def _after_raw(html: str, name: str, position: int) -> int:
    if name not in _RAW:
        return position
    end = _RAW[name].search(html, position)
    return end.start() if end else len(html)


def _words(text: str) -> str:
    return unescape(_NO_CHARACTER.sub("\ufffd", text)) if "&" in text else text
