"""What is different for one story among many that are decided about together."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearthpress.desk.forms.decisions import needs_line
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.starting_words import one_kind_of_line, to_fill_in

TEXT = {"rows": 3}


class PieceForm(PlainWords, forms.Form):
    """`prepared` says that its decision has been prepared; `replaces` is the one prepared when the page was drawn."""

    personal = forms.CharField(
        label=_("A line for this writer alone"), max_length=2_000, required=False, widget=forms.Textarea(attrs=TEXT)
    )
    words = forms.CharField(
        label=_("Other words for this one"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    leave_out = forms.BooleanField(label=_("Leave this one out"), required=False)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, story: Any, typed: Any = None) -> None:
        self.story = story
        self.before = story.pending[0] if story.pending else None
        self.prepared = False
        super().__init__(data, prefix=story.key, initial=self._beginning(typed))
        personal = self.fields["personal"]
        self.of_loss = any(subject.of_loss for subject in story.subjects.all())
        if self.of_loss:
            personal.help_text = needs_line()
            personal.error_messages["required"] = _("Please write a line for this writer alone, or leave it out.")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.of_loss and not given.get("personal") and not given.get("leave_out"):
            self.add_error("personal", self.fields["personal"].error_messages["required"])
        return given

    def clean_words(self) -> str:
        words = one_kind_of_line(str(self.cleaned_data["words"]))
        if to_fill_in() in words:
            raise forms.ValidationError(_("Please put your own words in the place of those in brackets."))
        return words

    @property
    def is_done(self) -> bool:
        """Nothing more is to be done about it here: it is prepared, or left out."""
        return self.prepared or (self.is_valid() and bool(self.cleaned_data["leave_out"]))

    def say(self, problem: str | Promise) -> bool:
        """Say why nothing was prepared: False."""
        self.add_error(None, str(problem))
        return False

    def look_again(self) -> bool:
        """Say that something was decided meanwhile; sending the form once more replaces what is shown now: False."""
        self.data = {**self.data.dict(), self.add_prefix("replaces"): str(self.before.pk) if self.before else ""}  # type: ignore[attr-defined]
        return self.say(_("Another decision was prepared or taken back meanwhile. Please look at it first."))

    def _beginning(self, typed: Any) -> dict[str, Any]:
        if typed is not None:
            return {name: typed.get(f"{self.story.key}-{name}") for name in self.base_fields}
        return {"replaces": self.before.pk if self.before else None}
