"""What was changed between two versions, beside the words of the text too."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hearthpress.documents.difference import Change, difference


@dataclass(frozen=True)
class FieldChange:
    """Something beside the text that reads differently now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    text: list[Change]
    fields: list[FieldChange]

    @property
    def any(self) -> bool:
        return bool(self.fields) or any(change.kind != "same" for change in self.text)


def changes_between(old: dict[str, Any], new: dict[str, Any]) -> Changes:
    """The changes from one version's content to another's (see editing.content)."""
    fields = [
        FieldChange(label, _shown(old[name]), _shown(new[name])) for name, label in _labels() if old[name] != new[name]
    ]
    return Changes(difference(old["document"], new["document"]), fields)


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
        return ", ".join(value)
    if isinstance(value, dict):
        return " · ".join(filter(None, [value["alt"], value["caption"], value["credit"]])) or _("a picture")
    return value or _("nothing")
