"""The words of one paragraph and their marks, in canonical form."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

Node = dict[str, Any]


class Run(NamedTuple):
    """Words that carry the same marks; `href` is "" where they are no link."""

    text: str
    em: bool = False
    strong: bool = False
    href: str = ""


Line = list[Run]


def content(lines: Iterable[Line]) -> list[Node]:
    """The nodes of these lines, a hard break between each two.

    No white space at the ends of a line, no mark on white space at the ends of a marked passage, neighbours with the
    same marks joined, no empty lines first or last: two documents that read the same are the same.
    """
    tidied = [_tidy(line) for line in lines]
    full = [number for number, line in enumerate(tidied) if line]
    if not full:
        return []
    nodes: list[Node] = []
    for line in tidied[full[0] : full[-1] + 1]:
        nodes += [{"type": "hard_break"}] if nodes else []
        nodes += [_node(run) for run in line]
    return nodes


def lines(nodes: Iterable[Node]) -> list[Line]:
    """The lines of checked nodes: `content(lines(nodes)) == nodes`."""
    found: list[Line] = [[]]
    for node in nodes:
        if node["type"] == "hard_break":
            found.append([])
        else:
            found[-1].append(_run(node))
    return found


def _node(run: Run) -> Node:
    marks: list[Node] = [{"type": name} for name in ("em", "strong") if getattr(run, name)]
    if run.href:
        marks.append({"type": "link", "attrs": {"href": run.href}})
    node: Node = {"type": "text", "text": run.text}
    return {**node, "marks": marks} if marks else node


def _run(node: Node) -> Run:
    marks = {mark["type"]: mark for mark in node.get("marks", [])}
    href = marks["link"]["attrs"]["href"] if "link" in marks else ""
    return Run(node["text"], "em" in marks, "strong" in marks, href)


def _tidy(line: Line) -> Line:
    if len(line) == 1 and line[0] == Run(line[0].text):
        text = line[0].text.strip()
        return [Run(text)] if text else []
    line = _stripped([run for run in line if run.text])
    for name in ("em", "strong", "href"):
        line = _without_marked_edges(line, name)
    return _joined(line)


def _stripped(line: Line) -> Line:
    first, last = _extent(line)
    line = line[first:last]
    if line:
        line[0] = line[0]._replace(text=line[0].text.lstrip())
        line[-1] = line[-1]._replace(text=line[-1].text.rstrip())
    return line


def _extent(line: Line) -> tuple[int, int]:
    """The part of the line from the first run with words to the last one."""
    full = [number for number, run in enumerate(line) if run.text.strip()]
    return (full[0], full[-1] + 1) if full else (0, 0)


def _without_marked_edges(line: Line, name: str) -> Line:
    tidied: Line = []
    for value, group in groupby(line, attrgetter(name)):
        runs = list(group)
        tidied += _unmarked_edges(runs, name) if value else runs
    return tidied


def _unmarked_edges(group: Line, name: str) -> Line:
    plain: Any = {name: "" if name == "href" else False}
    first, last = _extent(group)
    if first == last:
        return [run._replace(**plain) for run in group]
    before = [run._replace(**plain) for run in group[:first]]
    after = [run._replace(**plain) for run in group[last:]]
    marked = group[first:last]
    head, tail = marked[0].text, marked[-1].text
    before.append(marked[0]._replace(text=head[: len(head) - len(head.lstrip())], **plain))
    after.insert(0, marked[-1]._replace(text=tail[len(tail.rstrip()) :], **plain))
    return [run for run in before + _stripped(marked) + after if run.text]


def _joined(line: Line) -> Line:
    return [
        Run("".join(run.text for run in group), *marks)
        for marks, group in groupby(line, lambda run: (run.em, run.strong, run.href))
    ]
