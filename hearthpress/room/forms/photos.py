"""What a writer says of each photo. It is kept as far as it goes; what must be there is asked for before sending."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hearthpress.common.pictures import MAX_BYTES
from hearthpress.documents.files import gettext_noop
from hearthpress.room.forms.plain import CleanForm, Wanted, at_most, at_most_bytes
from hearthpress.submissions.actions import describe_photo, take_off
from hearthpress.submissions.models import Attachment

TOO_LARGE = gettext_noop(
    "Together these are larger than 15 MB, which is more than can be sent at once. Please choose fewer."
)


class PhotoForm(CleanForm):
    """One photo, its fields named after its key."""

    credit = Wanted(
        label=_("Who took it"), validators=[at_most(200)], help_text=_("The name that readers see beside it.")
    )
    alt = Wanted(
        label=_("What it shows"),
        validators=[at_most(400)],
        help_text=_("In a sentence, for readers who cannot see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consent = forms.BooleanField(
        label=_("Everybody who can be recognised agrees"),
        required=False,
        help_text=_("Tick it too when nobody can be recognised, or when it is you."),
    )
    off = forms.BooleanField(label=_("Take this photo off when I save"), required=False)

    def __init__(self, photo: Attachment, data: QueryDict | None = None) -> None:
        self.photo = photo
        initial = {name: getattr(photo, name) for name in ("credit", "alt", "consent")}
        super().__init__(data, prefix=photo.key, initial=initial)

    @property
    def was_posted(self) -> bool:
        """Whether the page showed this photo: one that was added in another window meanwhile is left as it is."""
        return self.add_prefix("credit") in self.data

    def save(self) -> None:
        """Take the photo off, or keep every field in which nothing is wrong. Raises SomebodyElseWon."""
        if self.cleaned_data["off"]:
            take_off(self.photo)
            return
        said = {name: self.cleaned_data.get(name, getattr(self.photo, name)) for name in ("credit", "alt", "consent")}
        if self.has_changed():
            describe_photo(self.photo, **said)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class AddPhotosForm(forms.Form):
    """The photos themselves; what is wrong with one is said once it was tried."""

    photos = forms.FileField(
        label=_("Add photos"),
        required=False,
        help_text=_(
            "JPEG, PNG or WebP, up to 15 MB at once. What the camera wrote into them, such as where it was, is taken "
            "out."
        ),
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp", **at_most_bytes(MAX_BYTES, TOO_LARGE)}),
    )


def said_of_photos(data: QueryDict) -> list[tuple[str, Any]]:
    """The fields of any photo among what was posted, each with its label."""
    fields = {name: field.label for name, field in PhotoForm.base_fields.items() if name in ("credit", "alt")}
    return [(posted, fields[name]) for posted in data if (name := posted.rpartition("-")[2]) in fields]
