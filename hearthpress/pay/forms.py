"""Where a writer wants to be paid."""

from django import forms

from hearthpress.pay.models import PayDestination


class DestinationForm(forms.ModelForm):
    """A PayPal address, trimmed and checked. Save it with `actions.set_destination`, which keeps the history."""

    class Meta:
        model = PayDestination
        fields = ["address"]
        widgets = {"address": forms.EmailInput(attrs={"autocomplete": "email"})}
