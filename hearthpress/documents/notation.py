r"""A document as plain text that an editor can type over, and back: from_notation(to_notation(d)) == check(d).

    A paragraph, with *emphasis*, **strong words** and [a link](https://www.example.com/).
    The next line of the same paragraph.

    ## A heading                       (### for a smaller one)

    - an item                          (1. for a numbered list)

    > Words said elsewhere.
    >
    > — speaker | source | date | permalink | permission

    RELATED: The title {key of the story}

    PICTURE: its hash | what it shows | caption | credit

    * * *                              (between two scenes)

    GENTLE: what the passage speaks of

    Blocks that readers can skip, any but a related line and the closing note.

    GENTLE END

    -- The magazine
    --
    -- A closing note.

A backslash takes a marker's meaning away; alone on a line it is an empty line inside a paragraph. "\&" stands for
nothing, and parts a mark from the letter beside it. Whatever is no notation is words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from hearthpress.documents import inline, markup, schema
from hearthpress.documents.schema import FIGURE_LIMITS, QUOTE_LIMITS, BadDocument, Block, Document
from hearthpress.documents.text import bare_address, clean

_EMPTY_LINE = "\\"
_STARTS = re.compile(r"(?=#{1,6}\s|>(?:\s|$)|[-•]\s|--(?:\s|$))")
_NUMBERED = re.compile(r"\d{1,9}(?=[.)]\s)")
# In capitals only: a story may well begin a line with "Picture: " or "Gentle: ".
_LABELLED = re.compile(r"(?i:related)(?=:)|PICTURE(?=:)|GENTLE(?=:)")
_GENTLE_END = "GENTLE END"

_MARKERS = {
    "scene_break": re.compile(r"(?P<marker>\*(?:\s*\*){2,})$"),
    "figure": re.compile(r"(?P<marker>PICTURE:)\s*"),
    "gentle": re.compile(r"(?P<marker>GENTLE:)\s*"),
    "gentle_end": re.compile(rf"(?P<marker>{_GENTLE_END})$"),
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
    return _blocks_text(schema.check(document)["content"])


def from_notation(text: str) -> Document:
    """The checked document that the text says.

    Raises BadDocument where the words after a marker cannot be kept (a permalink that is no address, a title too long),
    and where a passage that can be skipped does not begin or end.
    """
    lines = [line.strip() for line in clean(text).split("\n")]
    return schema.check({"type": "doc", "content": list(_blocks(_parts(lines)))})


def _blocks_text(blocks: Iterable[Block]) -> str:
    return "\n\n".join(map(_block_text, blocks))


def _block_text(block: Block) -> str:
    kind = block["type"]
    return _TEXTS[kind](block) if kind in _TEXTS else "\n".join(_written(block))


def _heading_text(block: Block) -> str:
    return f"{'#' * block['attrs']['level']} {_written(block)[0]}"


def _list_text(block: Block) -> str:
    return "\n".join(_item_text(block["type"], number, item) for number, item in enumerate(block["content"], 1))


def _related_text(block: Block) -> str:
    story = block["attrs"]["story"]
    title = re.sub(r"[\\{}]", r"\\\g<0>", block["attrs"]["title"])
    return f"RELATED: {title}" + (f" {{{story}}}" if story else "")


def _gentle_text(block: Block) -> str:
    begin = f"GENTLE: {block['attrs']['says']}".rstrip()
    return f"{begin}\n\n{_blocks_text(block['content'])}\n\n{_GENTLE_END}"


_TEXTS: dict[str, Callable[[Block], str]] = {
    "heading": _heading_text,
    "bullet_list": _list_text,
    "ordered_list": _list_text,
    "quote": lambda block: _under(">", block, _attribution(block)),
    "signature": lambda block: _under("--", block, ""),
    "related": _related_text,
    "figure": lambda block: f"PICTURE: {_fields_text(block, FIGURE_LIMITS)}",
    "scene_break": lambda _block: "* * *",
    "gentle": _gentle_text,
}


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
    fields = _fields_text(block, QUOTE_LIMITS)
    return f"— {fields}" if fields else ""


def _fields_text(block: Block, names: Iterable[str]) -> str:
    """These attributes on one line; those at its end that are empty are left out."""
    fields = [re.sub(r"[\\|]", r"\\\g<0>", block["attrs"][name]) for name in names]
    while fields and not fields[-1]:
        fields.pop()
    return " | ".join(fields)


def _not_attribution(line: str) -> str:
    return f"\\{line}" if _ATTRIBUTION.match(line) else line


def _written(block: Block) -> list[str]:
    """The lines of a paragraph or heading, none of which looks like a marker."""
    return [_plain_start(_line_text(line)) or _EMPTY_LINE for line in inline.lines(block["content"])]


def _plain_start(line: str) -> str:
    if line == _GENTLE_END:
        return line.replace(" ", f"{markup.NOTHING} ")
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


def _blocks(parts: Iterable[_Part]) -> Iterator[Block]:
    """The blocks, those between the two lines about a passage that can be skipped within it."""
    passage: Block | None = None
    for part in parts:
        if part.kind == "gentle":
            if passage is not None:
                raise BadDocument("Inside a passage that can be skipped another one begins: its GENTLE END is missing.")
            passage = schema.gentle([], part.lines[0])
        elif part.kind == "gentle_end":
            if passage is None:
                raise BadDocument("Before GENTLE END no passage that can be skipped begins with GENTLE:.")
            yield passage
            passage = None
        elif passage is not None:
            passage["content"].append(_block(part))
        else:
            yield _block(part)
    if passage is not None:
        raise BadDocument("A passage that can be skipped begins and does not end: its GENTLE END is missing.")


def _block(part: _Part) -> Block:
    if part.kind in _READ and any(part.lines):
        return _READ[part.kind](part)
    return schema.scene_break() if part.kind == "scene_break" else schema.paragraph(_nodes(part.typed))


def _heading(part: _Part) -> Block:
    level = 2 if part.typed[0].startswith(("# ", "## ")) else 3
    return {"type": "heading", "attrs": {"level": level}, "content": _nodes(part.lines)}


def _list(part: _Part) -> Block:
    ends = [*part.items[1:], len(part.lines)]
    items = [part.lines[start:end] for start, end in zip(part.items, ends, strict=True)]
    return schema.list_of(part.kind, [_nodes(item) for item in items])


def _marked(part: _Part) -> Block:
    """A quote or signature; an empty line after the marker parts its paragraphs."""
    kind, lines = part.kind, part.lines
    attrs: dict[str, str] = {}
    if kind == "quote" and _ATTRIBUTION.match(lines[-1]) and any(lines[:-1]):
        attrs = _fields(lines[-1][1:], QUOTE_LIMITS)
        lines = lines[:-1]
    groups = [list(group) for is_full, group in groupby(lines, bool) if is_full]
    content = schema.paragraphs(_nodes(group) for group in groups)
    return schema.quote(content, **attrs) if kind == "quote" else {"type": kind, "content": content}


def _fields(rest: str, limits: Iterable[str]) -> dict[str, str]:
    """The fields of a line by their names. What stands after the last field belongs to it."""
    names = list(limits)
    fields: list[str] = []
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


def _related(part: _Part) -> Block:
    text = part.lines[0]
    match = _STORY.search(text)
    title = text[: match.start()] if match else text
    return schema.related(markup.unescaped(title.strip()), match["story"] if match else "")


def _figure(part: _Part) -> Block:
    return schema.figure(**_fields(part.lines[0], FIGURE_LIMITS))


# How a part with words behind its markers is read; any other is a paragraph of what was typed.
_READ: dict[str, Callable[[_Part], Block]] = {
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "quote": _marked,
    "signature": _marked,
    "related": _related,
    "figure": _figure,
}


def _nodes(lines: list[str]) -> list[inline.Node]:
    text = "\n".join("" if line == _EMPTY_LINE else line for line in lines)
    return markup.read(text, notation=True)[0]
