"""The note about the magazine that many texts end with: its name on a line, then who it is and how to write for it."""

import re
from collections.abc import Sequence

from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import Block

_LONGEST_NAME = 80
_MOST_WORDS = 8
_SMALL_WORDS = frozenset("a an and at by for from in of on or the to with".split())  # noqa: SIM905  words in a row are easier to read
_SENTENCE = re.compile(r"[.!?…:;,”\"]\s*$")
_ADDRESS = re.compile(r"https?://|www\.|[\w.]@\w")
_CALL = re.compile(
    r"\b(?:writers?|write for|become a writer|submit|submissions?|contributors?|community|subscribe|newsletter"
    r"|follow us|join (?:us|our)|magazine|stories|we pay|send us)\b",
    re.IGNORECASE,
)


def find_signature(blocks: Sequence[Block]) -> int | None:
    """The number of the block where the closing note seems to begin, reaching to the end; None where there is none."""
    start = len(blocks) - 2
    if start < 1 or blocks[start]["type"] not in ("paragraph", "heading") or blocks[-1]["type"] != "paragraph":
        return None
    return start if _is_name(block_text(blocks[start])) and _is_about_magazine(block_text(blocks[-1])) else None


def _is_name(text: str) -> bool:
    """Whether the text is a short line written like a heading."""
    words = text.split()
    if len(text) > _LONGEST_NAME or len(words) > _MOST_WORDS or "\n" in text or _SENTENCE.search(text):
        return False
    return all(word[0].isupper() or not word[0].isalpha() or word in _SMALL_WORDS for word in words)


def _is_about_magazine(text: str) -> bool:
    calls = {match[0].lower() for match in _CALL.finditer(text)}
    return len(calls) >= (1 if _ADDRESS.search(text) else 2)
