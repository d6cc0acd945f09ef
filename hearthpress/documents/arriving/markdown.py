"""Markdown files: CommonMark with tables, written as HTML and read as that."""

import re

from markdown_it import MarkdownIt

from hearthpress.documents.arriving.arrived import SETTINGS, Arrived, arrived
from hearthpress.documents.arriving.rich import read_html

# Lines such as "author: ...", which some programs keep above the text.
_SETTINGS = re.compile(r"\A---[ \t]*\n(?:[ \t]*(?:[\w-]+:|- |#).*\n)+---[ \t]*(?:\n|\Z)")
# Without the backslash a note of one word would be taken for an address, and its word would be gone.
_NOTE = re.compile(r"^( {0,3})\[\^", re.MULTILINE)


def read_markdown(text: str) -> Arrived:
    """The manuscript in a Markdown text. Raises BadManuscript for more than is read."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    words = _SETTINGS.sub("", text)
    html = MarkdownIt("commonmark").enable("table").render(_NOTE.sub(r"\1\\[^", words))
    read = read_html(html)
    return arrived(read.source, [*read.losses, *([SETTINGS] if words != text else [])])
