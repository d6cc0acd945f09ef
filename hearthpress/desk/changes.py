"""What was changed between two versions, beside the words of the text too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hearthpress.care.models import Subject
from hearthpress.documents.difference import Change, Segment, difference
from hearthpress.masthead.models import Section
from hearthpress.stories.models import Story

STORY = "story"  # the note about where a related line leads; its words are a story's key


@dataclass(frozen=True)
class FieldChange:
    """Something beside the text that reads differently now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class BlockChange:
    """A passage (see documents.difference.Change); `notes` are what else changed about it, each with a label."""

    kind: str
    segments: Sequence[Segment]
    notes: list[tuple[str, Sequence[Segment]]]


@dataclass(frozen=True)
class Changes:
    text: list[BlockChange]
    fields: list[FieldChange]

    @property
    def any(self) -> bool:
        return bool(self.fields) or any(change.kind != "same" for change in self.text)


def changes_between(old: dict[str, Any], new: dict[str, Any]) -> Changes:
    """The changes from one version's content to another's (see editing.content)."""
    different = [(name, label) for name, label in _labels() if old[name] != new[name]]
    fields = [
        FieldChange(label, _shown(_named(name, old[name])), _shown(_named(name, new[name])))
        for name, label in different
    ]
    found = difference(old["document"], new["document"])
    headlines = _headlines(found)
    return Changes([_block(change, headlines) for change in found], fields)


def _block(change: Change, headlines: dict[str, str]) -> BlockChange:
    labels = _note_labels()
    notes: list[tuple[str, Sequence[Segment]]] = [
        (labels.get(what, what), _with_headlines(said, headlines) if what == STORY else said)
        for what, said in change.notes
    ]
    return BlockChange(change.kind, change.segments, notes)


def _headlines(found: Sequence[Change]) -> dict[str, str]:
    """What the stories that related lines lead to are called, by their keys."""
    notes = [segments for change in found for what, segments in change.notes if what == STORY]
    keys = {words for segments in notes for _op, words in segments}
    return dict(Story.objects.filter(key__in=keys).values_list("key", "headline"))


def _with_headlines(segments: Sequence[Segment], headlines: dict[str, str]) -> list[Segment]:
    return [(op, headlines.get(words, words)) for op, words in segments]


def _named(name: str, value: Any) -> Any:
    """A section or subjects by their names; one that is not there any more keeps its slug."""
    if name == "section":
        return Section.objects.filter(slug=value).values_list("name", flat=True).first() or value
    if name == "subjects":
        names = dict(Subject.objects.filter(slug__in=value).values_list("slug", "name"))
        return [names.get(slug, slug) for slug in value]
    return value


def _note_labels() -> dict[str, str]:
    return {
        "type": _("Kind of passage"),
        "level": _("Size of the heading"),
        "speaker": _("Who said it"),
        "source": _("Where"),
        "date": _("When"),
        "permalink": _("Its web address"),
        "permission": _("Permission"),
        "story": _("Leads to"),
        "em": _("Leaning"),
        "strong": _("Strong"),
        "link": _("Links to"),
        "sha256": _("Fingerprint of the picture"),
        "gentle": _("Passage that can be skipped"),
        "says": _("It speaks of"),
    }


def _labels() -> list[tuple[str, str]]:
    return [
        ("headline", _("Headline")),
        ("standfirst", _("Standfirst")),
        ("section", _("Section")),
        ("slug", _("Web address")),
        ("byline", _("Signed")),
        ("content_note", _("Content note")),
        ("subjects", _("Subjects")),
        ("picture", _("Picture")),
    ]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        value = ", ".join(value)
    if isinstance(value, dict):
        return " · ".join(filter(None, [value["alt"], value["caption"], value["credit"]])) or _("a picture")
    return str(value or _("nothing"))
