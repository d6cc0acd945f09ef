r"""A document as plain text that an editor can type over, and back: from_notation(to_notation(d)) == check(d).

    A paragraph, with *emphasis*, **strong words** and [a link](https://www.example.com/).
    The next line of the same paragraph.

    ## A heading                       (### for a smaller one)

    - an item                          (1. for a numbered list)

    > Words said elsewhere.
    >
    > — speaker | source | date | permalink | permission

    RELATED: The title {key of the story}

    -- The magazine
    --
    -- A closing note.

A backslash takes a marker's meaning away; alone on a line it is an empty line inside a paragraph. "\&" stands for
nothing, and parts a mark from the letter beside it. Whatever is no notation is words.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from hearthpress.documents import inline, markup, schema
from hearthpress.documents.schema import QUOTE_LIMITS, Block, Document
from hearthpress.documents.text import bare_address, clean

_EMPTY_LINE = "\\"
_STARTS = re.compile(r"(?=#{1,6}\s|>(?:\s|$)|[-•]\s|--(?:\s|$))")
_NUMBERED = re.compile(r"\d{1,9}(?=[.)]\s)")
_LABELLED = re.compile(r"related(?=:)", re.IGNORECASE)

_MARKERS = {
    "heading": re.compile(r"(?P<marker>#{1,6})\s+(?=\S)"),
    "related": re.compile(r"(?P<marker>related:)\s*(?=\S)", re.IGNORECASE),
    "quote": re.compile(r"(?P<marker>>)(?:\s+|$)"),
    "signature": re.compile(r"(?P<marker>--)(?:\s+|$)"),
    "bullet_list": re.compile(r"(?P<marker>[-*•])\s+(?=\S)"),
    "ordered_list": re.compile(r"(?P<marker>\d{1,9}[.)])\s+(?=\S)"),
}
_LISTS = ("bullet_list", "ordered_list")
_STORY = re.compile(r"(?<!\\)\{(?P<story>[A-Za-z0-9_-]{0,64})\}$")
_ATTRIBUTION = re.compile(r"—(?:\s+|$)")
_FIELD = re.compile(r"(?:\\.|[^\\|]|\\$)*")


def to_notation(document: Document) -> str:
    """The document as text. Raises BadDocument when it is none."""
    return "\n\n".join(_block_text(block) for block in schema.check(document)["content"])


def from_notation(text: str) -> Document:
    """The checked document that the text says.

    Raises BadDocument where the words after a marker cannot be kept: a permalink that is no address, a title too long.
    """
    lines = [line.strip() for line in clean(text).split("\n")]
    return schema.check({"type": "doc", "content": [_block(part) for part in _parts(lines)]})


def _block_text(block: Block) -> str:
    kind = block["type"]
    if kind == "heading":
        return f"{'#' * block['attrs']['level']} {_written(block)[0]}"
    if kind in _LISTS:
        return "\n".join(_item_text(kind, number, item) for number, item in enumerate(block["content"], 1))
    if kind == "quote":
        return _under(">", block, _attribution(block))
    if kind == "signature":
        return _under("--", block, "")
    if kind == "related":
        story = block["attrs"]["story"]
        title = re.sub(r"[\\{}]", r"\\\g<0>", block["attrs"]["title"])
        return f"RELATED: {title}" + (f" {{{story}}}" if story else "")
    return "\n".join(_written(block))


def _item_text(kind: str, number: int, item: Block) -> str:
    marker = "-" if kind == "bullet_list" else f"{number}."
    return f"{marker} " + "\n  ".join(_written(item["content"][0]))


def _under(marker: str, block: Block, last: str) -> str:
    """The block's paragraphs with the marker before every line, and one last line."""
    paragraphs = [_written(paragraph) for paragraph in block["content"]]
    lines = [line for paragraph in paragraphs for line in ("", *map(_not_attribution, paragraph))][1:]
    lines += ["", last] if last else []
    return "\n".join(f"{marker} {line}".rstrip() for line in lines)


def _attribution(block: Block) -> str:
    fields = [re.sub(r"[\\|]", r"\\\g<0>", block["attrs"][name]) for name in QUOTE_LIMITS]
    while fields and not fields[-1]:
        fields.pop()
    return "— " + " | ".join(fields) if fields else ""


def _not_attribution(line: str) -> str:
    return f"\\{line}" if _ATTRIBUTION.match(line) else line


def _written(block: Block) -> list[str]:
    """The lines of a paragraph or heading, none of which looks like a marker."""
    return [_plain_start(_line_text(line)) or _EMPTY_LINE for line in inline.lines(block["content"])]


def _plain_start(line: str) -> str:
    if _STARTS.match(line):
        return f"\\{line}"
    match = _NUMBERED.match(line) or _LABELLED.match(line)
    return f"{match[0]}\\{line[match.end() :]}" if match else line


def _line_text(line: inline.Line) -> str:
    written = [""]
    before = inline.Run("")
    for number, run in enumerate(line):
        last = written[-1][-1:]
        is_bare = _is_bare(before, run, line[number + 1 : number + 3], last)
        marked = inline.Run(run.text) if is_bare else run
        written += [_marks_between(before, marked, last), run.text if is_bare else _escaped(run.text)]
        before = marked
    return "".join(written) + _marks_between(before, inline.Run(""), "")


def _is_bare(before: inline.Run, run: inline.Run, after: inline.Line, last: str) -> bool:
    """Whether the run is an address that reads as a link without any marker, `last` being the character before it."""
    following = after[0] if after else inline.Run("")
    is_alone = run.text == run.href != before.href and not (run.em or run.strong)
    if not is_alone or following != inline.Run(following.text) or re.match(r"\w", last):
        return False
    ends_within = len(after) < 2 or re.search(r"\s", following.text) is not None
    return ends_within and bare_address(run.href + _escaped(following.text)) == run.href


def _marks_between(before: inline.Run, run: inline.Run, last: str) -> str:
    """What ends the marks of one run and begins those of the next; `last` is the character written before."""
    closing = "**" * (before.strong and not run.strong) + "*" * (before.em and not run.em)
    opening = "**" * (run.strong and not before.strong) + "*" * (run.em and not before.em)
    if before.href != run.href:
        href = re.sub(r"[()]", r"\\\g<0>", before.href)
        return closing + f"]({href})" * bool(href) + "[" * bool(run.href) + opening
    opens_on_letter = opening and (closing or last.isalnum())
    closes_on_letter = closing and run.text[:1].isalnum()
    return closing + (markup.NOTHING if opens_on_letter or closes_on_letter else "") + opening


def _escaped(text: str) -> str:
    text = re.sub(r"[\\*_\[\]]", r"\\\g<0>", text)
    return re.sub(r"(https?)(?=://)", r"\1\\", text, flags=re.IGNORECASE)


@dataclass
class _Part:
    """A block's lines as typed, without their markers; `items` begin at these line numbers of a list."""

    kind: str
    lines: list[str]
    items: list[int]
    typed: list[str]


def _parts(lines: list[str]) -> list[_Part]:
    parts: list[_Part] = []
    apart = True
    for line in lines:
        if not line:
            apart = True
            continue
        kind, marker, text = _marker(line, parts[-1].kind if parts else "")
        if parts and _goes_on(parts[-1], kind, marker, apart):
            part = parts[-1]
        else:
            part = _Part(kind, [], [], [])
            parts.append(part)
        if kind in _LISTS:
            part.items.append(len(part.lines))
        part.lines.append(text)
        part.typed.append(line)
        apart = False
    return parts


def _marker(line: str, before: str) -> tuple[str, str, str]:
    """The line's kind, its marker and the rest. Only a list that has begun can go on with another number than 1."""
    for kind, pattern in _MARKERS.items():
        match = pattern.match(line)
        if match and (kind != "ordered_list" or before == kind or int(match["marker"][:-1]) == 1):
            return kind, match["marker"], line[match.end() :]
    return "paragraph", "", line


def _goes_on(part: _Part, kind: str, marker: str, apart: bool) -> bool:
    if kind == part.kind == "bullet_list":
        return True
    if kind == part.kind == "ordered_list":
        return not apart or int(marker[:-1]) != 1
    if kind == "paragraph":
        return not apart and part.kind in ("paragraph", *_LISTS)
    return not apart and kind == part.kind and kind in ("quote", "signature")


def _block(part: _Part) -> Block:
    kind, text = part.kind, part.lines[0]
    if kind == "heading":
        level = 2 if part.typed[0].startswith(("# ", "## ")) else 3
        return {"type": "heading", "attrs": {"level": level}, "content": _nodes([text])}
    if kind == "related":
        return _related(text)
    if kind in _LISTS:
        ends = [*part.items[1:], len(part.lines)]
        items = [part.lines[start:end] for start, end in zip(part.items, ends, strict=True)]
        return schema.list_of(kind, [_nodes(item) for item in items])
    if kind in ("quote", "signature") and any(part.lines):
        return _marked(kind, part.lines)
    return schema.paragraph(_nodes(part.typed))


def _marked(kind: str, lines: list[str]) -> Block:
    """A quote or signature; an empty line after the marker parts its paragraphs."""
    attrs: dict[str, str] = {}
    if kind == "quote" and _ATTRIBUTION.match(lines[-1]) and any(lines[:-1]):
        attrs = _attrs(lines[-1])
        lines = lines[:-1]
    groups = [list(group) for is_full, group in groupby(lines, bool) if is_full]
    content = schema.paragraphs(_nodes(group) for group in groups)
    return schema.quote(content, **attrs) if kind == "quote" else {"type": kind, "content": content}


def _attrs(line: str) -> dict[str, str]:
    """The fields of a quote's last line. What stands after the last field belongs to it."""
    names = list(QUOTE_LIMITS)
    fields: list[str] = []
    rest = line[1:]
    while len(fields) < len(names) - 1:
        match = _FIELD.match(rest)
        end = match.end() if match else 0
        fields.append(rest[:end])
        if end == len(rest):
            break
        rest = rest[end + 1 :]
    else:
        fields.append(rest)
    return {name: markup.unescaped(field.strip()) for name, field in zip(names, fields, strict=False)}


def _related(text: str) -> Block:
    match = _STORY.search(text)
    title = text[: match.start()] if match else text
    return schema.related(markup.unescaped(title.strip()), match["story"] if match else "")


def _nodes(lines: list[str]) -> list[inline.Node]:
    text = "\n".join("" if line == _EMPTY_LINE else line for line in lines)
    return markup.read(text, notation=True)[0]
