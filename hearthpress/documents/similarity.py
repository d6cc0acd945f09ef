"""How alike two texts are, told from a short fingerprint of each: MinHash over runs of three words.

After A. Z. Broder, "On the resemblance and containment of documents" (1997): the share of places in which two
signatures agree estimates the share of runs, of all that either text has, that both have (Jaccard's index); its
standard error is sqrt(j * (1 - j) / 128), at most 0.045. The bands are those of Leskovec, Rajaraman and Ullman, "Mining
of Massive Datasets", chapter 3.
"""

import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256, shake_128
from operator import eq

from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import Document
from hearthpress.documents.walk import walk

# A fingerprint is compared with those of its own version only. A change below that gives any text another one needs a
# higher version, and then every text is given its fingerprint anew.
VERSION = 1
PLACES = 128
RUN = 3  # words
# Of a longer text the beginning is compared, so that none takes much longer than others do.
MOST_CHARACTERS = 60_000
MOST_WORDS = 6_000
# Two texts that have half of their runs in common share a band in 99.6 of 100 cases, with a fifth in 29, a tenth in 4.
BANDS = 42
BAND = 3  # places in a band

Signature = tuple[int, ...]

_AT_ONCE = 256  # runs whose hashes are held in memory together
_HASHES = struct.Struct(f">{PLACES}Q")
_BAND_BITS = 57  # with the band's number above them they make a positive 64-bit integer
# Written together with what stands about it, or left out altogether, as the typist likes.
_APOSTROPHES = frozenset("'’‘‛ʼʹ`´′＇")
# Thai and Lao, Burmese, Khmer, kana, Chinese characters: written without spaces, so each character is a word.
_UNSPACED = (
    range(0x0E00, 0x0F00),
    range(0x1000, 0x10A0),
    range(0x1780, 0x1800),
    range(0x3040, 0x3100),
    range(0x31F0, 0x3200),
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0x20000, 0x40000),
)
_NOT_ITS_OWN = frozenset({"related", "signature"})


@dataclass(frozen=True)
class Fingerprint:
    """`sha256` is the same for the same words; `signature` has 128 integers of 64 bits, none for a text of nothing."""

    sha256: str
    signature: Signature


def own_words(document: Document) -> str:
    """What its writer tells in a document. Titles of other stories and the magazine's closing note are in many."""
    return "\n\n".join(block_text(block) for block in walk(document) if block["type"] not in _NOT_ITS_OWN)


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text: case, punctuation, kinds of quotes and white space make no difference.

    The same on every machine. What stands behind the first MOST_CHARACTERS is in the hash alone, and just as it is.
    """
    words = folded_words(text[:MOST_CHARACTERS])
    whole = " ".join(words) + text[MOST_CHARACTERS:]
    return Fingerprint(sha256(_bytes(whole)).hexdigest(), _signature(_runs(words[:MOST_WORDS])))


def likeness(one: Signature, other: Signature) -> float:
    """The estimated share of runs that both texts have, from 0 to 1. A text of nothing is like no other."""
    agreeing: int = sum(map(eq, one, other))
    return agreeing / PLACES


def bands(signature: Signature) -> list[int]:
    """What texts that may be alike are looked up by: positive 64-bit integers, the band's number in the upper bits."""
    return [_band(number, signature[number * BAND :][:BAND]) for number in range(BANDS)] if signature else []


def to_bytes(signature: Signature) -> bytes:
    """The signature as it is kept."""
    return struct.pack(f">{len(signature)}Q", *signature)


def from_bytes(kept: bytes | memoryview) -> Signature:
    """What `to_bytes` was given; databases give it back in either form."""
    return struct.unpack(f">{len(kept) // 8}Q", kept)


def folded_words(text: str) -> list[str]:
    """The words of a text as they are compared; where there are none, as in a row of emoji, its signs one by one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded.translate(_FOLDING).split() or [sign for sign in folded if sign.isprintable() and sign != " "]


class _Folding(dict[int, str]):
    """What stands for a character, found out when it is first met: itself, nothing, or a space between two words."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded(chr(code))
        return found


_FOLDING = _Folding()


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if character in _APOSTROPHES or category in ("Cf", "Cs"):
        return ""  # soft hyphens and the like stand within words, unseen
    if category[0] in "CPSZ":
        return " "
    return f" {character} " if any(ord(character) in script for script in _UNSPACED) else character


def _runs(words: Sequence[str]) -> set[str]:
    """Every three words that follow one another; fewer than three words are one run."""
    if len(words) < RUN:
        return {" ".join(words)} if words else set()
    return {" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)}


def _signature(runs: set[str]) -> Signature:
    """For each of 128 hash functions the smallest hash of any run; SHAKE128 gives all 128 of a run at once."""
    chosen = [_bytes(run) for run in runs]
    smallest: Signature = ()
    for first in range(0, len(chosen), _AT_ONCE):
        hashes = [_HASHES.unpack(shake_128(run).digest(_HASHES.size)) for run in chosen[first : first + _AT_ONCE]]
        smallest = tuple(map(min, *hashes, smallest or hashes[0], hashes[0]))
    return smallest


def _band(number: int, places: Signature) -> int:
    digest = blake2b(to_bytes(places), digest_size=8, person=b"%d" % VERSION).digest()
    return number << _BAND_BITS | int.from_bytes(digest, "big") >> 64 - _BAND_BITS


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
