"""Take in a view: the only way in which one becomes a reader-day or an unpaid view."""

from dataclasses import dataclass
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import transaction

from hearthpress.common import clock
from hearthpress.readership.enums import Reason
from hearthpress.readership.intake import View, judge, reader_key
from hearthpress.readership.models import NOBODY, RULE_LENGTH, ReaderDay, UnpaidView
from hearthpress.readership.router import ALIAS
from hearthpress.readership.salts import salt_of
from hearthpress.stories.models import Story


@dataclass(frozen=True)
class Terms:
    """What counting one story needs of its frozen rate card: whose it is, and when its day begins."""

    story_key: str
    writer_id: int
    time_zone: str
    without_script_paid: bool

    @classmethod
    def of(cls, story_key: str) -> Self | None:
        """The terms of a live story; None for any other."""
        live = Story.objects.live().filter(key=story_key)
        found = live.values_list("writer_id", "agreement__rate_card").first()
        if found is None:
            return None
        writer_id, card = found
        return cls(story_key, writer_id, card["time_zone"], card["without_script_paid"])


def take_in(view: View, terms: Terms, address: str, user_agent: str) -> Reason | None:
    """Keep one view for good. None when it became a reader-day, and the reason otherwise.

    When this returns, the row is committed to the views database. Address and agent make the reader's key and go no
    further. Raises django.db.DatabaseError and redis.RedisError, and then nothing was kept.
    """
    reason = judge(view, terms.without_script_paid)
    moment = clock.now()
    day = moment.astimezone(ZoneInfo(terms.time_zone)).date()
    own = reason == Reason.OWN
    reader = NOBODY if own else reader_key(salt_of(terms.time_zone, day), address, user_agent)
    row = {"story_key": terms.story_key, "day": day, "reader": reader}
    with transaction.atomic(using=ALIAS, durable=True):
        if reason is None and ReaderDay.objects.get_or_create(**row, defaults={"utc_at": moment})[1]:
            return None
        return _keep_unpaid(Reason(reason or Reason.REPEAT), view.rule, utc_at=moment, **row)


def _keep_unpaid(reason: Reason, rule: str, **row: Any) -> Reason:
    shown = rule[:RULE_LENGTH] if reason == Reason.ROBOT else ""
    UnpaidView.objects.create(**row, reason=reason, rule=shown)
    return reason
