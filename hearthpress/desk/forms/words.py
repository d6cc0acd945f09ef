"""The magazine's own words for the letters of its decisions."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.starting_words import one_kind_of_line
from hearthpress.submissions.models import Call, LetterTemplate


class LetterWordsForm(PlainWords, forms.ModelForm):
    """`seen` is the fingerprint of what the page showed, so that nobody's change is undone unseen."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = LetterTemplate
        fields = ["name", "kind", "call", "subject", "words"]
        labels = {
            "kind": _("For which decision"),
            "call": _("For one call alone"),
            "subject": _("For stories about"),
        }
        help_texts = {
            "name": _("Editors choose by it. No writer sees it."),
            "words": _(
                "They stand in the letter, between what was decided and what comes next. {title} becomes the story’s "
                "title, {name} the name that it is signed with."
            ),
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 10, "maxlength": 20_000})}

    field_order = ("name", "kind", "call", "subject", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.fingerprint()
        for name, nothing in (("call", _("Every call")), ("subject", _("Every subject"))):
            self.fields[name].empty_label = nothing  # type: ignore[attr-defined]
        self.fields["call"].queryset = Call.objects.order_by("title", "pk")  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        return one_kind_of_line(str(self.cleaned_data["words"]))

    def fingerprint(self) -> str:
        """A hash of the words as they are kept now; "" for new ones."""
        if self.instance.pk is None:
            return ""
        rows = LetterTemplate.objects.values_list("name", "kind", "call", "subject", "words")
        return hashlib.sha256(repr(rows.get(pk=self.instance.pk)).encode()).hexdigest()

    def look_again(self) -> None:
        """Say that somebody changed the words meanwhile; sending the form once more puts these in their place."""
        self.add_error(None, _("Somebody changed these words meanwhile. Please look at theirs first."))
        self.data = {**{name: self.data.get(name) for name in self.fields}, "seen": self.fingerprint()}
