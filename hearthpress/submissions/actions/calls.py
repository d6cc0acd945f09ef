"""Draft, open, announce, extend, close, delete: what becomes of a call."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.actions import write_letter
from hearthpress.people.models import Person
from hearthpress.submissions.enums import TAKING, CallState
from hearthpress.submissions.limits import TAKE_NO_PLACE
from hearthpress.submissions.models import Call, Decision, LetterTemplate, Waiting
from hearthpress.submissions.opening_times import told

TOLD_AT_ONCE = 200  # addresses that one run of the worker writes to


class BadTimes(Sentence):
    """A call cannot open or close then. The message says why."""


class CallInUse(Sentence):
    """A call that writers have seen, or that something refers to, is not deleted. The message says what does."""


def draft_call(call: Call) -> Call:
    """Keep a new call. Nobody but the owner sees it until it is announced or opened."""
    call.state = CallState.DRAFT
    call.save(force_insert=True)
    return call


@transaction.atomic
def open_call(call: Call, by: Person, closes_at: datetime | None = None) -> None:
    """Open it now, until `closes_at` or until it is closed by hand.

    Raises BadTimes; NotAllowed: it is open; SomebodyElseWon.
    """
    _note_time(call)
    if call.stands == CallState.OPEN:
        raise NotAllowed("It is open.")
    _require_later(closes_at, clock.now())
    call.move(CallState.OPEN, actor=by, opens_at=clock.now(), closes_at=closes_at)


@transaction.atomic
def announce_call(call: Call, by: Person, opens_at: datetime, closes_at: datetime | None = None) -> None:
    """Show it now, and let it open by itself; or give other times to one that has not opened yet.

    Raises BadTimes; NotAllowed: it is open; SomebodyElseWon.
    """
    _note_time(call)
    if opens_at <= clock.now():
        raise BadTimes(_("That is in the past. Choose a time to come."))
    _require_later(closes_at, opens_at)
    call.move(CallState.ANNOUNCED, actor=by, opens_at=opens_at, closes_at=closes_at)


@transaction.atomic
def extend_call(call: Call, by: Person, closes_at: datetime | None) -> None:
    """Let it close at another time, or at none. Raises BadTimes; NotAllowed: it is not open; SomebodyElseWon."""
    _note_time(call)
    if call.stands != CallState.OPEN:
        raise NotAllowed("It is not open.")
    _require_later(closes_at, clock.now())
    call.move(CallState.OPEN, actor=by, still={"closes_at": call.closes_at}, closes_at=closes_at)


@transaction.atomic
def close_call(call: Call, by: Person) -> None:
    """Close it now; what was sent is read and answered. What was announced and never open is a draft again.

    Raises NotAllowed: it is closed; SomebodyElseWon.
    """
    _note_time(call)
    if call.stands == CallState.ANNOUNCED:
        was_open = call.events.filter(new=CallState.OPEN).exists()
        call.move(CallState.CLOSED if was_open else CallState.DRAFT, actor=by)
        return
    call.move(CallState.CLOSED, actor=by, closes_at=clock.now())


@transaction.atomic
def delete_call(call: Call) -> None:
    """Delete a call that nobody has seen. Raises CallInUse."""
    if not Call.objects.filter(pk=call.pk).update(reply_days=call.reply_days):  # holds the row against a sending
        return
    if reason := _in_use(call):
        raise CallInUse(reason)
    call.waiting.all().delete()
    call.questions.all().delete()
    call.delete()


def close_full_call(call: Call) -> None:
    """Close the call when it has got as many pieces as it takes, counted since it opened.

    Runs in the sending's transaction, which holds the call.
    """
    if call.cap is None or call.state == CallState.CLOSED:
        return
    sent = call.submissions.filter(submitted_at__gte=call.opens_at, held=False)
    if sent.exclude(state__in=TAKE_NO_PLACE).count() >= call.cap:
        call.move(CallState.CLOSED, why="full", closes_at=clock.now())


def turn_calls() -> int:
    """Open and close the calls whose moment has come, and write to those who wait for one. How many of all of them."""
    now = clock.now()
    opening = Q(state=CallState.ANNOUNCED, opens_at__lte=now)
    closing = Q(state__in=TAKING, opens_at__lte=now, closes_at__lte=now)
    turned = sum(_turn(call) for call in Call.objects.filter(opening | closing))
    return turned + _tell_waiting()


@transaction.atomic
def wait_for_call(call: Call, address: str) -> None:
    """Keep the address until the call opens. One that waits already goes on waiting; nobody is told which it is.

    Of a call that is open there is nothing to wait for: nothing is kept, and no letter goes to anybody.
    """
    if call.is_open:
        return
    Waiting.objects.get_or_create(call=call, address=address.strip().lower())


def wait_no_more(call: Call, address: str) -> None:
    """Forget the address, if it was there."""
    Waiting.objects.filter(call=call, address__iexact=address.strip()).delete()


def _require_later(closes_at: datetime | None, than: datetime) -> None:
    if closes_at is not None and closes_at <= than:
        raise BadTimes(_("A call closes after it opens, and not in the past."))


def _note_time(call: Call) -> None:
    """Write down what time has done to the call and no worker has noted yet. In the caller's transaction."""
    at = {"opens_at": call.opens_at, "closes_at": call.closes_at}
    if call.state == CallState.ANNOUNCED and call.opens_at <= clock.now():
        call.move(CallState.OPEN, why="time", still=at)
    if call.state == CallState.OPEN and call.stands == CallState.CLOSED:
        call.move(CallState.CLOSED, why="time", still=at)


def _turn(call: Call) -> bool:
    try:
        with transaction.atomic():
            _note_time(call)
    except SomebodyElseWon:
        return False
    return True


def _tell_waiting() -> int:
    """Write to some of those who wait for a call that is open now, and forget them: one transaction, so once."""
    rows = Waiting.objects.filter(call__in=Call.objects.open()).select_related("call__rate_card")
    return _tell(rows) if rows.exists() else 0


@transaction.atomic
def _tell(rows: QuerySet[Waiting]) -> int:
    # Of two workers each takes its own rows; SQLite has one writer at a time anyway.
    told_now = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:TOLD_AT_ONCE])
    about = {row.call_id: _about(row.call) for row in told_now}
    for row in told_now:
        write_letter("submissions/call_open", row.address, about[row.call_id])
    Waiting.objects.filter(pk__in=[row.pk for row in told_now]).delete()
    return len(told_now)


def _about(call: Call) -> dict[str, Any]:
    return {"call": call, "closes": told(call.closes_at, call.zone) if call.closes_at else ""}


def _in_use(call: Call) -> str:
    """Why the call must stay, "" when it need not."""
    if call.submissions.exists():
        return _("Writers have sent something for this call, or have begun to. It stays; you can close it.")
    if call.events.exists():
        return _("This call has been shown to writers. It stays; you can close it.")
    refers = LetterTemplate.objects.filter(call=call).exists() or Decision.objects.filter(to_call=call).exists()
    return _("Words for letters are kept for this call, so it stays.") if refers else ""
