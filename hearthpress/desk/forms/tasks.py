"""What is to be done, by whom, by when."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.tasks import Filter, Whose
from hearthpress.people.models import Person
from hearthpress.tasks.enums import TaskKind
from hearthpress.tasks.models import Task
from hearthpress.tasks.people import at_desk

DAY = "%Y-%m-%d"  # what a date input sends: HTML, 2.3.5.2


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=DAY)


class TaskFilterForm(forms.Form):
    """Choosing among the tasks of a list. What was chosen before stays in the URL."""

    whose = forms.ChoiceField(choices=Whose, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What"), choices=[("", _("Everything")), *TaskKind.choices])
    who = forms.ModelChoiceField(label=_("Who"), queryset=Person.objects.none(), empty_label=_("Everybody"))

    def __init__(self, chosen: Filter) -> None:
        initial = {"whose": chosen.whose.value, "kind": chosen.kind, "who": chosen.who}
        super().__init__(initial=initial, auto_id="filter-%s")
        needed_later(self, "kind", "who")
        self.fields["who"].queryset = at_desk().order_by("name", "pk")  # type: ignore[attr-defined]
        if chosen.whose not in (Whose.ALL, Whose.DONE):
            del self.fields["who"]
        for field in self.fields.values():
            field.required = False


class PlanForm(PlainWords, forms.Form):
    """`seen` is how the task was planned when the page was drawn, so that nobody's plan is changed unseen."""

    assignee = forms.ModelChoiceField(
        label=_("Who does it"), queryset=Person.objects.none(), required=False, empty_label=_("Anybody")
    )
    due_on = forms.DateField(label=_("By when"), input_formats=[DAY], widget=DayInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, today: date, task: Task | None = None, **initial: Any) -> None:
        self.today, self.task = today, task
        super().__init__(data, initial={"assignee": task.assignee_id, "due_on": task.due_on} if task else initial)
        self.fields["assignee"].queryset = at_desk().order_by("name", "pk")  # type: ignore[attr-defined]
        needed_later(self, "assignee")
        self.initial["seen"] = _plan_of(task)

    def clean_due_on(self) -> date:
        """A day that has passed may stay, but is chosen by nobody."""
        day: date = self.cleaned_data["due_on"]
        stays = self.task is not None and day == self.task.due_on
        if day < self.today and not stays:
            raise forms.ValidationError(_("Please choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        if self.task is not None and fields.get("seen") != _plan_of(self.task):
            self.look_again()
        return fields

    def look_again(self) -> None:
        """Say that somebody planned it anew; sending the form once more puts this plan in the place of theirs."""
        self.add_error(None, _("Somebody changed this task meanwhile. Below is what you chose; look at it once more."))
        self.data = {name: self.data.get(name) for name in self.fields} | {"seen": _plan_of(self.task)}


class TaskForm(PlanForm):
    """A task that an editor types. `story` is the key of the submission that it is about, if any."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    story = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    field_order = ("title", "assignee", "due_on")


def _plan_of(task: Task | None) -> str:
    return f"{task.due_on}/{task.assignee_id or ''}" if task else ""
