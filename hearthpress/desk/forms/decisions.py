"""What editors think and decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.starting_words import to_fill_in
from hearthpress.submissions.enums import DecisionKind, Vote
from hearthpress.submissions.models import Decision


class ReadingForm(PlainWords, forms.Form):
    vote = forms.ChoiceField(label=_("Would you publish it?"), choices=Vote, widget=forms.RadioSelect)
    notes = forms.CharField(
        label=_("Your notes"),
        help_text=_("Other editors read them. The writer never does."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DecisionForm(PlainWords, forms.Form):
    """`replaces` is the decision that was prepared when the page was drawn, so that nobody's is replaced unseen."""

    words = forms.CharField(
        label=_("Your words to the writer"),
        help_text=_("They stand in the letter. What the writer has to do next is added below them."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    kind = forms.ChoiceField(choices=DecisionKind, widget=forms.HiddenInput)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if to_fill_in() in words:
            raise forms.ValidationError(_("Please put your own words in the place of those in brackets."))
        return words

    def look_again(self, before: Decision | None) -> None:
        """Say that something was decided meanwhile; sending the form once more replaces what is shown now."""
        self.add_error(None, _("Another decision was prepared or taken back meanwhile. Please look at it first."))
        shown = {"replaces": str(before.pk) if before else ""}
        self.data = {name: self.data.get(name) for name in self.fields} | shown


class RetractionForm(PlainWords, forms.Form):
    why = forms.CharField(
        label=_("The reason"),
        help_text=_("The writer gets it by letter, in these words."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
