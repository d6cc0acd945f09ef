"""Words on their way to blocks: paragraphs, headings, items, quotes and rows as they begin and end."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from hearthpress.documents import files, inline, schema
from hearthpress.documents.arriving.arrived import NESTED, TABLES
from hearthpress.documents.files import BadManuscript
from hearthpress.documents.inline import Line, Run
from hearthpress.documents.schema import Block, Document

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BETWEEN_CELLS = " | "


@dataclass
class _List:
    is_ordered: bool
    start: int
    items: list[list[Line]] = field(default_factory=list)


@dataclass
class Gathering:
    """The blocks so far, and the place where the next words belong.

    `heading` is the level of the heading that they stand in, 0 outside of one; `quotes` counts the quotes around them.
    A cell comes before a list, a list before a heading, a heading before a quote: a story's blocks hold no others.
    """

    losses: set[str] = field(default_factory=set)
    heading: int = 0
    quotes: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=lambda: [[]])
    _list: _List | None = None
    _cells: list[list[list[Line]]] = field(default_factory=list)
    _quoted: list[Block] = field(default_factory=list)
    _length: int = 0

    @property
    def is_in_row(self) -> bool:
        return bool(self._cells)

    @property
    def is_in_list(self) -> bool:
        return self._list is not None

    def add(self, run: Run) -> None:
        """Add words to the paragraph, white space as browsers show it. Raises BadManuscript where they are too many."""
        line = self._lines[-1]
        text = _SPACE.sub(" ", run.text)
        text = text.lstrip(" ") if not line or line[-1].text.endswith(" ") else text
        if text:
            line.append(run._replace(text=text))
        self._length += len(text)
        if self._length > files.MAX_BYTES:
            raise BadManuscript(files.TOO_LONG)

    def end_line(self) -> None:
        self._lines.append([])

    def end_paragraph(self) -> None:
        lines, self._lines = self._lines, [[]]
        if any(run.text.strip() for line in lines for run in line):
            self._place(lines)

    def begin_list(self, *, is_ordered: bool, start: int = 1) -> None:
        """Begin a list. One inside another goes on with it."""
        if self._list is None:
            self._list = _List(is_ordered, start)
        else:
            self.losses.add(NESTED)

    def number_list(self, *, start: int) -> None:
        """Learn from the marker of the list's first item that it is a numbered list."""
        if self._list is not None and len(self._list.items) == 1:
            self._list.is_ordered, self._list.start = True, start

    def begin_item(self) -> None:
        if self._list is not None:
            self._list.items.append([])

    def end_list(self) -> None:
        done, self._list = self._list, None
        items = [nodes for lines in done.items if (nodes := inline.content(lines))] if done else []
        if done is None or not items:
            return
        if not done.is_ordered:
            self._place_block(schema.list_of("bullet_list", items))
        elif done.start == 1 or self._goes_on_at(done.start):
            self._place_numbered(items, done.start)
        else:
            for number, nodes in enumerate(items, done.start):
                first, *lines = inline.lines(nodes)
                self._place([[Run(f"{number}. "), *first], *lines])

    def end_quote(self) -> None:
        """End the quote that the paragraphs so far belong to."""
        if self._quoted:
            self._blocks.append(schema.quote(self._quoted))
            self._quoted = []

    def begin_cell(self) -> None:
        self._cells.append([])

    def end_row(self) -> None:
        """Make one paragraph of the row's cells; what stands in its only cell stays as it is."""
        cells, self._cells = [cell for cell in self._cells if cell], []
        if len(cells) > 1:
            self.losses.add(TABLES)
            self._place([_row(cells)])
        else:
            for lines in (lines for cell in cells for lines in cell):
                self._place(lines)

    def add_scene_break(self) -> None:
        if not (self.is_in_list or self.is_in_row):
            self._place_block(schema.scene_break())

    def document(self) -> Document:
        """The document of all that was gathered, its headings on the levels that a story has."""
        self.end_paragraph()
        self.end_row()
        self.end_list()
        self.end_quote()
        levels = sorted({block["attrs"]["level"] for block in self._blocks if block["type"] == "heading"})
        # The smallest of two levels is small; of more, the first is a title and the second begins the parts.
        large = levels[:1] if len(levels) == 2 else levels[:2]
        for block in self._blocks:
            if block["type"] == "heading":
                block["attrs"] = {"level": 2 if block["attrs"]["level"] in large else 3}
        return schema.check({"type": "doc", "content": self._blocks})

    def _place(self, lines: list[Line]) -> None:
        if self._cells:
            self._cells[-1].append(lines)
        elif self._list is not None:
            self._list.items = self._list.items or [[]]
            self._list.items[-1] += lines
        elif self.heading:
            content = inline.content([_without_strong(_one_line(lines))])
            self._place_block({"type": "heading", "attrs": {"level": self.heading}, "content": content})
        elif self.quotes:
            self._quoted.append(schema.paragraph(inline.content(lines)))
        else:
            self._place_block(schema.paragraph(inline.content(lines)))

    def _place_block(self, block: Block) -> None:
        self.end_quote()
        self._blocks.append(block)

    def _goes_on_at(self, number: int) -> bool:
        """Whether the list just before counted up to this number: some programs write a list for each item."""
        last = self._blocks[-1] if self._blocks and not self._quoted else None
        return last is not None and last["type"] == "ordered_list" and len(last["content"]) + 1 == number

    def _place_numbered(self, items: list[list[inline.Node]], start: int) -> None:
        block = schema.list_of("ordered_list", items)
        if start > 1:
            self._blocks[-1]["content"] += block["content"]
        else:
            self._place_block(block)


def _row(cells: Iterable[list[list[Line]]]) -> Line:
    row: Line = []
    for cell in cells:
        row += [Run(_BETWEEN_CELLS)] if row else []
        row += _one_line(line for lines in cell for line in lines)
    return row


def _one_line(lines: Iterable[Line]) -> Line:
    joined: Line = []
    for line in lines:
        joined += [Run(" "), *line] if joined else line
    return joined


def _without_strong(line: Line) -> Line:
    """A heading's words without the weight that all of it has anyway."""
    return [run._replace(strong=False) for run in line]
