"""OpenDocument text (.odt), as LibreOffice and Google Docs save it: its XML written as HTML, and read as that."""

import re
from collections.abc import Callable, Iterator
from html import escape
from xml.etree.ElementTree import Element

from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.arriving.arrived import DAMAGED, LOCKED, Arrived, arrived
from hearthpress.documents.arriving.odtstyles import Styles
from hearthpress.documents.arriving.package import Package
from hearthpress.documents.arriving.rich import read_html
from hearthpress.documents.files import BadManuscript

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"

_KIND = b"application/vnd.oasis.opendocument.text"
_MACROS = ("Basic/", "Scripts/")
# What stands here is not the story's.
_LEFT_OUT = {
    f"{_TEXT}tracked-changes": told.CHANGES,
    f"{_OFFICE}annotation": told.COMMENTS,
    f"{_TEXT}hidden-text": told.HIDDEN,
    f"{_TEXT}hidden-paragraph": told.HIDDEN,
    f"{_DRAW}image": told.PICTURES,
    f"{_DRAW}object": told.PICTURES,
    f"{_DRAW}object-ole": told.PICTURES,
    f"{_DRAW}plugin": told.PICTURES,
    f"{_SVG}title": told.PICTURES,
    f"{_SVG}desc": told.PICTURES,
    f"{_TEXT}ruby-text": "",
    f"{_TEXT}script": "",
    f"{_OFFICE}forms": "",
    f"{_TABLE}covered-table-cell": "",
}
_ELEMENTS = {f"{_TABLE}table": "table", f"{_TABLE}table-row": "tr", f"{_TABLE}table-cell": "td"}
_ITEMS = (f"{_TEXT}list-item", f"{_TEXT}list-header")
_GOES_ON = ("continue-numbering", "continue-list")
# How a table of contents is to be made, beside the table itself.
_TEMPLATES = "-source"
# Each paragraph says for itself that it is a quote.
_BETWEEN_QUOTES = re.compile(r"</blockquote>\s*<blockquote>")
_AROUND_PAGES = tuple(
    f"{_STYLE}{name}" for name in ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
)
_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "<br>"}


class _Writer:
    """Writes the elements as HTML. Notes and text boxes are put by until their place comes."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.losses: set[str] = set()
        self.notes: list[str] = []
        self.boxes: list[str] = []
        self.counts: dict[str, int] = {}

    def inside(self, element: Element) -> str:
        """The element's words and what its elements become."""
        parts = [escape(element.text or "")]
        for child in element:
            parts += [self.read(child), escape(child.tail or "")]
        return "".join(parts)

    def read(self, element: Element) -> str:
        tag = element.tag
        if tag in _LEFT_OUT or tag.endswith(_TEMPLATES):
            self.losses.add(_LEFT_OUT.get(tag, ""))
            return ""
        if tag in _SPACES:
            return _SPACES[tag]
        if tag in _ELEMENTS:
            return f"<{_ELEMENTS[tag]}>{self.inside(element)}</{_ELEMENTS[tag]}>"
        write = _WRITERS.get(tag)
        return write(self, element) if write else self.inside(element)

    def paragraph(self, element: Element) -> str:
        style = element.get(f"{_TEXT}style-name", "")
        name = "h1" if self.styles.is_title(style) else "p"
        words = f"<{name}>{self._styled(style, self.inside(element))}</{name}>"
        return self._with_boxes(f"<blockquote>{words}</blockquote>" if self.styles.is_quote(style) else words)

    def heading(self, element: Element) -> str:
        level = element.get(f"{_TEXT}outline-level", "1")
        name = f"h{level}" if re.fullmatch("[1-6]", level) else "h6"
        return self._with_boxes(f"<{name}>{self.inside(element)}</{name}>")

    def span(self, element: Element) -> str:
        return self._styled(element.get(f"{_TEXT}style-name", ""), self.inside(element))

    def link(self, element: Element) -> str:
        return f'<a href="{escape(element.get(f"{_XLINK}href", ""))}">{self.inside(element)}</a>'

    def list(self, element: Element) -> str:
        """A list. Numbered headings are kept in one too, but make none."""
        items = [child for child in element if child.tag in _ITEMS]
        if any(child.tag == f"{_TEXT}h" for item in items for child in item):
            return "".join(self.inside(item) for item in items)
        written = "".join(f"<li>{self.inside(item)}</li>" for item in items)
        style = element.get(f"{_TEXT}style-name", "")
        return self._numbered(element, style, written) if self.styles.is_numbered(style) else f"<ul>{written}</ul>"

    def note(self, element: Element) -> str:
        """The number where the note is called; the note itself comes at the end."""
        self.losses.add(told.NOTES)
        self.notes.append("")
        number = len(self.notes)
        body = element.find(f"{_TEXT}note-body")
        words = self.inside(body) if body is not None else ""
        self.notes[number - 1] = re.sub(r"^\s*(?:<p>)?", f"<p>[{number}] ", words)
        return f"[{number}]"

    def box(self, element: Element) -> str:
        """Nothing in the paragraph itself: the box comes after it."""
        words = self.inside(element)
        self.boxes.append(words)
        return ""

    def document(self, body: Element) -> str:
        words = self._with_boxes(self.inside(body))
        return _BETWEEN_QUOTES.sub("", words) + "".join(self.notes)

    def _with_boxes(self, words: str) -> str:
        boxes, self.boxes = self.boxes, []
        return "".join([words, *boxes])

    def _styled(self, style: str, words: str) -> str:
        css = self.styles.css(style)
        return f'<span style="{css}">{words}</span>' if css else words

    def _numbered(self, element: Element, style: str, written: str) -> str:
        """A numbered list, which may go on from where the last one of its style ended."""
        goes_on = any(element.get(f"{_TEXT}{name}", "false") != "false" for name in _GOES_ON)
        start = self.counts.get(style, 0) + 1 if goes_on else 1
        self.counts[style] = start - 1 + sum(child.tag == _ITEMS[0] for child in element)
        return f'<ol start="{start}">{written}</ol>'


_WRITERS: dict[str, Callable[[_Writer, Element], str]] = {
    f"{_TEXT}p": _Writer.paragraph,
    f"{_TEXT}h": _Writer.heading,
    f"{_TEXT}span": _Writer.span,
    f"{_TEXT}a": _Writer.link,
    f"{_TEXT}list": _Writer.list,
    f"{_TEXT}note": _Writer.note,
    **{f"{_DRAW}{name}": _Writer.box for name in ("text-box", "custom-shape", "rect", "ellipse", "caption")},
}


def is_opendocument(package: Package) -> bool:
    """Whether the archive is an OpenDocument text or a template of one."""
    return "mimetype" in package.names and package.read("mimetype").startswith(_KIND)


def read_opendocument(package: Package) -> Arrived:
    """The manuscript in an .odt file. Raises BadManuscript."""
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and any(element.tag.endswith("}encryption-data") for element in manifest.iter()):
        raise BadManuscript(LOCKED)
    content, styles = package.part("content.xml"), package.part("styles.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise BadManuscript(DAMAGED)
    writer = _Writer(Styles(content, styles))
    read = read_html(writer.document(body))
    return arrived(read.source, [*read.losses, *writer.losses, *_left_out(package, styles)])


def _left_out(package: Package, styles: Element | None) -> Iterator[str]:
    around = styles.iter() if styles is not None else ()
    if any(element.tag in _AROUND_PAGES and re.search(r"[^\W\d_]", "".join(element.itertext())) for element in around):
        yield told.HEADERS
    if any(name.startswith(_MACROS) for name in package.names):
        yield told.MACROS
