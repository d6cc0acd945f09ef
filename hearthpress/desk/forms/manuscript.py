"""The manuscript page's forms: all that the writer approves beside the words, a row for each quote and related line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.care.models import Subject
from hearthpress.desk.addresses import address_problem
from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.particulars import OUT
from hearthpress.desk.suggestions import NEWEST, Candidate, Offer
from hearthpress.documents.schema import FIGURE_LIMITS, GENTLE_LIMITS, QUOTE_LIMITS
from hearthpress.documents.text import one_line, safe_web_address
from hearthpress.editing.content import SLUG_LENGTH
from hearthpress.editing.models import Picture
from hearthpress.masthead.models import Section
from hearthpress.stories.models import Story


class ManuscriptForm(forms.Form):
    """`base` is the version that the page was drawn from; `over` a newer one that the editor has seen since."""

    base = forms.CharField(max_length=64, widget=forms.HiddenInput)
    over = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    picture_sha256 = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    text_picture_sha256 = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    headline = forms.CharField(
        label=_("Headline"), max_length=200, error_messages={"required": _("Give the story a headline.")}
    )
    standfirst = forms.CharField(
        label=_("Standfirst"),
        help_text=_("One or two sentences under the headline. They stand in lists, feeds and shared links too."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    slug = forms.SlugField(
        label=_("Web address"),
        max_length=SLUG_LENGTH,
        help_text=_("Small letters, digits and hyphens. Keep names of children and of other people out of it."),
        error_messages={
            "required": _("Give the story a web address."),
            "invalid": _("A web address has small letters, digits and hyphens only."),
        },
    )
    section = forms.ModelChoiceField(
        label=_("Section"),
        help_text=_("Needed before the writer is asked."),
        queryset=Section.objects.all(),
        empty_label=_("Not chosen yet"),
        to_field_name="slug",
        required=False,
    )
    subjects = forms.ModelMultipleChoiceField(
        label=_("Hard subjects that it touches"),
        queryset=Subject.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    content_note = forms.CharField(
        label=_("Content note"),
        help_text=_("Short, specific, undramatic. Readers see it before the story begins."),
        max_length=200,
        required=False,
    )
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, up to 15 MB. What the camera wrote into it is taken out."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(
        label=_("What the picture shows"),
        help_text=_("For readers who cannot see it. Every picture needs it."),
        max_length=400,
        required=False,
    )
    caption = forms.CharField(label=_("Caption"), max_length=400, required=False)
    credit = forms.CharField(label=_("Credit"), max_length=200, required=False)
    text_picture = forms.FileField(
        label=_("A picture within the text"),
        help_text=_("When you save, it is suggested at the end of the text. On the page of the words you move it."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    text_alt = forms.CharField(
        label=_("What it shows"),
        help_text=_("For readers who cannot see it."),
        max_length=FIGURE_LIMITS["alt"],
        required=False,
    )
    text_caption = forms.CharField(label=_("Its caption"), max_length=FIGURE_LIMITS["caption"], required=False)
    text_credit = forms.CharField(label=_("Its credit"), max_length=FIGURE_LIMITS["credit"], required=False)
    no_picture = forms.BooleanField(label=_("Take the picture out"), required=False)
    why = forms.CharField(
        label=_("What did you change?"),
        help_text=_("A few words. The writer reads them above the changes."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, story: Story | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story = story
        needed_later(self, "section", "alt")
        if story is not None and story.first_live_at is not None:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("The web address of a published story stays as it is.")

    def clean_headline(self) -> str:
        return one_line(self.cleaned_data["headline"])

    def clean_standfirst(self) -> str:
        return one_line(self.cleaned_data["standfirst"])

    def clean_why(self) -> str:
        return one_line(self.cleaned_data["why"])

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if problem := address_problem(slug, self.story):
            raise forms.ValidationError(problem)
        return slug

    def clean_picture_sha256(self) -> str:
        return _stored(self.cleaned_data["picture_sha256"])

    def clean_text_picture_sha256(self) -> str:
        return _stored(self.cleaned_data["text_picture_sha256"])


def _stored(digest: str) -> str:
    """The hash of a picture of ours: it came back through a browser."""
    if digest and not Picture.objects.filter(sha256=digest).exists():
        raise forms.ValidationError(_("That picture is not here any more. Please choose it again."))
    return digest


class QuoteForm(forms.Form):
    """What is known about words said elsewhere."""

    speaker = forms.CharField(label=_("Who said it"), max_length=QUOTE_LIMITS["speaker"], required=False)
    source = forms.CharField(
        label=_("Where (such as Instagram)"),
        max_length=QUOTE_LIMITS["source"],
        required=False,
    )
    date = forms.CharField(
        label=_("When"),
        help_text=_("Such as 2026-11-03."),
        max_length=QUOTE_LIMITS["date"],
        required=False,
    )
    permalink = forms.CharField(
        label=_("Its web address"),
        max_length=QUOTE_LIMITS["permalink"],
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    permission = forms.CharField(
        label=_("Permission"),
        help_text=_("Who allowed it, and how. Readers do not see this."),
        max_length=QUOTE_LIMITS["permission"],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self)

    def clean(self) -> dict[str, Any]:
        return {name: one_line(value) for name, value in self.cleaned_data.items()}

    def clean_permalink(self) -> str:
        address = one_line(self.cleaned_data["permalink"])
        if address and not safe_web_address(address):
            raise forms.ValidationError(_("A web address begins with http:// or https://."))
        return address


class FigureForm(forms.Form):
    """What readers are told of a picture within the text."""

    alt = forms.CharField(
        label=_("What the picture shows"),
        help_text=_("For readers who cannot see it. Every picture needs it."),
        max_length=FIGURE_LIMITS["alt"],
        required=False,
    )
    caption = forms.CharField(label=_("Caption"), max_length=FIGURE_LIMITS["caption"], required=False)
    credit = forms.CharField(label=_("Credit"), max_length=FIGURE_LIMITS["credit"], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "alt")

    def clean(self) -> dict[str, Any]:
        return {name: one_line(value) for name, value in self.cleaned_data.items()}


class GentleForm(forms.Form):
    """What a passage that readers can skip speaks of."""

    says = forms.CharField(
        label=_("It speaks of"),
        help_text=_(
            "A few plain words, such as: the loss of a child. Nothing, where even the words would be too much."
        ),
        max_length=GENTLE_LIMITS["says"],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        return {name: one_line(value) for name, value in self.cleaned_data.items()}


class RelatedForm(forms.Form):
    """Where a related line leads."""

    story = forms.CharField(label=_("Leads to"), required=False, widget=forms.Select)
    address = forms.CharField(
        label=_("Or the address of another story of ours"),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, offered: Offer, among: list[Candidate], chosen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "story")
        self.among = {one.key: one for one in among}
        self.was_lost = bool(chosen) and chosen not in self.among
        self.suggested = "" if chosen else offered.suggested
        self.initial["story"] = "" if self.was_lost else chosen or self.suggested
        self.fields["story"].widget.choices = self._choices(offered, among)

    def clean(self) -> dict[str, str]:
        key = str(self.cleaned_data.get("story") or "")
        address = str(self.cleaned_data.get("address") or "").strip()
        if address:
            key = self._key_at(address)
        elif key and key != OUT and key not in self.among:
            self.add_error("story", _("That story cannot stand here: it is no longer live, or the care rules say no."))
        return {"story": key}

    def _key_at(self, address: str) -> str:
        slug = address.rstrip("/").rpartition("/")[2]
        found = next((one.key for one in self.among.values() if one.slug == slug), "")
        if not found:
            self.add_error("address", _("No live story that may stand here has this address."))
        return found

    def _choices(self, offered: Offer, among: list[Candidate]) -> list[Any]:
        shown = {one.key for one in offered.closest}
        newest = [one for one in among if one.key not in shown][:NEWEST]
        now = self.among.get(str(self.data.get(self.add_prefix("story")) or self.initial["story"]))
        if now is not None and now.key not in shown and now not in newest:
            newest.insert(0, now)
        return [
            ("", _("Not chosen yet")),
            (OUT, _("Take the line out")),
            (_("Titles like it"), [(one.key, one.headline) for one in offered.closest]),
            (_("Newest stories"), [(one.key, one.headline) for one in newest]),
        ]
