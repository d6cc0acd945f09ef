"""What a bookkeeper fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CancellationForm(forms.Form):
    """Why a payout file was not used. The reason stays with the batch."""

    why = forms.CharField(
        label=_("Why is this file not used?"),
        help_text=_("It is kept with the batch, for whoever looks at the books later."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PayoutForm(forms.Form):
    """Which currency is to be paid, and what the page showed when the button was pressed."""

    currency = forms.CharField(max_length=3)
    seen = forms.CharField(max_length=40)


class FilterForm(forms.Form):
    """Which account's transfers, and below which transfer the page begins."""

    account = forms.CharField(max_length=80, required=False)
    before = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
