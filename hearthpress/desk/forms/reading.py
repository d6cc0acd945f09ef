"""What editors think of a story, and what they say of who should read it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.care.models import Subject
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.people.models import Person
from hearthpress.submissions.enums import Vote

SCORES = [(number, str(number)) for number in range(1, 6)]


class ReadingForm(PlainWords, forms.Form):
    """A vote and notes; a score too where the call is scored."""

    vote = forms.ChoiceField(label=_("Would you publish it?"), choices=Vote, widget=forms.RadioSelect)
    score = forms.TypedChoiceField(
        label=_("How good is it?"),
        help_text=_("From 1 to 5; 5 is the best."),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "in-a-row"}),
    )
    notes = forms.CharField(
        label=_("Your notes"),
        help_text=_("Other editors read them. The writer never does."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, scored: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not scored:
            del self.fields["score"]


class ConflictForm(PlainWords, forms.Form):
    why = forms.CharField(
        label=_("Why others should decide"),
        help_text=_("You need not say it. Other editors read it, once they may know whose the story is."),
        required=False,
        max_length=200,
    )


class UrgencyForm(PlainWords, forms.Form):
    why = forms.CharField(
        label=_("Why it cannot wait"),
        help_text=_("Other editors read it in the queue."),
        max_length=200,
        error_messages={"required": _("Please say why, so that others know what to do.")},
    )


class SubjectsForm(PlainWords, forms.Form):
    """`was` has the numbers of those that were named when the page was drawn, with commas between them."""

    subjects = forms.ModelMultipleChoiceField(
        label=_("What it touches"),
        help_text=_("A decision about a loss carries a line of its own, and who rests from a subject is not given it."),
        queryset=Subject.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)


class EditorField(forms.ModelChoiceField):
    """One of the editors, or nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Person.objects.none(), required=False, empty_label=_("Nobody"), **kwargs)


class AssignmentForm(PlainWords, forms.Form):
    """`was` is who had the story when the page was drawn: "" for nobody."""

    editor = EditorField(label=_("Editor"))
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, editors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["editor"].queryset = editors  # type: ignore[attr-defined]
