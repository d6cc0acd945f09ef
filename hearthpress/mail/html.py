"""A mail that has no text but HTML, read as text."""

from hearthpress.documents.arriving.rich import read_html
from hearthpress.documents.files import BadManuscript

MAX_HTML = 1_000_000  # characters


def html_to_text(html: str) -> str:
    """The words of the HTML as a manuscript's source, so that what it quotes is marked; "" of what cannot be read."""
    try:
        return read_html(html[:MAX_HTML]).source
    except BadManuscript:
        return ""
