"""A date and time as the wall clock shows it, with the question that a change of the clocks raises."""

from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthpress.common.local import around_gap, moments
from hearthpress.desk.forms.publication import LocalTimeField


class WallTimeField(LocalTimeField):
    """A date and time without a zone, just as it was typed."""

    def to_python(self, value: Any) -> Any:
        wall = forms.fields.BaseTemporalField.to_python(self, value) if value else None
        if (
            wall is not None and not MINYEAR < wall.year < MAXYEAR
        ):  # in another zone it may be a day that cannot be said
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return wall


class WhichMomentField(forms.ChoiceField):
    """Empty, and not drawn, unless a typed time comes twice or never: then it asks which moment was meant."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Which one"), required=False, widget=forms.HiddenInput)

    def ask(self, meant: list[datetime]) -> None:
        self.choices = [(moment.isoformat(), _shown(moment)) for moment in meant]
        self.widget = forms.RadioSelect(choices=self.choices)

    def validate(self, value: Any) -> None:
        """What was chosen counts only together with the time that was typed: see `moment_meant`."""


def moment_meant(form: forms.Form, at: str = "at", which: str = "which") -> datetime | None:
    """The moment (UTC) that the fields `at` and `which` of the form say; None, and an error there, when it is open."""
    wall = form.cleaned_data.get(at)
    if wall is None:
        return None
    zone = timezone.get_current_timezone()
    found = moments(wall, zone)
    if len(found) == 1:
        return found[0]
    meant = found or list(around_gap(wall, zone))
    chosen = form.cleaned_data.get(which)
    for moment in meant:
        if moment.isoformat() == chosen:
            return moment
    _ask(form, which, meant, _twice() if found else _never())
    return None


def _ask(form: forms.Form, which: str, meant: list[datetime], why: str) -> None:
    field = form.fields[which]
    assert isinstance(field, WhichMomentField)
    field.ask(meant)
    form.add_error(which, why)


def _twice() -> str:
    return _("The clocks are turned back that night, and this time comes twice. Please choose one.")


def _never() -> str:
    return _("The clocks are turned on that night, and this time never comes. Please choose one.")


def _shown(moment: datetime) -> str:
    here = timezone.localtime(moment)
    return f"{date_format(here, 'DATETIME_FORMAT')} ({here:%Z})"
