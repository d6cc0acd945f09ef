"""What an approval covers, and what changed in it since the writer last looked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthpress.care.models import Subject
from hearthpress.documents.difference import BEGINS, GOES_ON, Change, Segment, difference
from hearthpress.documents.walk import gentle_passages, of_kind
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript, ManuscriptEvent, Revision
from hearthpress.masthead.models import Section
from hearthpress.room.reading import related_links
from hearthpress.stories.models import Story

Text = str | Promise
Content = dict[str, Any]

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


@dataclass(frozen=True)
class Covered:
    """One thing that the yes covers, beside the words themselves; `before` is None where nothing changed."""

    label: Text
    value: str
    before: str | None = None


@dataclass(frozen=True)
class Comparison:
    """What changed since an earlier version: in the words (`changes`), and in what stands around them (`around`).

    `reasons` is what the editors wrote about the versions between, the oldest first.
    """

    since: Text
    is_own_text: bool
    changes: list[Change]
    around: list[Covered]
    reasons: list[str]

    @property
    def is_empty(self) -> bool:
        return not self.around and self.words_are_same

    @property
    def words_are_same(self) -> bool:
        return all(change.kind == "same" for change in self.changes)


def comparisons(manuscript: Manuscript, newest: Revision) -> list[Comparison]:
    """The newest version against the one that the writer saw last, where there is one, and against their own text."""
    first = manuscript.first_revision
    seen = last_seen(manuscript, newest)
    found = []
    if seen is not None and seen.pk not in (first.pk, newest.pk):
        found.append(_comparison(_("since you last read it"), seen, newest, is_own_text=False))
    found.append(_comparison(_("since the text that you sent"), first, newest, is_own_text=True))
    return found


def last_seen(manuscript: Manuscript, newest: Revision) -> Revision | None:
    """The version that stood in the last request for a yes but the present one; None the first time."""
    asked = ManuscriptEvent.objects.filter(subject=manuscript, new=ManuscriptState.ASKED).order_by("-at", "-id")
    versions = [_version_at(manuscript, event.at) for event in asked]
    return next((version for version in versions if version is not None and version.pk != newest.pk), None)


def covered(content: Content, before: Content | None = None) -> list[Covered]:
    """Everything that the hash covers beside the words, in a form for people. Each default is written out."""
    old = dict(_around(before)) if before is not None else {}
    rows = []
    for label, value in _around(content):
        was = old.get(label)
        rows.append(Covered(label, value, was if before is not None and was != value else None))
    return rows


def quotes_of(content: Content) -> list[dict[str, Any]]:
    """Words said elsewhere: their attributes, for the list of sources."""
    return [block["attrs"] for block in of_kind(content["document"], "quote")]


def pictures_within_text(content: Content) -> list[dict[str, str]]:
    """The pictures within the text: which one each is, and what is said about it."""
    figures = [block["attrs"] for block in of_kind(content["document"], "figure")]
    return [{**figure, "which": _fingerprint(figure)} for figure in figures]


def skippable_of(content: Content) -> list[str]:
    """What each passage that readers can skip speaks of, "" where that is not said."""
    return [passage["attrs"]["says"] for passage in gentle_passages(content["document"])]


def related_of(content: Content) -> list[dict[str, str]]:
    """The lines that lead to other stories: their titles, and where they lead ("" when that story is not live)."""
    links = related_links(content["document"])
    lines = [block["attrs"] for block in of_kind(content["document"], "related")]
    return [
        {"title": line["title"], "url": links[line["story"]].url if line["story"] in links else ""} for line in lines
    ]


def _comparison(since: Text, old: Revision, new: Revision, *, is_own_text: bool) -> Comparison:
    before, after = old.content, new.content
    return Comparison(
        since=since,
        is_own_text=is_own_text,
        changes=_in_words(difference(before["document"], after["document"])),
        around=[row for row in covered(after, before) if row.before is not None],
        reasons=_reasons(old, new),
    )


def _in_words(changes: list[Change]) -> list[Change]:
    """The changes, what they say about a passage beside its words told in words too."""
    stories = dict(Story.objects.live().filter(key__in=_story_keys(changes)).values_list("key", "headline"))
    names: dict[str, Mapping[str, Text]] = {"type": _KINDS, "story": stories, "gentle": _GENTLE}
    return [
        replace(
            change,
            block_type="" if change.block_type == "paragraph" else str(_KINDS[change.block_type]),
            notes=tuple(
                (str(_NOTES.get(name, name)), _named(about, names.get(name, {}))) for name, about in change.notes
            ),
        )
        for change in changes
    ]


def _story_keys(changes: list[Change]) -> set[str]:
    return {text for change in changes for name, about in change.notes if name == "story" for _op, text in about}


def _named(segments: tuple[Segment, ...], names: Mapping[str, Text]) -> tuple[Segment, ...]:
    return tuple((op, str(names.get(text, text))) for op, text in segments)


def _version_at(manuscript: Manuscript, at: datetime) -> Revision | None:
    return Revision.objects.filter(manuscript=manuscript, made_at__lte=at).order_by("number").last()


def _around(content: Content) -> Iterator[tuple[str, str]]:
    picture = content["picture"] or {}
    nothing = _("none")
    yield _("Headline"), content["headline"]
    yield _("Standfirst"), content["standfirst"] or nothing
    yield _("Signed"), content["byline"]
    yield _("Section"), _section(content["section"]) or _("not chosen yet")
    yield _("Web address"), f"{settings.PUBLIC_ADDRESS}{reverse('magazine:story', args=[content['slug'] or '-'])}"
    yield _("Note before it"), content["content_note"] or nothing
    yield _("What it touches"), _subjects(content["subjects"]) or nothing
    if not picture:
        yield _("Picture"), nothing
    else:
        yield _("Picture"), _fingerprint(picture)
        yield _("Picture, for who cannot see it"), picture.get("alt") or nothing
        yield _("Picture’s caption"), picture.get("caption") or nothing
        yield _("Picture by"), picture.get("credit") or nothing
    share = content["share"]
    with_picture = _("with the picture") if share["picture"] else ""
    parts = (share["title"], share["description"], with_picture)
    yield _("When it is shared"), " · ".join(part for part in parts if part)


def _fingerprint(picture: Mapping[str, str]) -> str:
    return _("the one with the fingerprint %(sha)s…") % {"sha": picture["sha256"][:12]}


def _section(slug: str) -> str:
    found = Section.objects.filter(slug=slug).first()
    return found.name if found else slug


def _subjects(slugs: list[str]) -> str:
    names = dict(Subject.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return ", ".join(names.get(slug, slug) for slug in slugs)


def _reasons(old: Revision, new: Revision) -> list[str]:
    between = Revision.objects.filter(manuscript=new.manuscript_id, number__gt=old.number, number__lte=new.number)
    return list(between.exclude(why="").values_list("why", flat=True))
