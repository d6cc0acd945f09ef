"""The marks inside a paragraph, as people type them: *emphasis*, **strong**, [words](address), bare addresses.

A mark is read only where it is certain: at the edges of words and closed again. Whatever is not stays as it was typed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from hearthpress.documents import inline
from hearthpress.documents.text import BARE_ADDRESS, bare_address, safe_address

# In notation, a backslash before one of these stands for the character itself ...
ESCAPABLE = r"\*_[](){}|#>-.:—•"
# ... and this stands for nothing at all: it parts a mark from the letter beside it.
NOTHING = r"\&"

_TYPED = re.compile(
    rf"(?P<link>\[(?P<words>[^\[\]]+)\]\((?P<href>[^\s()]+)\))|(?P<address>{BARE_ADDRESS})|(?P<stars>\*+|_+)|(?P<end>\n)",
    re.IGNORECASE,
)
_NOTATION = re.compile(
    rf"(?P<escape>\\[&{re.escape(ESCAPABLE)}])"
    r"|(?P<link>\[(?P<words>(?:\\.|[^\[\]\\\n])+)\]\((?P<href>(?:\\[()]|[^\s()\\])+)\))"
    rf"|(?P<address>{BARE_ADDRESS})|(?P<stars>\*+|_+)|(?P<end>\n)",
    re.IGNORECASE,
)
_ESCAPED = re.compile(rf"\\([&{re.escape(ESCAPABLE)}])")
_KINDS = {1: ("em",), 2: ("strong",), 3: ("strong", "em")}
_LENGTH = {"em": 1, "strong": 2}


@dataclass
class _Token:
    """Words, a line end ("\\n"), or a run of stars with the marks that it opens or closes (`paired`)."""

    text: str
    href: str = ""
    opens: bool = False
    closes: bool = False
    paired: set[str] = field(default_factory=set)
    is_stars: bool = False


def read(text: str, *, notation: bool = False) -> tuple[list[inline.Node], list[str]]:
    """The canonical nodes of a paragraph's text, and the markers that became structure."""
    tokens: list[_Token] = []
    markers: list[str] = []
    _lex(text, notation, "", tokens, markers)
    _pair(tokens)
    lines, taken = _lines(tokens)
    return inline.content(lines), [*markers, *taken]


def unescaped(text: str) -> str:
    """Notation's text without its backslashes."""
    return _ESCAPED.sub(lambda match: "" if match[1] == "&" else match[1], text)


def _lex(text: str, notation: bool, href: str, tokens: list[_Token], markers: list[str]) -> None:
    """Add the text's tokens; `href` is the link that all of it stands in."""
    done = 0
    for match in (_NOTATION if notation else _TYPED).finditer(text):
        tokens.append(_Token(text[done : match.start()], href))
        done = match.end()
        kind = match.lastgroup
        if kind == "stars":
            tokens.append(_stars(text, match, href))
        elif kind == "escape":
            tokens.append(_Token(unescaped(match[0]), href))
        elif kind == "address" and not href:
            tokens += _bare(match[0])
        elif kind == "link" and not href and _is_link(match, notation):
            target = unescaped(match["href"]) if notation else match["href"]
            _lex(match["words"], notation, target, tokens, markers)
            markers += ["[", f"]({match['href']})"]
        else:
            tokens.append(_Token(match[0], href))
    tokens.append(_Token(text[done:], href))


def _bare(typed: str) -> list[_Token]:
    """A bare address as a link and what follows it as words; all of it as words when it is no safe address."""
    address = bare_address(typed)
    return [_Token(address, address), _Token(typed[len(address) :])]


def _is_link(match: re.Match[str], notation: bool) -> bool:
    href = unescaped(match["href"]) if notation else match["href"]
    return safe_address(href) and bool(match["words"].strip())


def _stars(text: str, match: re.Match[str], href: str) -> _Token:
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    return _Token(
        match[0],
        href,
        opens=bool(after) and not after.isspace() and not before.isalnum(),
        closes=bool(before) and not before.isspace() and not after.isalnum(),
        is_stars=len(match[0]) in _KINDS,
    )


def _pair(tokens: list[_Token]) -> None:
    waiting: dict[tuple[str, str], _Token] = {}
    for token in tokens:
        if not token.is_stars:
            continue
        for kind in _KINDS[len(token.text)]:
            key = (token.text[0], kind)
            if token.closes and key in waiting:
                waiting.pop(key).paired.add(kind)
                token.paired.add(kind)
            elif token.opens:
                waiting[key] = token


def _lines(tokens: Iterable[_Token]) -> tuple[list[inline.Line], list[str]]:
    lines: list[inline.Line] = [[]]
    taken: list[str] = []
    active: set[tuple[str, str]] = set()
    for token in tokens:
        rest = token.text
        for kind in sorted(token.paired):
            active ^= {(token.text[0], kind)}
            taken.append(token.text[: _LENGTH[kind]])
            rest = rest[_LENGTH[kind] :]
        if rest == "\n":
            lines.append([])
        elif rest:
            marks = {kind for _, kind in active}
            lines[-1].append(inline.Run(rest, "em" in marks, "strong" in marks, token.href))
    return lines, taken
