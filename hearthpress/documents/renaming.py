"""Another name, or initials, in the place of every form of somebody's name."""

import re
from collections.abc import Iterable, Mapping

from hearthpress.documents.passages import Passage, Span

# A word by itself: a hyphen joins it to another name (Anna-Lena), not to a word (an Anna-shaped hole).
_BEFORE = r"(?<!\w)(?<!\w[’'])(?<![^\W\d_]-)"
_AFTER = r"(?P<possessive>[’']s(?!\w)|[’'](?= ))?(?!\w)(?!-[^\W\d_a-z])(?P<stop>\.(?!\.))?"


def initials(name: str) -> str:
    """ "Anna Miller" as "A. M."; what is written small within a name ("de la") is left out."""
    words = [word for word in name.split() if word[:1].isupper()] or name.split()
    return " ".join(f"{word[0]}." for word in words)


def new_forms(name: str, forms: Iterable[str], shown: str) -> dict[str, str]:
    """What each form of a name becomes when the name becomes `shown`.

    The first and the last word of the one become those of the other; where one of them has a single word, it stands
    for all of the other.
    """
    old, new = name.split(), shown.split()
    ends = {old[-1]: new[-1], old[0]: new[0]} if len(old) > 1 and len(new) > 1 else {}
    return {form: ends.get(form, shown) for form in forms}


def renamed(passages: Iterable[Passage], forms: Mapping[str, str]) -> dict[str, list[Span]]:
    """Where the forms stand, as whole words, in these passages; in each place's words the new form.

    A possessive stays one, a form in capital letters stays in capital letters.
    """
    written = {way: new for form, new in forms.items() for way, new in ((form, new), (form.upper(), new.upper()))}
    longest = sorted(written, key=lambda way: (-len(way), way))
    pattern = re.compile(f"{_BEFORE}(?P<name>{'|'.join(map(_spaced, longest))}){_AFTER}")
    found = {passage.place: [_span(match, written) for match in pattern.finditer(passage.text)] for passage in passages}
    return {place: spans for place, spans in found.items() if spans}


def renamed_slug(slug: str, forms: Mapping[str, str]) -> str:
    """A web address with the forms replaced, word by word."""
    slugs = {_slugged(form): _slugged(new) for form, new in forms.items() if _slugged(form)}
    longest = "|".join(map(re.escape, sorted(slugs, key=len, reverse=True)))
    words = re.sub(rf"(?<![^-])(?:{longest})(?![^-])", lambda match: slugs[match[0]], slug) if slugs else slug
    return words.strip("-")


def _span(match: re.Match[str], written: Mapping[str, str]) -> Span:
    new = written[" ".join(match["name"].split())]
    mark, stop = match["possessive"] or "", match["stop"] or ""
    quoted = match.string[match.start() - 1 : match.start()] in ("‘", "'")
    if mark in ("’", "'") and match["name"].endswith("s") and not new.endswith("s") and not quoted:
        mark += "s"
    return Span(match.start(), match.end(), f"{new}{mark}" + ("" if (new + mark).endswith(".") else stop))


def _spaced(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


def _slugged(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")
