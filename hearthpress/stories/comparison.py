"""Two versions of a text and what differs between them, in words for people: in all that the hash covers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthpress.care.models import Subject
from hearthpress.documents.difference import BEGINS, GOES_ON, Change, Kind, Segment, difference, short_difference
from hearthpress.editing.content import corrections_of
from hearthpress.editing.models import Revision
from hearthpress.masthead.models import Section
from hearthpress.stories.models import Story

Text = str | Promise
Content = dict[str, Any]
Segments = tuple[Segment, ...]

_NOTES: dict[str, Text] = {
    "type": gettext_lazy("Kind of passage"),
    "level": gettext_lazy("Size of the heading"),
    "speaker": gettext_lazy("Who said it"),
    "source": gettext_lazy("Where"),
    "date": gettext_lazy("When"),
    "permalink": gettext_lazy("Address of the original"),
    "permission": gettext_lazy("Permission to quote"),
    "story": gettext_lazy("Leads to the story"),
    "link": gettext_lazy("Links lead to"),
    "em": gettext_lazy("Words in italics"),
    "strong": gettext_lazy("Words in bold"),
    "sha256": gettext_lazy("Fingerprint of the picture"),
    "gentle": gettext_lazy("Passage that readers can skip"),
    "says": gettext_lazy("It speaks of"),
}
_KINDS: dict[str, Text] = {
    "paragraph": gettext_lazy("paragraph"),
    "heading": gettext_lazy("heading"),
    "bullet_list": gettext_lazy("list"),
    "ordered_list": gettext_lazy("numbered list"),
    "quote": gettext_lazy("quote"),
    "related": gettext_lazy("line to a related story"),
    "signature": gettext_lazy("closing note"),
    "figure": gettext_lazy("picture"),
    "scene_break": gettext_lazy("scene break"),
}
_GENTLE: dict[str, Text] = {BEGINS: gettext_lazy("begins here"), GOES_ON: gettext_lazy("goes on")}


class Covered(NamedTuple):
    """One thing that the hash covers, beside the words themselves."""

    label: str
    value: str


@dataclass(frozen=True)
class Part:
    """A passage of the text in two versions, or something around the words (see documents.difference.Change).

    `label` says what it is: "" for an ordinary paragraph. `number` counts what differs, from 1; 0 where nothing does.
    """

    kind: Kind
    label: str
    segments: Segments
    notes: Sequence[tuple[str, Segments]] = ()
    number: int = 0

    @property
    def before(self) -> Segments:
        """What the old version has."""
        return tuple(segment for segment in self.segments if segment[0] != "insert")

    @property
    def after(self) -> Segments:
        """What the new version has."""
        return tuple(segment for segment in self.segments if segment[0] != "delete")


@dataclass(frozen=True)
class Comparison:
    """`around` is what differs around the words; `words` is every passage in reading order, also those that do not."""

    old: Revision
    new: Revision
    around: list[Part]
    words: list[Part]

    @property
    def is_empty(self) -> bool:
        return not self.count

    @property
    def words_are_same(self) -> bool:
        return not any(part.number for part in self.words)

    @cached_property
    def count(self) -> int:
        """How many parts differ. It is counted once: each change of a long text says it."""
        return max((part.number for part in (*self.around, *self.words)), default=0)


def compare(old: Revision, new: Revision) -> Comparison:
    before, after = old.content, new.content
    around = _numbered(_around(before, after))
    words = _numbered(_in_words(difference(before["document"], after["document"])), len(around))
    return Comparison(old, new, around, words)


def covered(content: Content) -> list[Covered]:
    """Everything that the hash covers beside the words, in a form for people. Each default is written out."""
    return [Covered(label, value) for label, value in _covered(content)]


def _around(before: Content, after: Content) -> Iterator[Part]:
    old, new = dict(_covered(before)), dict(_covered(after))
    # The same rows in both, but those of a picture that only one has, and of a correction.
    for label in {**new, **old}:
        was, now = old.get(label, ""), new.get(label, "")
        if was != now:
            yield Part("changed", label, short_difference(was, now))


def _numbered(parts: Iterator[Part], already: int = 0) -> list[Part]:
    numbers = count(already + 1)
    return [part if part.kind == "same" else replace(part, number=next(numbers)) for part in parts]


def _in_words(changes: Sequence[Change]) -> Iterator[Part]:
    """The changes, what they say about a passage beside its words told in words too."""
    names: dict[str, Mapping[str, Text]] = {
        "type": _KINDS,
        "story": _headlines(_story_keys(changes)),
        "gentle": _GENTLE,
    }
    for change in changes:
        label = "" if change.block_type == "paragraph" else str(_KINDS.get(change.block_type, change.block_type))
        notes = [(str(_NOTES.get(name, name)), _named(about, names.get(name, {}))) for name, about in change.notes]
        yield Part(change.kind, label, change.segments, notes)


def _story_keys(changes: Sequence[Change]) -> set[str]:
    return {text for change in changes for name, about in change.notes if name == "story" for _op, text in about}


def _headlines(keys: set[str]) -> dict[str, str]:
    live = Story.objects.live().filter(key__in=keys).values_list("key", "headline")
    return {**dict.fromkeys(keys, _("a story that is not live")), **dict(live)}


def _named(segments: Segments, names: Mapping[str, Text]) -> Segments:
    return tuple((op, str(names.get(text, text))) for op, text in segments)


def _covered(content: Content) -> Iterator[tuple[str, str]]:
    nothing = _("none")
    yield _("Headline"), content["headline"]
    yield _("Standfirst"), content["standfirst"] or nothing
    yield _("Signed"), content["byline"]
    yield _("Section"), _section(content["section"]) or _("not chosen yet")
    yield _("Web address"), f"{settings.PUBLIC_ADDRESS}{reverse('magazine:story', args=[content['slug'] or '-'])}"
    yield _("Note before it"), content["content_note"] or nothing
    yield _("What it touches"), _subjects(content["subjects"]) or nothing
    yield from _picture(content["picture"] or {})
    for number, one in enumerate(corrections_of(content), 1):
        day = date_format(date.fromisoformat(one["date"]), "DATE_FORMAT")
        yield _("Correction %(number)d, of %(day)s") % {"number": number, "day": day}, one["words"]
    share = content["share"]
    with_picture = _("with the picture") if share["picture"] else ""
    parts = (share["title"], share["description"], with_picture)
    yield _("When it is shared"), " · ".join(part for part in parts if part)


def _picture(picture: dict[str, str]) -> Iterator[tuple[str, str]]:
    nothing = _("none")
    if not picture:
        yield _("Picture"), nothing
        return
    yield _("Picture"), fingerprint_of(picture)
    yield _("Picture, for who cannot see it"), picture.get("alt") or nothing
    yield _("Picture’s caption"), picture.get("caption") or nothing
    yield _("Picture by"), picture.get("credit") or nothing


def _section(slug: str) -> str:
    found = Section.objects.filter(slug=slug).first()
    return found.name if found else slug


def _subjects(slugs: list[str]) -> str:
    names = dict(Subject.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return ", ".join(names.get(slug, slug) for slug in slugs)


def fingerprint_of(picture: Mapping[str, str]) -> str:
    """Which picture it is, in words."""
    return _("the one with the fingerprint %(sha)s…") % {"sha": picture["sha256"][:12]}
