"""What an editor says when a story has come to a stop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.desk.forms.plain_words import PlainWords

DAYS = 14


class NothingToSayForm(forms.Form):
    """The letter says it all."""


class GivingBackForm(PlainWords, forms.Form):
    words = forms.CharField(
        label=_("Why we cannot publish it"),
        help_text=_("The writer gets it by letter, in these words."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MoreDaysForm(PlainWords, forms.Form):
    days = forms.IntegerField(label=_("How many more days"), min_value=1, max_value=90)
