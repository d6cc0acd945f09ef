"""What editors decide."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.local import end_of_day
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.starting_words import one_kind_of_line, to_fill_in
from hearthpress.submissions.actions import Details
from hearthpress.submissions.enums import DecisionKind
from hearthpress.submissions.models import Call, Decision, LetterTemplate


class DayField(forms.DateField):
    """A day that has not ended yet where the person who types it is; kept as its last second (UTC)."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> datetime | None:
        day = super().clean(value)
        if day is None:
            return None
        try:
            end = end_of_day(day, timezone.get_current_timezone())
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if end <= clock.now():
            raise forms.ValidationError(_("That day is over."))
        return end


class CallField(forms.ModelChoiceField):
    """One of several calls, each with what it pays."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Call.objects.none(), empty_label=None, **kwargs)

    def label_from_instance(self, call: Model) -> str:
        assert isinstance(call, Call)
        return f"{call.title}: {call.pays}"


class TemplateField(forms.ModelChoiceField):
    """The magazine's own words to begin with. Whatever is sent here, sending the form is no error."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=LetterTemplate.objects.none(), required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class WordsForm(PlainWords, forms.Form):
    """What a decision of the kind `kind` says to its writers; only what such a decision has is asked for."""

    template = TemplateField(label=_("Words that we have"))
    words = forms.CharField(
        label=_("Your words to the writer"),
        help_text=_(
            "They stand in the letter. What the writer has to do next is added below them. {title} becomes the "
            "story’s title, {name} the name that it is signed with."
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    revise_by = DayField(
        label=_("The changes are hoped for by"),
        help_text=_("The end of that day in your time zone. Leave it empty if there is no hurry."),
        required=False,
    )
    to_call = CallField(label=_("To which call"))
    kind = forms.ChoiceField(choices=DecisionKind, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, templates: Any, calls: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("template", templates)
        self._choose("to_call", calls)
        if kind != DecisionKind.REVISE:
            del self.fields["revise_by"]
        if kind != DecisionKind.PASS:
            del self.fields["to_call"]

    def clean_words(self) -> str:
        words = one_kind_of_line(str(self.cleaned_data["words"]))
        if to_fill_in() in words:
            raise forms.ValidationError(_("Please put your own words in the place of those in brackets."))
        return words

    def details(self, personal: str) -> Details:
        given = self.cleaned_data
        return Details(personal=personal, revise_by=given.get("revise_by"), to_call=given.get("to_call"))

    def _choose(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]


class DecisionForm(WordsForm):
    """`replaces` is the decision that was prepared when the page was drawn, so that nobody's is replaced unseen."""

    personal = forms.CharField(
        label=_("A line for this writer alone"),
        help_text=_("It stands first in the letter."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("personal", "template", "words", "revise_by", "to_call")

    def __init__(self, *args: Any, of_loss: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        personal = self.fields["personal"]
        personal.required = of_loss
        if of_loss:
            personal.help_text = needs_line()
            personal.error_messages["required"] = _("Please write a line for this writer alone.")

    def look_again(self, before: Decision | None) -> None:
        """Say that something was decided meanwhile; sending the form once more replaces what is shown now."""
        self.add_error(None, _("Another decision was prepared or taken back meanwhile. Please look at it first."))
        shown = {"replaces": str(before.pk) if before else ""}
        self.data = {name: self.data.get(name) for name in self.fields} | shown


def needs_line() -> str:
    """Why a story of loss asks for more than words that fit everybody."""
    return gettext("It stands first in the letter. This story touches a loss: its writer is answered as one person.")


class RetractionForm(PlainWords, forms.Form):
    why = forms.CharField(
        label=_("The reason"),
        help_text=_("The writer gets it by letter, in these words."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
