"""The styles of an OpenDocument text, as far as they say something about words."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

_NAMED, _BY_HAND = f"{_OFFICE}styles", f"{_OFFICE}automatic-styles"
_NUMBERS = f"{_TEXT}list-level-style-number"
_QUOTES = ("quotations", "quote", "intense quote", "block text")
_TITLES = ("title",)
# A style is made from another, and that again; a circle ends here too.
_MAX_PARENTS = 20
_NO_LINE = ("none", "")


class Styles:
    """The styles in the parts of a file, by their names."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._named: set[str] = set()
        self._numbered: set[str] = set()
        for root in roots:
            for element in root.iter() if root is not None else ():
                if element.tag in (_NAMED, _BY_HAND):
                    self._take(element)

    def css(self, name: str) -> str:
        """What the style does to words, as CSS; "" where it does nothing.

        Of a paragraph's style only what its writer did by hand counts: a title is bold by its nature.
        """
        said: dict[str, str] = {}
        for style in self._line_of(name):
            if style.get(f"{_STYLE}family") == "paragraph" and style.get(f"{_STYLE}name") in self._named:
                break
            properties = style.find(f"{_STYLE}text-properties")
            for key, value in _declarations(properties) if properties is not None else ():
                said.setdefault(key, value)
        return escape(";".join(f"{key}:{value}" for key, value in said.items()))

    def is_quote(self, name: str) -> bool:
        return any(_shown_name(style) in _QUOTES for style in self._line_of(name))

    def is_title(self, name: str) -> bool:
        return any(_shown_name(style) in _TITLES for style in self._line_of(name))

    def is_numbered(self, name: str) -> bool:
        """Whether the list style of this name counts its items."""
        return name in self._numbered

    def _take(self, styles: Element) -> None:
        for element in styles:
            name = element.get(f"{_STYLE}name", "")
            if element.tag == f"{_STYLE}style":
                self._styles.setdefault(name, element)
                self._named |= {name} if styles.tag == _NAMED else set()
            elif element.tag == f"{_TEXT}list-style" and element[:1] and element[0].tag == _NUMBERS:
                self._numbered.add(name)

    def _line_of(self, name: str) -> Iterator[Element]:
        """The style and those that it is made from."""
        for _ in range(_MAX_PARENTS):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.get(f"{_STYLE}parent-style-name", "")


def _declarations(properties: Element) -> Iterator[tuple[str, str]]:
    for name in ("font-style", "font-weight"):
        if f"{_FO}{name}" in properties.attrib:
            yield name, properties.get(f"{_FO}{name}", "")
    lines = [
        css
        for css, name in (("line-through", "text-line-through-style"), ("underline", "text-underline-style"))
        if properties.get(f"{_STYLE}{name}", "") not in _NO_LINE
    ]
    if lines:
        yield "text-decoration", " ".join(lines)
    if properties.get(f"{_TEXT}display") == "none":
        yield "display", "none"


def _shown_name(style: Element) -> str:
    name = style.get(f"{_STYLE}display-name", "") or style.get(f"{_STYLE}name", "")
    return name.replace("_20_", " ").lower()
