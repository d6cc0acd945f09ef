"""The house's style: what a careful copy editor would look at, each finding with what could stand there instead.

Typographic rules change marks and spaces and never a word; once all that they find is done, they find nothing more.
What has no replacement is only pointed at.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hearthpress.documents.passages import Passage, Span
from hearthpress.documents.text import BARE_ADDRESS

LONG = 40  # words of a sentence
AROUND = 40  # characters shown on each side
TITLED = 0.6  # of a headline's words begin with a capital letter: it is in title case

# Words that comfort nobody beside a grief.
CHEERFUL = (
    "amazing journey",
    "at least",
    "blessing in disguise",
    "bright side",
    "closure",
    "everything happens for a reason",
    "god’s plan",
    "happy ending",
    "heartwarming",
    "in a better place",
    "inspiring",
    "journey",
    "meant to be",
    "move on",
    "moved on",
    "moving on",
    "silver lining",
    "stay strong",
    "time heals",
    "uplifting",
)
_MARKS = {"de": ("„", "“"), "fr": ("«\u00a0", "\u00a0»")}
_ENGLISH = ("“", "”")
_OPENERS = " \u00a0\u202f([{—–-“‘«„"
_SHORTENED = re.compile(r"(?:\d|(?:bout|cause|cos|em|n|til|tis|twas)\b)", re.IGNORECASE)
_ADDRESS = re.compile(BARE_ADDRESS, re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[”’\"')»]*")
_CHEERFUL = re.compile(rf"\b(?:{'|'.join(CHEERFUL)})\b".replace("’", "[’']"), re.IGNORECASE)


@dataclass(frozen=True)
class House:
    """What the rules must know of the whole text: its language, how it writes already, whether it tells of a loss."""

    lang: str
    text: str
    of_loss: bool

    @cached_property
    def marks(self) -> tuple[str, str]:
        """The quotation marks that the text has, or else those of its language."""
        if "„" in self.text:
            return _MARKS["de"]
        if "«" in self.text:
            return _MARKS["fr"] if self.lang.startswith("fr") else ("«", "»")
        return _ENGLISH if "“" in self.text else _MARKS.get(self.lang[:2], _ENGLISH)

    @cached_property
    def dash(self) -> str:
        """The dash between words that the text has, with its spaces."""
        if re.search(r"\w—\w", self.text):
            return "—"
        return " — " if " — " in self.text else " – "

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that the text writes small."""
        return frozenset(re.findall(r"(?<![\w’'])[a-zß-ÿ][\w’'-]*", self.text))


@dataclass(frozen=True)
class Finding:
    """A part of a passage (see `passages`) that a rule found; `replacement` is None where the rule offers none."""

    rule: str
    place: str
    span: Span
    words: str
    before: str
    after: str
    replacement: str | None

    @property
    def key(self) -> str:
        """Its own among all findings of one version."""
        return f"{self.rule}@{self.place}@{self.span.first}"


class _Found(NamedTuple):
    first: int
    end: int
    replacement: str | None = None


def findings(
    passages: Sequence[Passage], rules: Sequence[str], *, lang: str = "en", of_loss: bool = False
) -> list[Finding]:
    """What these rules (keys of RULES) find, in the order of the text; what is replaced never overlaps."""
    house = House(lang, "\n".join(passage.text for passage in passages if not passage.titled), of_loss)
    return [finding for passage in passages for finding in _of_passage(passage, rules, house)]


def _of_passage(passage: Passage, rules: Sequence[str], house: House) -> list[Finding]:
    kept = [(match.start(), match.end()) for match in _ADDRESS.finditer(passage.text)]
    found: list[Finding] = []
    for rule in [name for name in RULES if name in rules]:
        for one in RULES[rule](passage, house):
            if one.replacement is not None:
                if any(first < one.end and one.first < end for first, end in kept):
                    continue
                kept.append((one.first, one.end))
            found.append(_finding(rule, passage, one))
    return sorted(found, key=lambda finding: finding.span.first)


def _finding(rule: str, passage: Passage, one: _Found) -> Finding:
    text = passage.text
    before, after = text[: one.first][-AROUND:], text[one.end :][:AROUND]
    before = before if one.first <= AROUND else f"…{before.partition(' ')[2] or before}"
    after = after if len(text) - one.end <= AROUND else f"{after.rpartition(' ')[0] or after}…"
    span = Span(one.first, one.end, one.replacement or "")
    return Finding(rule, passage.place, span, text[one.first : one.end], before, after, one.replacement)


def _dashes(passage: Passage, house: House) -> Iterator[_Found]:
    """A hyphen between spaces, or two between words."""
    for match in re.finditer(r"(?<=[^ \-]) +-{1,3} +(?=[^ \-])|(?<=\w)--(?=\w)", passage.text):
        yield _Found(match.start(), match.end(), house.dash)


def _ellipsis(passage: Passage, _house: House) -> Iterator[_Found]:
    for match in re.finditer(r"[.…](?: *[.…])*", passage.text):
        if match[0].replace(" ", "") == "...":
            yield _Found(match.start(), match.end(), "…")


def _spaces(passage: Passage, _house: House) -> Iterator[_Found]:
    for match in re.finditer(r" {2,}", passage.text):
        yield _Found(match.start(), match.end(), " ")


def _quotes(passage: Passage, house: House) -> Iterator[_Found]:
    """Straight double quotes; one after a figure that closes nothing is a sign of inches."""
    opening, closing = house.marks
    is_open = False
    for match in re.finditer('"', passage.text):
        at = match.start()
        before, after = passage.text[:at][-1:], passage.text[at + 1 : at + 2]
        if before.isdigit() and not is_open:
            continue
        is_open = (not before or before in _OPENERS) and after.strip() != "" and not (is_open and before in "—–-")
        yield _Found(at, at + 1, opening if is_open else closing)


def _apostrophes(passage: Passage, _house: House) -> Iterator[_Found]:
    """Straight apostrophes and single quotes; one that opens what nothing closes is left as it is."""
    text = passage.text
    for match in re.finditer("'", text):
        at = match.start()
        before, after = text[:at][-1:], text[at + 1 :]
        if before.isdigit() and not after[:1].isalpha():
            continue
        if (before and before not in _OPENERS + '"”»') or _SHORTENED.match(after):
            yield _Found(at, at + 1, "’")
        elif after[:1].isalnum() and re.search(r"(?<=[\w.,!?…])['’](?!\w)", after):
            yield _Found(at, at + 1, "‘")


def _headline(passage: Passage, house: House) -> Iterator[_Found]:
    """A headline in title case; only words that the text writes small are made small."""
    words = list(re.finditer(r"[^\W\d_][\w’'-]*", passage.text))[1:] if passage.titled else []
    long = [word for word in words if len(word[0]) > 3]
    if len(long) < 2 or sum(word[0][0].isupper() for word in long) < TITLED * len(long):
        return
    small = house.small
    for word in words:
        if word[0][0].isupper() and word[0].lower() in small and not _begins(passage.text[: word.start()]):
            yield _Found(word.start(), word.end(), word[0].lower())


def _begins(before: str) -> bool:
    return before.rstrip(" “‘\"'«„(")[-1:] in ".!?:…"


def _cheerful(passage: Passage, house: House) -> Iterator[_Found]:
    for match in _CHEERFUL.finditer(passage.text) if house.of_loss else ():
        yield _Found(match.start(), match.end())


def _long(passage: Passage, _house: House) -> Iterator[_Found]:
    for match in _SENTENCE.finditer(passage.text):
        if len(match[0].split()) > LONG:
            first = match.start() + len(match[0]) - len(match[0].lstrip())
            yield _Found(first, match.end())


# In this order: where two of them find the same place, the first has it.
RULES: dict[str, Callable[[Passage, House], Iterator[_Found]]] = {
    "dashes": _dashes,
    "ellipsis": _ellipsis,
    "spaces": _spaces,
    "quotes": _quotes,
    "apostrophes": _apostrophes,
    "headline": _headline,
    "cheerful": _cheerful,
    "long": _long,
}
TYPOGRAPHIC = ("dashes", "ellipsis", "spaces", "quotes", "apostrophes")
