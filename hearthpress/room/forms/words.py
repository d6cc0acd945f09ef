"""What a writer says to the editors once a story is with them, and the name under an agreement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.correspondence.models import LONGEST
from hearthpress.room.forms.plain import NOTE_LENGTH, CleanForm, at_most


class SignatureForm(CleanForm):
    """The writer's name, typed under the terms with the hash that the page showed."""

    name = forms.CharField(
        label=_("Your full name, as your signature"),
        validators=[at_most(120)],
        error_messages={"required": _("Please type your full name. It is your signature.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    terms = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    other_name = ""

    def asks_about(self, known: str) -> bool:
        """Whether the name is another than the one that we know, and the person has not yet said that it is meant."""
        name = self.cleaned_data["name"]
        differs = known.strip() != "" and _folded(name) != _folded(known)
        asks = differs and self.cleaned_data["confirmed"] != name
        self.other_name = name if asks else ""
        self.put("confirmed", self.other_name)
        return asks


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


class ChangeForm(CleanForm):
    """What should be different, in the writer's words."""

    words = forms.CharField(
        label=_("What should be different?"),
        validators=[at_most(NOTE_LENGTH)],
        error_messages={"required": _("Please say what should be different, so that the editor knows what to do.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MessageForm(CleanForm):
    """What the writer says to the editors."""

    words = forms.CharField(
        label=_("Your message"),
        validators=[at_most(LONGEST)],
        error_messages={"required": _("There are no words here yet.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
