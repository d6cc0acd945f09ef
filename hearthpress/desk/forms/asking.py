"""Asking a writer for their yes."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.forms.tasks import DAY, DayInput
from hearthpress.editing.models import WORDS_LENGTH

OFFERED = timedelta(days=14)


class AskingForm(forms.Form):
    """`today` is the date where the magazine is; `revision` is the hash of the version that the page showed."""

    due = forms.DateField(
        label=_("You hope for an answer by"),
        help_text=_(
            "A day where the magazine is. The writer gets a letter three days before it and another on the day after, "
            "and no more. Empty it if there is no hurry."
        ),
        input_formats=[DAY],
        widget=DayInput,
        required=False,
    )
    words = forms.CharField(
        label=_("A line for the writer"),
        help_text=_("It stands in the letter and above the text, with your name."),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    revision = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, today: date, revision: str) -> None:
        self.today = today
        super().__init__(data, initial={"due": today + OFFERED, "revision": revision})
        needed_later(self, "due")

    def clean_due(self) -> date | None:
        due: date | None = self.cleaned_data["due"]
        if due is not None and due <= self.today:
            raise forms.ValidationError(_("Please choose a day after today, or none."))
        return due

    def look_again(self, revision: str) -> None:
        """What was typed stays, and goes with the version that is shown now."""
        self.data = {name: self.data.get(name) for name in self.fields} | {"revision": revision}
