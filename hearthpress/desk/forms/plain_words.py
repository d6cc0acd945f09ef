"""The desk's own words for a field that was left empty."""

from django import forms
from django.utils.translation import gettext_lazy as _

DJANGOS = forms.Field.default_error_messages["required"]


class PlainWords(forms.BaseForm):
    """A form whose required fields say so plainly, where they have no words of their own."""

    def full_clean(self) -> None:
        for field in self.fields.values():
            if field.error_messages["required"] == DJANGOS:
                choice = isinstance(field, forms.ChoiceField)
                field.error_messages["required"] = _("Please choose one.") if choice else _("Please fill this in.")
        super().full_clean()
