"""A new date for an answer that is late."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearthpress.desk.forms.decisions import DayField
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.submissions.actions import suggested_date
from hearthpress.submissions.models import Submission


class ApologyForm(PlainWords, forms.Form):
    words = forms.CharField(
        label=_("Your words to the writer"),
        help_text=_("They stand in the letter, between the apology and the new date."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NewDateForm(PlainWords, forms.Form):
    """For one story among several. `before` is the promise that the page showed."""

    due = DayField(label=_("The new date"), help_text=_("The end of that day in your time zone."))
    before = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, submission: Submission, data: Any = None) -> None:
        self.submission = submission
        day = timezone.localtime(suggested_date(submission)).date()
        initial = {"due": day, "before": self._promised.isoformat()}
        super().__init__(data, prefix=submission.key, initial=initial)

    def clean_due(self) -> datetime:
        due: datetime = self.cleaned_data["due"]
        if due <= self._promised:
            raise forms.ValidationError(_("Choose a later day than the one that was promised."))
        return due

    @property
    def is_as_shown(self) -> bool:
        """Whether nobody has promised another date since the page was drawn."""
        return bool(self.data.get(self.add_prefix("before")) == self._promised.isoformat())

    @property
    def day(self) -> datetime | None:
        """The date that a letter can be written with: as it was typed, or as it begins; None for none."""
        if not self.is_bound:
            field = self.fields["due"]
            return DayField.clean(field, self.initial["due"]) if isinstance(field, DayField) else None
        return self.cleaned_data.get("due") if self.is_valid() else None

    @property
    def _promised(self) -> datetime:
        assert self.submission.reply_due is not None  # it was sent
        return self.submission.reply_due
