"""What is asked about a text once it was read."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearthpress.documents.manuscript import Guess
from hearthpress.room.forms.plain import CleanForm, Wanted, at_most


class GuessForm(CleanForm):
    """One thing that only the writer can say. What is left unanswered stays as it was typed."""

    yes = forms.ChoiceField(required=False, widget=forms.RadioSelect, choices=[("yes", _("Yes")), ("no", _("No"))])
    speaker = Wanted(label=_("Who said it"), validators=[at_most(200)])
    source = forms.CharField(
        label=_("Where"),
        required=False,
        validators=[at_most(200)],
        help_text=_("Such as Instagram, Twitter or a newspaper’s name."),
    )

    def __init__(self, guess: Guess, answer: dict[str, Any] | None, data: QueryDict | None = None) -> None:
        self.guess, self.why = guess, gettext(guess.why)
        answer = answer or {}
        initial = {
            "yes": {True: "yes", False: "no"}.get(answer.get("yes", "")),
            "speaker": answer.get("speaker") or guess.speaker,
            "source": answer.get("source") or guess.source,
        }
        super().__init__(data, prefix=guess.key, initial=initial)
        quote = guess.kind == "quote"
        self.fields["yes"].label = (
            _("Were these words said elsewhere?") if quote else _("Is this a note about a magazine?")
        )
        if not quote:
            del self.fields["speaker"], self.fields["source"]

    def clean(self) -> dict[str, Any]:
        """A name that we read and the writer took out must not come back by itself."""
        for name in ("speaker", "source"):
            emptied = name in self.fields and getattr(self.guess, name) and not self.cleaned_data.get(name)
            if emptied and self.cleaned_data.get("yes") == "yes" and name not in self.errors:
                self.add_error(name, _("Please fill this in, or answer No: then it stays an ordinary paragraph."))
        return self.cleaned_data

    @property
    def answer(self) -> dict[str, Any] | None:
        """What is kept in `Submission.answers`; None when it was left unanswered."""
        chosen = self.cleaned_data.get("yes")
        if not chosen:
            return None
        words = {name: self.cleaned_data.get(name, "") for name in ("speaker", "source")}
        return {"yes": chosen == "yes", **words}
