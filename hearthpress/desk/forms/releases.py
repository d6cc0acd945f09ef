"""When decisions go out."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.forms.wall_times import WallTimeField, WhichMomentField, moment_meant
from hearthpress.desk.zone import zone_name

NOW, LATER = "now", "later"


class ReleaseForm(PlainWords, forms.Form):
    """`moment` is when to tell the writers; None for as soon as may be."""

    when = forms.ChoiceField(
        label=_("When they go out"),
        choices=[(NOW, _("Now, with a minute to undo it")), (LATER, _("At a date and time"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    at = WallTimeField(label=_("Date and time"), required=False)
    which = WhichMomentField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment: datetime | None = None
        needed_later(self, "at")
        self.fields["at"].help_text = _("In your time zone, %(zone)s. It can be undone until then.") % {
            "zone": zone_name()
        }

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("when") == LATER and "at" in given:
            self.moment = moment_meant(self)
            self._check_time()
        return given

    def _check_time(self) -> None:
        if self.cleaned_data["at"] is None:
            self.add_error("at", _("Choose a date and a time."))
        elif self.moment is not None and self.moment <= clock.now():
            self.add_error("at", _("That is in the past."))
