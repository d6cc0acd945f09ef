"""What every form of the room has: words that any page and any database can hold, and fields that may wait."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from hearthpress.documents.text import clean

NOTE_LENGTH = 5000


class Wanted(forms.CharField):
    """A field that is wanted, so never marked as "if you like", though nothing is refused where it is empty yet."""

    def validate(self, value: Any) -> None:
        """A draft may be as empty as it likes: see `room.forms.draft.DraftForm.ask_for_missing`."""


class WantedChoice(forms.ChoiceField):
    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def at_most(length: int) -> MaxLengthValidator:
    """No `maxlength` in the page: it would cut what is pasted, without a word."""
    return MaxLengthValidator(length, _("Please keep this to %(limit_value)d characters; it has %(show_value)d."))


def at_most_bytes(length: int, sentence: str) -> dict[str, Any]:
    """What a page's script says before it sends files that are larger than this together (marked for translation)."""
    return {"data-most": length, "data-too-large": gettext_lazy(sentence)}


class CleanForm(forms.Form):
    """A form whose words carry no character that no page and no database can hold."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None if data is None else cleaned(data), *args, **kwargs)

    def put(self, name: str, value: str) -> None:
        """What the field shows when the page is drawn again."""
        cast("MultiValueDict[str, str]", self.data)[name] = value


def cleaned(data: QueryDict) -> MultiValueDict[str, str]:
    """The posted words with one kind of line end, and without null bytes and their like."""
    return MultiValueDict({name: [clean(value) for value in values] for name, values in data.lists()})
