"""What was changed between two versions, beside the words of the text too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hearthpress.documents.difference import Change, Segment, difference


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
    fields = [
        FieldChange(label, _shown(old[name]), _shown(new[name])) for name, label in _labels() if old[name] != new[name]
    ]
    return Changes([_block(change) for change in difference(old["document"], new["document"])], fields)


def _block(change: Change) -> BlockChange:
    labels = _note_labels()
    return BlockChange(change.kind, change.segments, [(labels.get(what, what), said) for what, said in change.notes])


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
