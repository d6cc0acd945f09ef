"""The XML of a .docx file brought down to words, paragraphs, lists, tables and notes before mammoth reads it.

mammoth leaves out the words of elements that it does not know (fields, formulas, text boxes of newer versions of Word)
and accepts tracked changes without a word. Here such elements are opened, and what is left out is told.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.files import BadManuscript

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_R = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"

_XMLNS = {_STRICT: _W, _STRICT_R: _R}
_KEPT = frozenset(
    f"{_W}{name}"
    for name in """document body p r t tbl tr tc hyperlink tab br noBreakHyphen softHyphen sym fldChar instrText
    footnotes footnote endnotes endnote footnoteReference endnoteReference""".split()  # noqa: SIM905  words in a row are easier to read
)
_PROPERTIES = {
    f"{_W}{name}": frozenset(f"{_W}{kept}" for kept in within.split())
    for name, within in {
        "pPr": "pStyle numPr ilvl numId rPr del",
        "rPr": "rStyle b i u strike del",
        "tcPr": "gridSpan vMerge",
        "trPr": "del tblHeader",
    }.items()
}
_CHANGED = (f"{_W}ins", f"{_W}del", f"{_W}moveTo", f"{_W}moveFrom")
_LEFT_OUT = frozenset(
    f"{_W}{name}"
    for name in """del moveFrom tblPr tblGrid sectPr sdtPr sdtEndPr rubyPr rt fldData ffData delText delInstrText
    commentReference annotationRef separator continuationSeparator footnoteRef endnoteRef""".split()  # noqa: SIM905  words in a row are easier to read
)
_RENAMED = {f"{_W}cr": f"{_W}br", f"{_W}ptab": f"{_W}tab"}
_DRAWN = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
_BOX = f"{_W}txbxContent"
_PICTURES = ("}blip", "}imagedata", "}chart")
# Word's own horizontal line, which parts two scenes.
_OFFICE_RULE = "{urn:schemas-microsoft-com:office:office}hr"
_SCENE_BREAK = "* * *"
_ATTRIBUTES = frozenset(f"{_W}{name}" for name in ("val", "id", "anchor", "fldCharType", "font", "char", "type")) | {
    f"{_R}id"
}
# The name of the bookmark in a list's item, before the number that the item has.
ITEM = "item-"
_OFF = ("0", "false", "off")


@dataclass
class Simplified:
    """Makes the plain form of a part, and notes what of it is left out."""

    losses: set[str] = field(default_factory=set)
    _counts: Counter[str] = field(default_factory=Counter)

    def part(self, root: Element) -> Element:
        """A new tree of what mammoth is to read. Raises BadManuscript for what is no part of a .docx file."""
        for element in root.iter():
            element.tag = _transitional(element.tag)
            for name in [name for name in element.attrib if _transitional(name) != name]:
                element.set(_transitional(name), element.attrib.pop(name))
        plain = next(self._read(root), None)
        if plain is None:
            raise BadManuscript(told.DAMAGED)
        return plain

    def _read(self, element: Element) -> Iterator[Element]:
        """What stands for the element: nothing, itself, or what is inside it."""
        tag = element.tag
        self._tell(element)
        if tag in _PROPERTIES:
            yield _properties(element)
        elif tag in _LEFT_OUT or (tag == f"{_W}r" and self._is_hidden(element)):
            return
        elif tag == f"{_COMPATIBILITY}AlternateContent":
            yield from self._one_of(element)
        elif tag in _DRAWN:
            yield from self._drawn(element)
        elif tag == f"{_MATH}oMath":
            yield _run_of(element)
        elif tag in _RENAMED:
            yield Element(_RENAMED[tag])
        elif tag in _KEPT:
            yield self._kept(element)
        else:
            yield from self._inside(element)

    def _kept(self, element: Element) -> Element:
        kept = Element(element.tag, {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES})
        if element.tag == f"{_W}br":
            # A page's end is a line's end: mammoth would join the words before and after it.
            kept.attrib.clear()
        kept.text = element.text
        kept.extend(self._inside(element))
        if element.tag == f"{_W}p":
            self._count(kept)
        return kept

    def _count(self, paragraph: Element) -> None:
        """Mark a list's item with its number: mammoth begins at 1 again after each paragraph that is no item."""
        properties = paragraph.find(f"{_W}pPr")
        numbered = properties.find(f"{_W}numPr") if properties is not None else None
        if properties is None or numbered is None or _value(numbered, "ilvl") not in ("", "0"):
            return
        key = _value(numbered, "numId")
        self._counts[key] += 1
        paragraph.insert(1, Element(f"{_W}bookmarkStart", {f"{_W}name": f"{ITEM}{self._counts[key]}"}))

    def _inside(self, element: Element) -> Iterator[Element]:
        for child in element:
            yield from self._read(child)

    def _one_of(self, element: Element) -> Iterator[Element]:
        """Of forms for newer and older programs the first with a text box, or the last."""
        forms = list(element)
        with_box = (form for form in forms if next(form.iter(_BOX), None) is not None)
        for form in [next(with_box, forms[-1])] if forms else []:
            yield from self._inside(form)

    def _drawn(self, element: Element) -> Iterator[Element]:
        """The text boxes in a drawing; what else is in it is a picture."""
        boxes = list(_boxes(element))
        if any(_OFFICE_RULE in child.attrib for child in element.iter()):
            yield _words(_SCENE_BREAK)
        elif not boxes or any(child.tag.endswith(_PICTURES) for child in element.iter()):
            self.losses.add(told.PICTURES)
        for box in boxes:
            picture = Element(f"{_W}pict")
            SubElement(SubElement(picture, f"{_VML}textbox"), _BOX).extend(self._inside(box))
            yield picture

    def _tell(self, element: Element) -> None:
        within = element.iter() if element.tag in _PROPERTIES else (element,)
        if any(child.tag in _CHANGED for child in within):
            self.losses.add(told.CHANGES)
        elif element.tag == f"{_W}commentReference":
            self.losses.add(told.COMMENTS)
        elif element.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            self.losses.add(told.NOTES)

    def _is_hidden(self, run: Element) -> bool:
        hidden = run.find(f"{_W}rPr/{_W}vanish")
        is_hidden = hidden is not None and hidden.get(f"{_W}val") not in _OFF
        if is_hidden and words_of(run).strip():
            self.losses.add(told.HIDDEN)
        return is_hidden


def words_of(root: Element) -> str:
    """All words in a part, one after another."""
    return "".join(element.text or "" for element in root.iter() if _transitional(element.tag) == f"{_W}t")


def _properties(element: Element) -> Element:
    within = _PROPERTIES[element.tag]
    kept = Element(element.tag)
    for child in element:
        if child.tag in within:
            kept.append(_properties(child) if child.tag in _PROPERTIES else _copied(child))
    return kept


def _value(properties: Element, name: str) -> str:
    found = properties.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _copied(element: Element) -> Element:
    copied = Element(element.tag, element.attrib)
    copied.extend(_copied(child) for child in element)
    return copied


def _run_of(formula: Element) -> Element:
    run = Element(f"{_W}r")
    run.append(_words("".join(element.text or "" for element in formula.iter(f"{_MATH}t"))))
    return run


def _words(text: str) -> Element:
    element = Element(f"{_W}t")
    element.text = text
    return element


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing; one inside another comes with it."""
    for child in element:
        if child.tag == _BOX:
            yield child
        else:
            yield from _boxes(child)


def _transitional(name: str) -> str:
    """The name in the namespace that nearly all files use; Word's “Strict” form differs in nothing else here."""
    for strict, usual in _XMLNS.items():
        if name.startswith(strict):
            return usual + name.removeprefix(strict)
    return name
