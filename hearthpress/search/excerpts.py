"""The place in a story where the words were found, and <mark> around them."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from hearthpress.search.engines import BEGINS, ENDS

BEFORE = 60  # characters that lead up to the first word found
LENGTH = 240  # characters of an excerpt

Span = tuple[int, int]


def highlighted(marked: str) -> SafeString:
    """A whole text as HTML, with what was found in <mark>. Everything in it is escaped."""
    text, spans = spans_of(marked)
    return _as_html(text, spans, 0, len(text))


def excerpt(marked: str) -> SafeString:
    """The piece of a text in which most was found, as HTML; nothing when nothing was."""
    text, spans = spans_of(marked)
    if not spans:
        return SafeString()
    first = _richest(spans)
    begins = _word_begins(text, max(0, spans[first][0] - BEFORE))
    ends = _word_ends(text, begins + LENGTH)
    piece = _as_html(text, [span for span in spans if begins <= span[0] and span[1] <= ends], begins, ends)
    return format_html("{}{}{}", "… " if begins else "", piece, " …" if ends < len(text) else "")


def spans_of(marked: str) -> tuple[str, list[Span]]:
    """The text without its marks, and where they stood."""
    pieces: list[str] = []
    spans: list[Span] = []
    place = begun = 0
    for piece in marked.replace(BEGINS, f"\0{BEGINS}").replace(ENDS, f"\0{ENDS}").split("\0"):
        if piece.startswith(BEGINS):
            begun = place
        elif piece.startswith(ENDS):
            spans.append((begun, place))
        words = piece.lstrip(BEGINS + ENDS)
        pieces.append(words)
        place += len(words)
    return "".join(pieces), spans


def _richest(spans: list[Span]) -> int:
    """The first of the spans from which most others are within an excerpt."""
    best, most, ahead = 0, 0, 0
    for place, (begins, _) in enumerate(spans):
        while ahead < len(spans) and spans[ahead][1] <= begins + LENGTH - BEFORE:
            ahead += 1
        if ahead - place > most:
            best, most = place, ahead - place
    return best


def _word_begins(text: str, place: int) -> int:
    return text.find(" ", place) + 1 if place else 0


def _word_ends(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    return max(text.rfind(" ", 0, place), 0) or place


def _as_html(text: str, spans: list[Span], begins: int, ends: int) -> SafeString:
    html, place = SafeString(), begins
    for first, last in spans:
        html += conditional_escape(text[place:first]) + format_html("<mark>{}</mark>", text[first:last])
        place = last
    return html + conditional_escape(text[place:ends])
