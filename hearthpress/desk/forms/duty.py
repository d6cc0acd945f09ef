"""What an editor takes on now, and giving stories to editors."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hearthpress.care.models import Subject
from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.forms.tasks import DayInput
from hearthpress.submissions.duty import OnDuty
from hearthpress.submissions.models import Duty
from hearthpress.tasks.people import at_desk


class DutyForm(PlainWords, forms.ModelForm):
    class Meta:
        model = Duty
        fields = ["takes_new", "rest", "away_from", "away_until", "cover"]
        labels = {"rest": _("No stories about"), "cover": _("Who covers for you")}
        help_texts = {
            "takes_new": _("Without it you get only what an editor gives you by hand, and what you take yourself."),
            "rest": _(
                "For reasons that nobody asks. Nobody gives you such a story now, and nobody else sees this list. You "
                "may still take one yourself."
            ),
            "away_from": _("The first day. Your own day, where you are."),
            "away_until": _("The last day. Leave it empty while you do not know."),
            "cover": _("Meanwhile they get what would be yours, and answer for the stories that you have."),
        }
        widgets = {"rest": forms.CheckboxSelectMultiple, "away_from": DayInput, "away_until": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cover = self.fields["cover"]
        cover.queryset = at_desk().exclude(pk=self.instance.editor_id).order_by("name", "pk")  # type: ignore[attr-defined]
        cover.empty_label = _("Nobody")  # type: ignore[attr-defined]
        needed_later(self, "away_from", "away_until", "cover")
        if not Subject.objects.exists():
            del self.fields["rest"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("away_from"), given.get("away_until")
        if last and not first and "away_from" not in self.errors:
            self.add_error("away_from", _("Please say from which day on."))
        if first and last and last < first:
            self.add_error("away_until", _("The last day comes after the first."))
        return given


class AssignmentsForm(PlainWords, forms.Form):
    """Who gets the stories: "" is nobody."""

    editor = forms.TypedChoiceField(label=_("Who looks after them"), coerce=int, empty_value=None, required=False)
    why = forms.CharField(
        label=_("A word about why"), help_text=_("Editors alone see it."), max_length=200, required=False
    )

    def __init__(self, data: Any, *, on_duty: dict[int, OnDuty], **initial: Any) -> None:
        super().__init__(data, initial=initial)
        named = sorted(on_duty.values(), key=lambda one: (str(one.editor).casefold(), one.editor.pk))
        editors = [(one.editor.pk, _in_words(one, on_duty)) for one in named]
        self.fields["editor"].choices = [("", _("Nobody")), *editors]  # type: ignore[attr-defined]
        needed_later(self, "editor")


def _in_words(one: OnDuty, on_duty: dict[int, OnDuty]) -> str:
    """An editor with what speaks for and against giving them more; from what they rest is nobody's affair."""
    stories = ngettext("%(load)d story", "%(load)d stories", one.load) % {"load": one.load}
    cover = on_duty.get(one.cover or 0)
    facts = [stories]
    if one.away:
        facts.append(_now("away, %(name)s covers") % {"name": cover.editor} if cover else _now("away"))
    elif not one.takes_new:
        facts.append(_now("takes no new ones now"))
    return f"{one.editor} ({', '.join(facts)})"
