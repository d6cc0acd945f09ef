"""What is new in a mail, and what it only quotes. The rules err on the side of keeping: all of the text is kept too."""

import re
from collections.abc import Sequence

SIGNATURE = "-- "  # RFC 3676, 4.3
MAX_ATTRIBUTION, MAX_ATTRIBUTION_LENGTH = 3, 400  # lines, characters

MAX_BLANK = 2  # lines between it and the quote

# "On Tuesday Ada wrote:", as the programs of many countries say it; they break it in the middle where it is long.
_BEGINS = re.compile(r"(?:On|Am|Le|El|Em|Il|Op|Den|På|W dniu|Dnia)\s", re.IGNORECASE)
_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|écrit|escribió|escreveu|scritto|schreef|skrev|napisał|kirjoitti)\b"
    r"|<[^<>\s]+@[^<>\s]+>",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"\s*(?:-{2,}|_{2,})\s*(?:original message|forwarded message|original appointment|ursprüngliche nachricht|"
    r"weitergeleitete nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht)"
    r"\s*(?:-{2,}|_{2,})\s*",
    re.IGNORECASE,
)
# Outlook writes no quotation marks but the head of the mail that is answered.
_FROM = re.compile(r"\**(?:From|Von|De|Van|Da|Från|Fra)\s?:\**\s.*", re.IGNORECASE)
_SENT = re.compile(
    r"\**(?:Sent|Date|Gesendet|Envoyé|Enviado|Verzonden|Inviato|Skickat|Sendt)\s?:\**\s.*", re.IGNORECASE
)
_RULE = re.compile(r"_{10,}")


def new_words(text: str) -> str:
    """The text without quoted lines, what introduces them, the mail below that is answered, and the signature."""
    kept: list[str] = []
    was_quoted = False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line == SIGNATURE or _ends_here(lines, number):
            break
        is_quoted = line.startswith(">") and not line.startswith(">From ")  # that mark is a mail file's
        if is_quoted and not was_quoted:
            _drop_attribution(kept)
        if not is_quoted:
            kept.append(line)
        was_quoted = is_quoted
    return "\n".join(kept).strip()


def _ends_here(lines: Sequence[str], number: int) -> bool:
    """Whether the mail that is answered stands below, as a whole."""
    line = lines[number]
    if _ORIGINAL.fullmatch(line):
        return True
    after = [following for following in lines[number + 1 : number + 3] if following.strip()]
    if _RULE.fullmatch(line.strip()):
        return bool(after) and _FROM.fullmatch(after[0]) is not None
    return bool(after) and _FROM.fullmatch(line) is not None and _SENT.fullmatch(after[0]) is not None


def _drop_attribution(kept: list[str]) -> None:
    """Take the line that introduces a quote off the end of `kept`, with the lines above in which it begins."""
    end = len(kept)
    for _ in range(MAX_BLANK):
        if end and not kept[end - 1].strip():
            end -= 1
    if not end or not _introduces(kept[end - 1].strip()):
        return
    first = end - 1
    for start in range(end - 1, max(-1, end - 1 - MAX_ATTRIBUTION), -1):
        if not kept[start].strip():
            break
        if _BEGINS.match(kept[start]):
            first = start
            break
    del kept[first:]


def _introduces(line: str) -> bool:
    return len(line) <= MAX_ATTRIBUTION_LENGTH and line.endswith(":") and _WROTE.search(line) is not None


def unflowed(text: str, *, delete_space: bool) -> str:
    """Lines that a mail program broke are put together again (RFC 3676, 4.2), within one depth of quotation."""
    paragraphs: list[tuple[int, list[str]]] = []
    flows = False
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")  # a space put there so that the line begins with no other mark
        if not (flows and paragraphs[-1][0] == depth and words != SIGNATURE):
            paragraphs.append((depth, []))
        flows = words.endswith(" ") and words != SIGNATURE
        paragraphs[-1][1].append(words[:-1] if flows and delete_space else words)
    return "\n".join(f"{'>' * depth}{' ' if depth else ''}{''.join(lines)}" for depth, lines in paragraphs)
