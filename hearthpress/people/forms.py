"""What people type about themselves."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.people.enums import Role
from hearthpress.people.models import Person


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role)


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ("name", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Your time zone"),
            required=False,
            choices=[("", _("The magazine’s")), *((zone, zone.replace("_", " ")) for zone in zones)],
        )

    def clean_name(self) -> str:
        """A signed agreement is with somebody: whoever has one goes on having a name."""
        name = str(self.cleaned_data["name"]).strip()
        if not name and self.instance.agreements.filter(signed_at__isnull=False).exists():
            raise forms.ValidationError(
                _("You have signed an agreement with us, so we need your full name. You may write it differently.")
            )
        return name
