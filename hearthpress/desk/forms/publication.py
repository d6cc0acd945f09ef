"""When a story goes live."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.zone import zone_name
from hearthpress.stories.models import Story

NOW, LATER = "now", "later"
LOCAL = "%Y-%m-%dT%H:%M"  # what a datetime-local input sends: HTML, 2.3.5.5


class LocalTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=LOCAL)


class LocalTimeField(forms.DateTimeField):
    """A date and time in the zone of the person who types it."""

    widget = LocalTimeInput
    input_formats = [LOCAL, "%Y-%m-%dT%H:%M:%S"]


class TagsForm(forms.Form):
    """The shelves of a story, by their names. `seen` are those that the page showed: another's choice is not undone."""

    seen = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=600,
        help_text=_("With commas between, at most eight. Readers find a page for each."),
    )

    @classmethod
    def of(cls, story: Story | None, data: Any = None) -> "TagsForm":
        shown = story.tags if story is not None else []
        names, slugs = ", ".join(tag.name for tag in shown), " ".join(tag.slug for tag in shown)
        return cls(data, initial={"tags": names, "seen": slugs})

    @property
    def names(self) -> list[str]:
        return str(self.cleaned_data["tags"]).split(",")

    @property
    def slugs(self) -> list[str]:
        return str(self.cleaned_data["seen"]).split()


class PublicationForm(forms.Form):
    """`approved` is the hash that the page showed: what goes live is that and nothing else."""

    approved = forms.CharField(max_length=64, widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("Now")), (LATER, _("At a date and time"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    at = LocalTimeField(label=_("Date and time"), required=False)

    def __init__(self, *args: Any, earliest: datetime | None = None, **kwargs: Any) -> None:
        """`earliest` is when the story may go live, where that is still to come; the gate sees to it."""
        super().__init__(*args, **kwargs)
        needed_later(self, "at")
        if earliest is not None:
            self.fields["at"].widget.attrs["min"] = f"{timezone.localtime(earliest):{LOCAL}}"
        self.fields["at"].help_text = _("In your time zone, %(zone)s.") % {"zone": zone_name()}

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("when") == LATER and "at" in given:
            self._check_time(given["at"])
        return given

    @property
    def moment(self) -> datetime | None:
        """The time to publish at; None for now."""
        return self.cleaned_data["at"] if self.cleaned_data["when"] == LATER else None

    def _check_time(self, at: datetime | None) -> None:
        if at is None:
            self.add_error("at", _("Choose a date and a time."))
        elif at <= clock.now():
            now = timezone.localtime(clock.now())
            said = _("That is in the past. In %(zone)s it is %(now)s now.")
            self.add_error("at", said % {"zone": zone_name(), "now": f"{now:%H:%M}"})
