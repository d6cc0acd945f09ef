"""The sample's other calls: each drafted, opened and closed by its owner at the dates of its own past."""

from datetime import timedelta
from typing import Any

from hearthpress.agreements.models import RateCard
from hearthpress.common import clock
from hearthpress.people.models import Person
from hearthpress.sample.calendar import Calendar
from hearthpress.submissions.actions import announce_call, close_call, draft_call, open_call
from hearthpress.submissions.models import Call, Question

A_WEEK = timedelta(days=7)


def load_other_calls(about: dict[str, Any], owner: Person, calendar: Calendar) -> None:
    names = {card["slug"]: card["name"] for card in about["rate_cards"]}
    for one in about["other_calls"]:
        _load(one, RateCard.objects.get(name=names[one["rate_card"]]), owner, calendar)


def _load(about: dict[str, Any], card: RateCard, owner: Person, calendar: Calendar) -> None:
    opened = calendar.days_ago(about["opened_days_ago"])
    with clock.at(opened - A_WEEK):
        call = draft_call(_call(about, card))
        for position, question in enumerate(about["questions"]):
            Question.objects.create(call=call, position=position, **question)
    with clock.at(opened):
        open_call(call, owner)
    if "closed_days_ago" in about:
        with clock.at(calendar.days_ago(about["closed_days_ago"])):
            close_call(call, owner)
            announce_call(call, owner, calendar.in_days(about["opens_in_days"]))


def _call(about: dict[str, Any], card: RateCard) -> Call:
    texts = {name: about.get(name, "").strip() for name in ("guidelines", "rights", "what_happens")}
    limits = ("kind", "slug", "title", "reply_days", "min_words", "max_words", "pieces", "anonymous")
    return Call(rate_card=card, **texts, **{name: about[name] for name in limits if name in about})
