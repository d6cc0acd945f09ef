"""The time between a writer's yes and going live: only the writer shortens it, and for one approval alone."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from hearthpress.common import clock
from hearthpress.common.canonical import sha256
from hearthpress.common.chain import link
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import CoolingWaived, Manuscript
from hearthpress.people.models import Person


@transaction.atomic
def waive_cooling(manuscript: Manuscript, writer: Person, approved_sha256: str, session: str = "") -> CoolingWaived:
    """The writer does not need the rest of the time. `approved_sha256` is of the approval that they were looking at.

    `session` is the key of the session that it came from; its hash is kept. Raises PermissionDenied; SomebodyElseWon
    when that approval is not the newest text's any more, or was waived already; NotAllowed when no time is left.
    """
    if not writer.has_perm("editing.approve", manuscript):
        raise PermissionDenied("Only the writer shortens the time.")
    approval = manuscript.approval if manuscript.state == ManuscriptState.APPROVED else None
    if approval is None or approval.sha256 != approved_sha256 or approval.person_id != writer.pk:
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
