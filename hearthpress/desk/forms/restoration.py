"""Letting an older version of a text stand again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.documents.text import one_line


class RestorationForm(forms.Form):
    """`newest` is the hash of the newest version as the page showed it."""

    newest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("A few words. The writer reads them above the changes. Without any it says which version it is."),
        max_length=200,
        required=False,
    )

    def clean_why(self) -> str:
        return one_line(self.cleaned_data["why"])
