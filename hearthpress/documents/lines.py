"""A manuscript's lines as blocks: what its markers say for certain, before anything is guessed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from hearthpress.documents import markup, schema
from hearthpress.documents.inline import Node
from hearthpress.documents.schema import Block
from hearthpress.documents.text import clean

_MARKERS = {
    "related": re.compile(r"(?P<marker>related:)\s*(?=\S.{0,199}$)", re.IGNORECASE),
    "heading": re.compile(r"(?P<marker>#{1,6})\s+(?=\S)"),
    "quote": re.compile(r"(?P<marker>>)(?:\s+|$)"),
    "bullet": re.compile(r"(?P<marker>[-*•])\s+(?=\S)"),
    "number": re.compile(r"(?P<marker>(?P<number>\d{1,3})[.)])\s+(?=\S)"),
}
_ITEMS = ("bullet", "number")
SCENE_BREAK = "* * *"
# Between two passages stars alone on a line part two scenes; other signs only with an empty line before and after.
_STARS = re.compile(r"\*(?:\s*\*){2,}|⁂")
_SIGNS = re.compile(rf"{_STARS.pattern}|[#*~•—–]|(?P<sign>[-—–_~•#])(?:\s*(?P=sign)){{2,}}")
_NO_WORDS = re.compile(r"[\W_]*")
_DASH_SIGNATURE = re.compile(r"—\s*(?=[^\W\d_])(?P<name>[^.!?:;,…”\"]{1,80})")
_SIGNATURE_PARAGRAPHS = 4
_SIGNATURE_CHARACTERS = 1000

# A line this long was wrapped by a program; a shorter one was ended by its writer.
WRAPPED = 60
# A text without empty lines whose lines are longer than any program wraps them has a paragraph on each line.
_PARAGRAPH = 120


@dataclass
class _Line:
    """A line without its marker; `chunk` numbers the passages between empty lines."""

    kind: str
    marker: str
    text: str
    chunk: int
    number: int = 0

    def as_words(self) -> None:
        """The marker was none: the line is the words that were typed."""
        self.text = f"{self.marker} {self.text}".strip()
        self.kind, self.marker = "text", ""


@dataclass
class Blocks:
    """The blocks read for certain, and the markers that were taken out for it."""

    blocks: list[Block] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)

    def inline(self, text: str) -> list[Node]:
        """The nodes of a paragraph's text; its markers are noted."""
        nodes, markers = markup.read(text.replace("\t", " "))
        self.markers += markers
        return nodes


def read_blocks(source: str) -> Blocks:
    """The blocks of any text at all. Every word of it is in them."""
    lines = _lines(clean(source))
    _find_scene_breaks(lines)
    _keep_lists(lines)
    signature = _take_signature(lines)
    read = Blocks()
    for kind, group in _groups(lines):
        _add(read, kind, group)
    if signature:
        content = schema.paragraphs(read.inline(_joined(group)) for _, group in _groups(signature))
        read.blocks.append({"type": "signature", "content": content})
        read.markers.append("--" if signature[0].kind == "dashes" else "—")
    read.blocks = schema.join_bullets(read.blocks)
    return read


def _lines(text: str) -> list[_Line]:
    """The lines that are not empty."""
    typed = [line.strip() for line in text.strip().split("\n")]
    apart = "" not in typed and max(map(len, typed)) > _PARAGRAPH
    lines: list[_Line] = []
    chunk = 0
    for line in typed:
        chunk += 1 if apart or not line else 0
        if line:
            lines.append(_line(line, chunk))
    return lines


def _line(line: str, chunk: int) -> _Line:
    if _NO_WORDS.fullmatch(line) and line != ">":
        return _Line("text", "", line, chunk)
    for kind, pattern in _MARKERS.items():
        match = pattern.match(line)
        if match:
            number = int(match["number"]) if kind == "number" else 0
            return _Line(kind, match["marker"], line[match.end() :], chunk, number)
    return _Line("text", "", line, chunk)


def _find_scene_breaks(lines: list[_Line]) -> None:
    """Mark the lines that only part two scenes."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        signs = _SIGNS if before.chunk < line.chunk < after.chunk else _STARS
        if line.kind == "text" and signs.fullmatch(line.text):
            line.kind, line.marker, line.text = "scene_break", line.text, ""


def _keep_lists(lines: list[_Line]) -> None:
    """Turn back to words what only looks like a list or a quote: a lone dash, a number that counts nothing."""
    for run in _item_runs(lines):
        if len(run) < 2 or run[0].number > 1:
            for line in run:
                line.as_words()
    for _, group in groupby(lines, lambda line: (line.kind, line.chunk)):
        quoted = list(group)
        if quoted[0].kind == "quote" and not any(line.text for line in quoted):
            for line in quoted:
                line.as_words()


def _item_runs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Items that go on from one another, with no other passage between them."""
    run: list[_Line] = []
    chunk = 0
    for line in lines:
        if run and line.kind == "text" and line.chunk == chunk:
            continue
        if run and not _is_next_item(run[-1], line):
            yield run
            run = []
        if line.kind in _ITEMS:
            run.append(line)
            chunk = line.chunk
    if run:
        yield run


def _is_next_item(item: _Line, line: _Line) -> bool:
    if line.kind == "number":
        return item.kind == "number" and line.number == item.number + 1
    return line.kind == "bullet" and line.marker == item.marker


def _take_signature(lines: list[_Line]) -> list[_Line]:
    """Take a marked signature off the end of the lines: "-- " as in letters, or a last line "— Name"."""
    start = _signature_start(lines)
    signature = lines[start:]
    del lines[start:]
    if signature:
        signature[0].kind = "dashes" if signature[0].text.startswith("--") else "dash"
        signature[0].text = signature[0].text.lstrip("-—").strip()
    return signature


def _signature_start(lines: list[_Line]) -> int:
    end = len(lines)
    if _ends_with_dash_signature(lines):
        return end - 1
    length = 0
    for start in range(end - 1, 0, -1):
        line = lines[start]
        length += len(line.text)
        is_long = length > _SIGNATURE_CHARACTERS or lines[-1].chunk - line.chunk > _SIGNATURE_PARAGRAPHS
        if line.kind != "text" or is_long:
            break
        begins = line.chunk != lines[start - 1].chunk or line.text == "--"
        has_words = line.text != "--" or start + 1 < end
        if begins and has_words and (line.text == "--" or line.text.startswith("-- ")):
            return start
    return end


def _ends_with_dash_signature(lines: list[_Line]) -> bool:
    if len(lines) < 2 or lines[-1].kind != "text" or lines[-1].chunk == lines[-2].chunk:
        return False
    return _DASH_SIGNATURE.fullmatch(lines[-1].text) is not None


def _groups(lines: Iterable[_Line]) -> Iterator[tuple[str, list[_Line]]]:
    """The lines of one block at a time. A line without marker goes on with the item or paragraph before it."""
    group: list[_Line] = []
    for line in lines:
        if group and not _goes_on(group, line):
            yield group[0].kind, group
            group = []
        group.append(line)
    if group:
        yield group[0].kind, group


def _goes_on(group: list[_Line], line: _Line) -> bool:
    kind, same_chunk = group[0].kind, line.chunk == group[-1].chunk
    if kind in _ITEMS:
        last = next(item for item in reversed(group) if item.kind in _ITEMS)
        return _is_next_item(last, line) or (line.kind == "text" and same_chunk)
    if kind == "quote":
        return line.kind == kind and same_chunk
    return kind in ("text", "dashes", "dash") and line.kind == "text" and same_chunk


def _add(read: Blocks, kind: str, group: list[_Line]) -> None:
    read.markers += [line.marker for line in group if line.marker]
    if kind == "scene_break":
        read.blocks.append(schema.scene_break())
    elif kind == "related":
        read.blocks.append(schema.related(group[0].text.replace("\t", " ")))
    elif kind == "heading":
        level = 2 if len(group[0].marker) <= 2 else 3
        nodes = read.inline(group[0].text)
        read.blocks.append({"type": "heading", "attrs": {"level": level}, "content": nodes})
    elif kind in _ITEMS:
        items = [read.inline(_joined(item)) for item in _items(group)]
        read.blocks.append(schema.list_of("bullet_list" if kind == "bullet" else "ordered_list", items))
    elif kind == "quote":
        paragraphs = [list(lines) for full, lines in groupby(group, lambda line: bool(line.text)) if full]
        content = schema.paragraphs(read.inline(_joined(lines)) for lines in paragraphs)
        read.blocks.append(schema.quote(content))
    else:
        read.blocks.append(schema.paragraph(read.inline(_joined(group))))


def _items(group: list[_Line]) -> Iterator[list[_Line]]:
    item: list[_Line] = []
    for line in group:
        if item and line.kind != "text":
            yield item
            item = []
        item.append(line)
    yield item


def _joined(lines: list[_Line]) -> str:
    """The text of one paragraph: a line end stays where the writer made it."""
    text = ""
    parts = []
    for line in lines:
        if text:
            parts.append(" " if len(text) >= WRAPPED else "\n")
        parts.append(line.text)
        text = line.text
    return "".join(parts)
