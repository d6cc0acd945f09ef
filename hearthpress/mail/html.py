"""A mail that has no text but HTML, read as text."""

import re
from html import unescape

import nh3

from hearthpress.documents.text import clean

MAX_HTML = 2_000_000  # characters
_BLOCKS = {"p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCK_EDGE = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS))})>")


def html_to_text(html: str) -> str:
    """The words of the HTML, its blocks apart by an empty line. What marks them up is left out."""
    bare = nh3.clean(html[:MAX_HTML], tags=_BLOCKS | {"br"}, attributes={}, link_rel=None)
    text = " ".join(bare.split()).replace("<br>", "\n")
    blocks = (block.strip() for block in _BLOCK_EDGE.split(text))
    return clean(unescape("\n\n".join(block for block in blocks if block)))
