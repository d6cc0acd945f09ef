"""The time between a writer's yes and going live: only the writer shortens it, and for one approval alone."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from hearthpress.common import clock
from hearthpress.common.canonical import sha256
from hearthpress.common.chain import link
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, ApprovalRequest, CoolingWaived, Manuscript
from hearthpress.people.models import Person


@transaction.atomic
def waive_cooling(manuscript: Manuscript, writer: Person, approved_sha256: str, session: str = "") -> CoolingWaived:
    """A writer does not need the rest of their time; that of the others goes on. `approved_sha256` is what they saw.

    `session` is the key of the session that it came from; its hash is kept. Raises PermissionDenied; SomebodyElseWon
    when that approval is not the newest text's any more, or was waived already; NotAllowed when no time is left.
    """
    if not writer.has_perm("editing.approve", manuscript):
        raise PermissionDenied("Only the writer shortens the time.")
    own = [one for one in manuscript.approvals if one.person_id == writer.pk]
    approval = own[-1] if own and manuscript.state == ManuscriptState.APPROVED else None
    if approval is None or approval.sha256 != approved_sha256:
        raise SomebodyElseWon(manuscript.key)
    if approval.cools_until is None or approval.cools_until <= clock.now():
        raise NotAllowed("There is no time left to shorten.")
    waived = CoolingWaived(approval=approval, person=writer, session=sha256(session.encode()) if session else "")
    waived.seal = link(approval.seal, waived.facts)
    try:
        with transaction.atomic():
            waived.save()
    except IntegrityError as error:
        raise SomebodyElseWon(manuscript.key) from error
    return waived


def cooling_times(manuscripts: Iterable[Manuscript]) -> dict[int, datetime]:
    """Until when each of these texts, by id, may still be thought over by its writers: for lists."""
    texts = {one.pk: one for one in manuscripts if one.state == ManuscriptState.APPROVED}
    waiting = Approval.objects.filter(revision__in=[one.revision_id for one in texts.values()], cooling_hours__gt=0)
    waiting = waiting.select_related("cooling_waived", "request", "revision").defer("revision__body")
    requests = ApprovalRequest.objects.in_bulk([one.request_id for one in texts.values() if one.request_id])
    times: dict[int, datetime] = {}
    for approval in waiting if texts else []:
        text = texts[approval.revision.manuscript_id]
        until = approval.cools_until
        if until and until > clock.now() and approval.answers(requests.get(text.request_id or 0)):
            times[text.pk] = max(until, times.get(text.pk, until))
    return times
