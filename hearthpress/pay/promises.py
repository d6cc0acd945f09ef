"""What the page "How we keep our promises" says: counted here, at the end of the road, where all of it is known."""

import math
from typing import Any

from hearthpress.common import clock
from hearthpress.common.periods import A_DAY, last_months, midnight
from hearthpress.magazine.models import PromiseFigures
from hearthpress.masthead.models import Masthead
from hearthpress.pay.published import Settled, settled_between
from hearthpress.submissions.medians import Share, Within, enough, middle, replies
from hearthpress.submissions.waits import waits_between

MONTHS = 12


def count_promises() -> None:
    """Count anew, over the last twelve months that are over. The row is saved only when it says something else than
    before, so that the page stays in the store until then.
    """
    figures = _figures(Masthead.current())
    if not PromiseFigures.objects.filter(**figures).exists():
        PromiseFigures.objects.update_or_create(pk=1, defaults=figures)


def _figures(masthead: Masthead) -> dict[str, Any]:
    first_day, *_, this_month = last_months(clock.today(masthead.time_zone), MONTHS + 1)
    begins, ends = midnight(first_day, masthead.zone), midnight(this_month, masthead.zone)
    told = replies(waits_between(begins, ends), clock.now())
    return {
        "first_day": first_day,
        "last_day": this_month - A_DAY,
        **_columns(told.within, answers="answers", half_within="half", most_within="most", waiting="waiting"),
        **_columns(told.on_time, on_time="part", promises="whole"),
        **_columns(told.accepted, accepted="part", decided="whole"),
        **_pay(settled_between(begins, ends, masthead.currency)),
        "currency": masthead.currency,
    }


def _columns(figure: Within | Share | None, **names: str) -> dict[str, int | None]:
    """The columns of one figure, all of them null for one that is not told."""
    return {column: getattr(figure, name, None) for column, name in names.items()}


def _pay(stories: list[Settled]) -> dict[str, int | None]:
    """Half a minor unit is left out: the page never says more than was paid."""
    if not enough(story.writer for story in stories):
        return {"paid_stories": None, "median_pay": None}
    return {"paid_stories": len(stories), "median_pay": math.floor(middle([story.amount for story in stories]))}
