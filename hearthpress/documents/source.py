"""A document as the plain text of a manuscript: what its writer could have typed, and `parse_manuscript` reads back.

What a manuscript has no marker for is written as its words: what is said about a quote, the story that a related line
leads to, a list of one item, a picture, a passage that can be skipped, marks that begin or end inside a word. A line
that goes on after a long one, which a program might have wrapped, begins a paragraph of its own. No word is ever lost.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from urllib.parse import quote

from hearthpress.documents import inline, markup, schema
from hearthpress.documents.inline import Line, Run
from hearthpress.documents.lines import SCENE_BREAK, WRAPPED
from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import Block, Document
from hearthpress.documents.text import BARE_ADDRESS, bare_address, safe_address
from hearthpress.documents.walk import walk

_BRACKETS = re.compile(r"([\[\]]+)")
_ADDRESS = re.compile(BARE_ADDRESS, re.IGNORECASE)
_MARKER = re.compile(r"[*_\[]|://")
_ADDRESS_CHARACTERS = "%/:?#@!$&'*+,;=-._~"
# The ways to type emphasis and strong words; the second parts marks that stand beside one another.
_EMPHASIS, _STRONG = ("*", "_"), ("**", "__")
_BULLETS = "-*•"


def to_source(document: Document) -> str:
    """The document as a manuscript's text. Raises BadDocument when it is none."""
    blocks = list(walk(schema.check(document)))
    bullet = _free_bullet(blocks)
    written = [_block(block, bullet) for block in blocks]
    if len(blocks) > 1 and blocks[-1]["type"] == "signature":
        written[-1] = f"-- {written[-1]}"
    return "\n\n".join(filter(None, written))


def _free_bullet(blocks: Iterable[Block]) -> str:
    """A marker with which no paragraph begins: a list would take such a paragraph in."""
    paragraphs = (block_text(block) for block in blocks if block["type"] == "paragraph")
    starts = {line[:1] for words in paragraphs for line in words.split("\n")}
    return next((bullet for bullet in _BULLETS if bullet not in starts), _BULLETS[0])


def _block(block: Block, bullet: str) -> str:
    kind = block["type"]
    if kind in ("scene_break", "figure"):
        return SCENE_BREAK if kind == "scene_break" else block_text(block)
    if kind == "heading":
        return f"{'#' * block['attrs']['level']} {_written(block)}"
    if kind == "related":
        return f"RELATED: {block['attrs']['title']}"
    if kind.endswith("_list"):
        return "\n".join(_item(kind, number, bullet, item) for number, item in enumerate(block["content"], 1))
    passages = [_written(child) for child in block["content"]] if kind in ("quote", "signature") else [_written(block)]
    written = "\n\n".join(passages)
    return re.sub("^", "> ", written, flags=re.MULTILINE).replace("> \n", ">\n") if kind == "quote" else written


def _item(kind: str, number: int, bullet: str, item: Block) -> str:
    marker = bullet if kind == "bullet_list" else f"{number}."
    return f"{marker} {_written(item['content'][0])}".replace("\n\n", "\n")


def _written(block: Block) -> str:
    """The lines of a paragraph, an empty line where only a new paragraph keeps the line's end."""
    lines = [list(_sayable(line)) for line in inline.lines(block["content"])]
    written = ""
    for passage in _passages(lines):
        text = _passage(passage)
        written += ("\n\n" if written else "") + text
    return written


def _passages(lines: list[Line]) -> Iterator[list[Line]]:
    passage: list[Line] = []
    for line in lines:
        if line:
            passage.append(line)
        if passage and (not line or len(_line(line, "*", "**", is_bare=True)) >= WRAPPED):
            yield passage
            passage = []
    if passage:
        yield passage


def _passage(lines: list[Line]) -> str:
    """The lines with the markers that are read back as they are meant; without the marks where no marker is."""
    text = "\n".join(_words(line) for line in lines)
    if not (_MARKER.search(text) or any(_is_marked(line) for line in lines)):
        return text
    for tried in (lines, [_whole_words(line) for line in lines], [_plain(line) for line in lines]):
        meant = inline.content(tried)
        for is_bare, em, strong in product((True, False), _EMPHASIS, _STRONG):
            text = "\n".join(_line(line, em, strong, is_bare=is_bare) for line in tried)
            if markup.read(text)[0] == meant:
                return text
    return text


def _words(line: Line) -> str:
    return "".join(run.text for run in line)


def _is_marked(line: Line) -> bool:
    return any(run.em or run.strong or run.href for run in line)


def _line(line: Line, em: str, strong: str, *, is_bare: bool) -> str:
    written = []
    before = Run("")
    for run in [*line, Run("")]:
        shown = run._replace(href="") if is_bare and run.text == run.href else run
        closing = strong * (before.strong and not shown.strong) + em * (before.em and not shown.em)
        opening = strong * (shown.strong and not before.strong) + em * (shown.em and not before.em)
        if before.href != shown.href:
            closing += f"]({before.href})" * bool(before.href) + "[" * bool(shown.href)
        written += [closing, opening, shown.text]
        before = shown
    return "".join(written)


def _sayable(line: Line) -> Iterator[Run]:
    """The runs, links as a manuscript can have them: no bracket among a link's words, no parenthesis in its address."""
    for run in line:
        if not run.href:
            yield from _with_links(run)
        elif run.text == run.href and bare_address(run.text) == run.href:
            yield run
        else:
            yield from _typed_link(run._replace(href=_typed_address(run.href)))


def _typed_link(run: Run) -> Iterator[Run]:
    for part in _BRACKETS.split(run.text):
        is_link = part.strip() and not _BRACKETS.match(part)
        yield run._replace(text=part) if is_link else run._replace(text=part, href="")


def _typed_address(href: str) -> str:
    typed = quote(href, safe=_ADDRESS_CHARACTERS) if re.search(r"[()]", href) else href
    return typed if safe_address(typed) else ""


def _with_links(run: Run) -> Iterator[Run]:
    """The run parted at the addresses that are read as links wherever they stand."""
    done = 0
    for match in _ADDRESS.finditer(run.text):
        address = bare_address(match[0])
        if address:
            yield run._replace(text=run.text[done : match.start()])
            yield run._replace(text=address, href=address)
            done = match.start() + len(address)
    yield run._replace(text=run.text[done:])


def _whole_words(line: Line) -> Line:
    """The line without the marks that begin or end inside a word: no marker is read there."""
    kept = list(line)
    for number in range(1, len(line)):
        before, after = line[number - 1], line[number]
        if before.text[-1:].isalnum() and after.text[:1].isalnum():
            kept[number - 1], kept[number] = _plain([kept[number - 1], kept[number]])
    return kept


def _plain(line: Line) -> Line:
    return [run._replace(em=False, strong=False) for run in line]
