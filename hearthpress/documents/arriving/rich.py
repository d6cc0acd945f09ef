"""Rich text as it is pasted from Word, Google Docs, LibreOffice and mail programs, read to a manuscript.

The elements are taken as they come, each with what it says about the words inside it. Their nesting is followed to a
depth that no writer reaches; beyond it words are still words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.arriving.arrived import Arrived, arrived
from hearthpress.documents.arriving.gathering import Gathering
from hearthpress.documents.arriving.styles import Style, read_style
from hearthpress.documents.arriving.tokens import Token, attributes_of, tokens
from hearthpress.documents.files import BadManuscript
from hearthpress.documents.inline import Run
from hearthpress.documents.source import to_source
from hearthpress.documents.text import safe_address

# Characters.
MAX_HTML = 10_000_000
_MAX_DEPTH = 100

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(_HEADINGS) | frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905  words in a row are easier to read
)
_LISTS = ("ul", "ol")
_CELLS = ("td", "th")
_EMPHASIS = ("em", "i", "cite", "dfn", "var")
_STRONG = ("strong", "b")
_STRUCK = ("s", "strike")
_PICTURES = ("img", "image", "v:imagedata", "svg", "canvas", "video", "object", "embed")
_VOID = frozenset("area base br col embed hr image img input link meta param source track v:imagedata wbr".split())  # noqa: SIM905  words in a row are easier to read
_NO_WORDS = ("xml", "svg", "template", "object", "video", "audio", "canvas", "rt", "rp", "del")
# Word's own parts of a page: its words are not the story's.
_OTHER_PARTS = {
    "header": told.HEADERS,
    "footer": told.HEADERS,
    "comment": told.COMMENTS,
    "comment-list": told.COMMENTS,
}
_NOTE_PARTS = ("footnote-list", "endnote-list")
_NOTE_NUMBERS = ("sdfootnoteanc", "sdfootnotesym", "sdendnoteanc", "sdendnotesym")
# Which open element ends where another begins, and where one stops looking for it.
_ENDED = {
    "li": (("li",), _LISTS),
    "tr": (("tr",), ("table",)),
    "td": (_CELLS, ("tr", "table")),
    "th": (_CELLS, ("tr", "table")),
}
_NUMBER = re.compile(r"\(?(?:(?P<number>\d{1,4})|[a-z]{1,5})[.)]", re.IGNORECASE)


class _Effect(NamedTuple):
    """What is true of words at one place. `to` is where they go: "text", "marker" (of a list), or "nothing"."""

    em: bool = False
    strong: bool = False
    href: str = ""
    is_struck: bool = False
    is_underlined: bool = False
    to: str = "text"


class _Open(NamedTuple):
    """An element that has not ended, what was true of the words around it, and the characters that end it."""

    name: str
    around: _Effect
    is_text: bool
    ending: str


class _Reader:
    def __init__(self) -> None:
        self.gathering = Gathering()
        self.open: list[_Open] = []
        self.effect = _Effect()
        self.is_word_list = False
        self.is_in_notes = False

    def read(self, html: str) -> None:
        for token in tokens(html):
            if not token.name:
                self._words(token.text)
            elif token.closes:
                self._close(token.name)
            else:
                self._begin(token)
        self._pop_to(0)

    def _words(self, text: str) -> None:
        effect = self.effect
        if effect.to == "marker":
            self._read_marker(text.strip())
        if effect.to != "text":
            return
        if text.strip():
            self._tell_marks(effect)
        parts = text.split("\n") if self._is_open("pre") else [text]
        for number, part in enumerate(parts):
            if number:
                self.gathering.end_line()
            self.gathering.add(Run(part, effect.em, effect.strong, effect.href))

    def _tell_marks(self, effect: _Effect) -> None:
        if effect.is_struck:
            self.gathering.losses.add(told.STRUCK)
        if effect.is_underlined and not effect.href:
            self.gathering.losses.add(told.UNDERLINED)

    def _read_marker(self, marker: str) -> None:
        match = _NUMBER.match(marker)
        if match and self.is_word_list:
            self.gathering.number_list(start=int(match["number"] or 1))

    def _begin(self, token: Token) -> None:
        name = token.name
        attributes = attributes_of(token.attributes) if "=" in token.attributes else {}
        style = read_style(attributes.get("style", ""))
        self._end_what_ends(name, style)
        if name in _PICTURES and self.effect.to == "text":
            self.gathering.losses.add(told.PICTURES)
        if name in _VOID:
            self._void(name)
        elif len(self.open) < _MAX_DEPTH:
            effect = self._effect_of(name, attributes, style)
            beginning, ending = _characters(name, attributes)
            self.open.append(_Open(name, self.effect, effect.to == "text", ending))
            self.effect = effect
            if effect.to == "text":
                self._enter(name, attributes, style)
                self._words(beginning)

    def _end_what_ends(self, name: str, style: Style) -> None:
        if name not in _BLOCKS:
            return
        self.gathering.end_paragraph()
        self._end_open(("p",), _BLOCKS)
        if name in _ENDED:
            self._end_open(*_ENDED[name])
        if self.is_word_list and not (name == "p" and _level(style)):
            self.is_word_list = False
            self.gathering.end_list()

    def _end_open(self, names: tuple[str, ...], until: tuple[str, ...] | frozenset[str]) -> None:
        for number in self._from_innermost():
            if self.open[number].name in names:
                self._pop_to(number)
                return
            if self.open[number].name in until:
                return

    def _void(self, name: str) -> None:
        if self.effect.to != "text":
            return
        if name == "br":
            self.gathering.end_line()
        elif name == "hr" and not self.is_in_notes:
            self.gathering.add_scene_break()

    def _effect_of(self, name: str, attributes: dict[str, str], style: Style) -> _Effect:
        em, strong = self.effect.em or name in _EMPHASIS, self.effect.strong or name in _STRONG
        return _Effect(
            em if style.em is None else style.em,
            strong if style.strong is None else style.strong,
            self._href(attributes) if name == "a" else self.effect.href,
            self.effect.is_struck or style.is_struck or name in _STRUCK,
            self.effect.is_underlined or style.is_underlined or name == "u",
            self._goal(name, attributes, style),
        )

    def _goal(self, name: str, attributes: dict[str, str], style: Style) -> str:
        if self.effect.to != "text":
            return self.effect.to
        if style.list_level == "ignore":
            return "marker"
        loss = _OTHER_PARTS.get(style.part, told.HIDDEN if style.is_hidden else "")
        if attributes.get("class", "").lower() == "msocomanchor":
            loss = told.COMMENTS
        if name in ("ins", "del"):
            self.gathering.losses.add(told.CHANGES)
        if loss:
            self.gathering.losses.add(loss)
        return "nothing" if loss or name in _NO_WORDS else "text"

    def _href(self, attributes: dict[str, str]) -> str:
        href = attributes.get("href", "").strip()
        if safe_address(href):
            return href
        if href and not href.startswith("#"):
            self.gathering.losses.add(told.LINKS)
        return ""

    def _enter(self, name: str, attributes: dict[str, str], style: Style) -> None:
        gathering = self.gathering
        if name in _LISTS:
            gathering.begin_list(is_ordered=name == "ol", start=_start(attributes))
        elif name == "li":
            gathering.begin_item()
        elif name == "p" and _level(style):
            self._enter_word_item(_level(style))
        elif name in ("table", "tr"):
            gathering.end_row()
        elif name in _CELLS:
            gathering.begin_cell()
        elif name == "blockquote":
            gathering.quotes += 1
        elif name in _HEADINGS:
            gathering.heading = _HEADINGS[name]
        elif style.part in _NOTE_PARTS or attributes.get("class") in _NOTE_NUMBERS:
            self.is_in_notes = self.is_in_notes or style.part in _NOTE_PARTS
            gathering.losses.add(told.NOTES)

    def _enter_word_item(self, level: str) -> None:
        """Begin an item of a list that Word wrote as paragraphs."""
        if self.gathering.is_in_row or (self.gathering.is_in_list and not self.is_word_list):
            return
        if not self.is_word_list:
            self.gathering.begin_list(is_ordered=False)
            self.is_word_list = True
        if level != "level1":
            self.gathering.losses.add(told.NESTED)
        self.gathering.begin_item()

    def _close(self, name: str) -> None:
        is_block = name in _BLOCKS
        if is_block and self.effect.to == "text":
            self.gathering.end_paragraph()
        is_across = False
        for number in self._from_innermost():
            if self.open[number].name == name:
                self._end_across(number) if is_across else self._pop_to(number)
                return
            is_across = is_across or (not is_block and self.open[number].name in _BLOCKS)

    def _end_across(self, number: int) -> None:
        """End an element inside which a block began that goes on: "<b>a<p>b</b> c</p>"."""
        ended = self.open.pop(number)
        marks = {name: getattr(ended.around, name) for name in _Effect._fields if name != "to"}
        self.open[number:] = [
            element._replace(around=element.around._replace(**marks)) for element in self.open[number:]
        ]
        self.effect = self.effect._replace(**marks)

    def _pop_to(self, length: int) -> None:
        while len(self.open) > length:
            ended = self.open.pop()
            if ended.is_text:
                self._words(ended.ending)
                self._leave(ended.name)
            self.effect = ended.around

    def _leave(self, name: str) -> None:
        gathering = self.gathering
        if name in _BLOCKS:
            gathering.end_paragraph()
        if name in _LISTS and not any(self._is_open(kind) for kind in _LISTS):
            gathering.end_list()
        elif name in ("table", "tr"):
            gathering.end_row()
        elif name == "blockquote":
            gathering.quotes -= 1
            if not gathering.quotes:
                gathering.end_quote()
        elif name in _HEADINGS:
            gathering.heading = 0

    def _from_innermost(self) -> Iterator[int]:
        return iter(range(len(self.open) - 1, -1, -1))

    def _is_open(self, name: str) -> bool:
        return any(element.name == name for element in self.open)


def read_html(html: str) -> Arrived:
    """The manuscript in rich text that was pasted. Raises BadManuscript for more than is read, and never else."""
    if len(html) > MAX_HTML:
        raise BadManuscript(told.PASTE_TOO_LARGE)
    reader = _Reader()
    reader.read(html)
    return arrived(to_source(reader.gathering.document()), reader.gathering.losses)


def _characters(name: str, attributes: dict[str, str]) -> tuple[str, str]:
    """What browsers show around the words of an element; LibreOffice raises the number of a note instead."""
    if name == "q":
        return "“", "”"
    return ("[", "] ") if attributes.get("class") in _NOTE_NUMBERS else ("", "")


def _level(style: Style) -> str:
    """The level ("level1") of the item that Word wrote as a paragraph, "" for any other paragraph."""
    return next((word for word in style.list_level.split() if word.startswith("level")), "")


def _start(attributes: dict[str, str]) -> int:
    start = attributes.get("start", "")
    return int(start) if re.fullmatch(r"[1-9]\d{0,3}", start) else 1
