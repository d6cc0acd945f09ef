"""Choosing among the stories of the queue, and keeping the choice under a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.care.models import Subject
from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.queue.filters import ME, MOST_LETTERS, NOBODY, Due, Filter, Length, Mine, Sort, Where
from hearthpress.people.models import Person
from hearthpress.submissions.enums import CallKind, CallState
from hearthpress.submissions.models import Call, SavedView
from hearthpress.tasks.people import at_desk


class QueueFilterForm(forms.Form):
    """What was chosen stays in the URL. A choice between less than two things is not offered."""

    find = forms.CharField(
        label=_("Title or name"), max_length=MOST_LETTERS, widget=forms.TextInput(attrs={"type": "search"})
    )
    where = forms.ChoiceField(label=_("Where it is"), choices=Where)
    call = forms.ModelChoiceField(label=_("Call"), queryset=Call.objects.none(), empty_label=_("Every call"))
    kind = forms.ChoiceField(label=_("What was asked for"), choices=[("", _("Everything")), *CallKind.choices])
    subject = forms.ModelChoiceField(
        label=_("Touches"), queryset=Subject.objects.none(), empty_label=_("Every subject, or none")
    )
    who = forms.ChoiceField(label=_("Who looks after it"))
    mine = forms.ChoiceField(label=_("Your reading"), choices=[("", _("In or not")), *Mine.choices])
    due = forms.ChoiceField(label=_("Promise"), choices=[("", _("Any day")), *Due.choices])
    length = forms.ChoiceField(label=_("Length"), choices=[("", _("Any length")), *Length.choices])
    urgent = forms.ChoiceField(label=_("Urgency"), choices=[("", _("Urgent or not")), ("yes", _("Urgent"))])
    sort = forms.ChoiceField(label=_("What comes first"), choices=Sort)

    def __init__(self, chosen: Filter, editor: Person) -> None:
        super().__init__(initial=vars(chosen), auto_id="filter-%s")
        calls = Call.objects.exclude(state=CallState.DRAFT).order_by("title", "pk")
        self._offer("call", calls)
        self._offer("subject", Subject.objects.all())
        if len({call.kind for call in calls}) < 2 and not chosen.kind:
            del self.fields["kind"]
        others = [(str(person.pk), str(person)) for person in at_desk().exclude(pk=editor.pk).order_by("name", "pk")]
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", _("Anybody, or nobody")),
            (ME, _("Me")),
            (NOBODY, _("Nobody yet")),
            *others,
        ]
        for field in self.fields.values():
            field.required = False
        needed_later(self)

    def _offer(self, name: str, rows: Any) -> None:
        """Fetched once, for all that asks about them."""
        if len(rows):
            field = self.fields[name]
            field.choices = [("", field.empty_label), *((row.pk, str(row)) for row in rows)]  # type: ignore[attr-defined]
        else:
            del self.fields[name]


class SavedViewForm(PlainWords, forms.ModelForm):
    """`query` is what the queue's URL says; what it says badly is not kept."""

    class Meta:
        model = SavedView
        fields = ["name"]
        labels = {"name": _("Name")}
        help_texts = {"name": _("It stands above the queue, for you alone.")}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = SavedView.objects.filter(editor=self.instance.editor, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("You have a view of this name already. Please choose another name."))
        return name
