"""Word's .docx files.

mammoth makes HTML of them. It never sees the file that was sent: only a package made here, of the few parts that hold
words, without pictures, macros, linked files or instructions for mammoth itself, so that there is nothing that it
could open.
"""

import io
import re
import zipfile
from xml.etree.ElementTree import Element, tostring

import mammoth

from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.arriving.arrived import Arrived, arrived
from hearthpress.documents.arriving.package import Package
from hearthpress.documents.arriving.rich import read_html
from hearthpress.documents.arriving.wordxml import ITEM, Simplified, words_of
from hearthpress.documents.files import BadManuscript

_MAIN = re.compile(r"word/document\d*\.xml")
_WITH_WORDS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
_AS_THEY_ARE = re.compile(r"word/(?:styles|numbering)\d*\.xml")
_RELATIONS = re.compile(r"(?:word/)?_rels/[^/]*\.rels")
_RELATED = ("hyperlink", "officeDocument", "styles", "numbering", "footnotes", "endnotes")
_AROUND_PAGES = re.compile(r"word/(?:header|footer)\d*\.xml")

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
r[style-name='Emphasis'] => em
r[style-name='Intense Emphasis'] => em
u => u
"""
_PREFIX = "arrived-"
_FIRST_ITEM = re.compile(rf'<ol><li><a id="{_PREFIX}{ITEM}(\d+)"></a>')
# mammoth writes the notes as a list at the very end, each with a link back to where it was called.
_NOTES = f'<ol><li id="{_PREFIX}'
_NOTE = re.compile(rf'<li id="{_PREFIX}(?:foot|end)note-[^"]*">(?:<p>)?')
_BACK = re.compile(rf' ?<a href="#{_PREFIX}(?:foot|end)note-ref-[^"]*">↑</a>')
_FAILURES = (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


def is_word(package: Package) -> bool:
    """Whether the archive is a .docx or .docm file."""
    return any(_MAIN.fullmatch(name) for name in package.names)


def read_word(package: Package) -> Arrived:
    """The manuscript in a .docx file. Raises BadManuscript."""
    simplified = Simplified()
    html = _html(_plain_package(package, simplified))
    read = read_html(_with_numbered_notes(_with_numbered_lists(html)))
    return arrived(read.source, [*read.losses, *simplified.losses, *_left_out(package)])


def _plain_package(package: Package, simplified: Simplified) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(package.names):
            root = _plain_part(package, name, simplified)
            if root is not None:
                archive.writestr(name, tostring(root))
    return made.getvalue()


def _plain_part(package: Package, name: str, simplified: Simplified) -> Element | None:
    """What mammoth gets of a part; None for a part that it does not need."""
    if not (_WITH_WORDS.fullmatch(name) or _AS_THEY_ARE.fullmatch(name) or _RELATIONS.fullmatch(name)):
        return None
    root = package.part(name)
    if root is None or _AS_THEY_ARE.fullmatch(name):
        return root
    return _plain_relations(root) if _RELATIONS.fullmatch(name) else simplified.part(root)


def _plain_relations(root: Element) -> Element:
    """The relations to the parts that are kept, and the links that the text has."""
    plain = Element(root.tag)
    plain.extend(relation for relation in root if relation.get("Type", "").rpartition("/")[2] in _RELATED)
    return plain


def _html(package: bytes) -> str:
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(package),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            id_prefix=_PREFIX,
        )
    except _FAILURES as error:
        raise BadManuscript(told.DAMAGED) from error
    return str(result.value)


def _with_numbered_lists(html: str) -> str:
    return _FIRST_ITEM.sub(r'<ol start="\1"><li>', html)


def _with_numbered_notes(html: str) -> str:
    """The notes at the end as paragraphs that begin with the number at which they are called: "[1] The note"."""
    text, begins, notes = html.rpartition(_NOTES)
    if not begins:
        return html
    first, *others = _NOTE.split(f'<li id="{_PREFIX}{notes}')[1:]
    numbered = "".join(f"<p>[{number}] {note}" for number, note in enumerate([first, *others], 1))
    return text + _BACK.sub("", numbered)


def _left_out(package: Package) -> set[str]:
    losses = set()
    around = (package.part(name) for name in package.names if _AROUND_PAGES.fullmatch(name))
    if any(root is not None and re.search(r"[^\W\d_]", words_of(root)) for root in around):
        losses.add(told.HEADERS)
    if any(name.endswith("vbaProject.bin") for name in package.names):
        losses.add(told.MACROS)
    return losses
