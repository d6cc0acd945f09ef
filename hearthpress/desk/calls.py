"""Calls as the desk lists, keeps and tells of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthpress.agreements.models import RateCard
from hearthpress.common import clock
from hearthpress.desk.forms.calls import Questions, RateForm
from hearthpress.magazine.calls import Shown, shown
from hearthpress.masthead.models import Masthead
from hearthpress.submissions.actions import ask_no_more, draft_call
from hearthpress.submissions.enums import CallState, SubmissionState
from hearthpress.submissions.limits import TAKE_NO_PLACE
from hearthpress.submissions.models import Call, Question, QuestionAnswer, Submission, Waiting

SLUG_LENGTH = 70  # leaves room for a number
_ORDER = {CallState.OPEN: 0, CallState.ANNOUNCED: 1, CallState.DRAFT: 2, CallState.CLOSED: 3}
_LABELS: dict[tuple[str, str], str | Promise] = {
    (CallState.ANNOUNCED, CallState.ANNOUNCED): gettext_lazy("Other times were chosen"),
    (CallState.OPEN, CallState.OPEN): gettext_lazy("Another closing time was chosen"),
    (CallState.ANNOUNCED, CallState.DRAFT): gettext_lazy("The announcement was taken back"),
}
_BECAME: dict[str, str | Promise] = {
    CallState.ANNOUNCED: gettext_lazy("Announced"),
    CallState.OPEN: gettext_lazy("Opened"),
    CallState.CLOSED: gettext_lazy("Closed"),
}
_WHY: dict[str, str | Promise] = {"time": gettext_lazy("by time"), "full": gettext_lazy("it was full")}


@dataclass(frozen=True)
class Happened:
    at: datetime
    label: str | Promise
    who: str | Promise


def calls_with_numbers() -> QuerySet[Call, Any]:
    """Each with what came since it opened (`sent`), drafts that writers have begun, and addresses that wait for it."""
    pieces = Submission.objects.filter(call=OuterRef("pk"))
    came = pieces.filter(submitted_at__gte=OuterRef("opens_at")).exclude(state__in=TAKE_NO_PLACE)
    numbers = {
        "sent": came,
        "begun": pieces.filter(state=SubmissionState.DRAFT),
        "wait": Waiting.objects.filter(call=OuterRef("pk")),
    }
    counts = {name: _count(rows) for name, rows in numbers.items()}
    return Call.objects.select_related("rate_card").annotate(**counts)


def listed_calls(masthead: Masthead) -> list[Shown]:
    """What is open first, then what is to come, what is drafted, and what is closed, the newest first."""
    rows = [shown(call, masthead) for call in calls_with_numbers().order_by("-opens_at", "-pk")]
    return sorted(rows, key=lambda row: _ORDER[CallState(row.stands)])


def history(call: Call) -> list[Happened]:
    """What became of the call, the newest first."""
    events = call.events.select_related("actor").order_by("-at", "-pk")
    return [
        Happened(
            event.at,
            _LABELS.get((event.old, event.new)) or _BECAME[event.new],
            _WHY.get(event.why) or str(event.actor or ""),
        )
        for event in events
    ]


@transaction.atomic
def keep_call(form: Any, rate: RateForm | None) -> Call:
    """Keep what the form says; a new call is a draft. Another rate is another card: what was signed stays as it was."""
    call: Call = form.instance
    call.rate_card = _card(rate, call.title) if rate is not None else call.rate_card
    if call.pk is None:
        call.slug = _free_slug(call.title)
        return draft_call(call)
    # These columns alone: what time or another owner did to the call meanwhile stays.
    call.save(update_fields=[*form.fields, "rate_card"])
    return call


def newest_card() -> RateCard:
    """The card that a new call begins with: what the magazine paid last."""
    call = Call.objects.select_related("rate_card").order_by("-pk").first()
    card = call.rate_card if call is not None else RateCard.objects.order_by("-pk").first()
    return card or RateCard.objects.create(name=_("Nothing yet"), currency=Masthead.current().currency)


def question_forms(call: Call, data: Any = None) -> Any:
    """The call's questions, with room for one more at the end."""
    asked = call.questions.filter(retired_at=None)
    answered = frozenset(QuestionAnswer.objects.filter(question__in=asked).values_list("question_id", flat=True))
    last = asked.order_by("-position").values_list("position", flat=True).first()
    return Questions(
        data,
        queryset=asked,
        prefix="questions",
        initial=[{"position": 1 if last is None else last + 1}],
        form_kwargs={"answered": answered},
    )


@transaction.atomic
def keep_questions(call: Call, forms: Any) -> None:
    for form in forms.forms:
        question: Question = form.instance
        if question.pk and form.cleaned_data.get("gone"):
            ask_no_more(question)
        elif form.has_changed():
            question.call = call
            form.save()


def _count(rows: QuerySet[Any]) -> Coalesce:
    number = rows.order_by().values("call").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), Value(0), output_field=IntegerField())


def _card(rate: RateForm, title: str) -> RateCard:
    card = rate.card
    if all(getattr(card, name) == value for name, value in rate.rate.items()):
        return card
    name = _("%(call)s, from %(day)s") % {"call": title, "day": clock.now().date().isoformat()}
    return RateCard.objects.create(name=name[:80], currency=card.currency, **rate.rate)


def _free_slug(title: str) -> str:
    """The call's web address, made of its title; it keeps it under another title."""
    beginning = slugify(title)[:SLUG_LENGTH].strip("-") or "call"
    alike = Call.objects.filter(Q(slug=beginning) | Q(slug__startswith=f"{beginning}-"))
    taken = {*alike.values_list("slug", flat=True), "new"}  # calls/new/ is the desk's own
    numbers = (f"{beginning}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (beginning, *numbers) if slug not in taken)
