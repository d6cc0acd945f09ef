"""What is asked about somebody whom a story names; the same at the desk and in the writing room."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hearthpress.documents.text import one_line
from hearthpress.editing.enums import Knows, ShownAs
from hearthpress.editing.people import InStory

NAME_LENGTH = 60
MOST = 100  # people on one page: a form of more fields than Django reads is refused with all that was typed


class OtherName(forms.CharField):
    """A name, or initials: on one line, with a letter in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(letter.isalpha() for letter in value):
            raise forms.ValidationError(_("A name has letters."))


class CoWriterForm(forms.Form):
    """Who wrote a story too: their address, and what the others on its pages call them."""

    use_required_attribute = False

    name = OtherName(
        label=_("What they are called"),
        help_text=_("The name that they sign with, or their first name. The story’s writers and editors see it."),
        error_messages={"required": _("Please say what they are called.")},
    )
    email = forms.EmailField(
        label=_("Their e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please type their e-mail address: they get a letter.")},
    )


class PersonForm(forms.Form):
    """About one person. What is left unanswered stays a question."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("Do they know that they are in the story?"), required=False, choices=Knows, widget=forms.RadioSelect
    )
    shown_as = forms.ChoiceField(label=_("How should they be named?"), choices=ShownAs)
    other_name = OtherName(label=_("Which other name"), required=False)

    def __init__(self, about: InStory, data: QueryDict | None = None) -> None:
        self.about = about
        said = about.said
        initial = {
            "answer": said.answer if said else "",
            "shown_as": said.shown_as if said else ShownAs.INITIALS if about.mention.is_child else ShownAs.AS_IS,
            "other_name": said.other_name if said else "",
        }
        # The name's own prefix: a form drawn from an older version never answers for somebody else.
        super().__init__(data, prefix=f"p{sha256(about.name.encode()).hexdigest()[:10]}", initial=initial)
        self.fields["other_name"].widget.attrs["maxlength"] = NAME_LENGTH

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("shown_as") == ShownAs.OTHER and not given.get("other_name") and "other_name" not in self.errors:
            self.add_error("other_name", _("Please say which name."))
        return given

    @property
    def is_answered(self) -> bool:
        return bool(self.cleaned_data.get("answer"))


def forms_about(people: Sequence[InStory], data: QueryDict | None = None) -> list[PersonForm]:
    """A form for each person; one that the posted page did not have yet is drawn anew.

    Of more than MOST people those come first who were posted, and then those of whom nothing was said yet: the others
    come when these are answered.
    """
    made = [PersonForm(about, data) for about in people]
    forms = [form if data is None or f"{form.prefix}-shown_as" in data else PersonForm(form.about) for form in made]
    if len(forms) <= MOST:
        return forms
    return sorted(forms, key=lambda form: (not form.is_bound, form.about.said is not None))[:MOST]
