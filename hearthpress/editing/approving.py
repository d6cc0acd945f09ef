"""When a text is approved: with the yes of each of its writers to exactly its newest version, and not before."""

from django.db import IntegrityError, transaction

from hearthpress.care.models import longest_cooling
from hearthpress.common.canonical import sha256
from hearthpress.common.chain import link
from hearthpress.common.states import SomebodyElseWon
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, Manuscript, Revision
from hearthpress.people.models import Person


def hold(manuscript: Manuscript) -> None:
    """Nobody changes this text, nor who writes it, until the transaction ends.

    Raises SomebodyElseWon when it is not as it was fetched.
    """
    as_seen = Manuscript.objects.filter(
        pk=manuscript.pk,
        state=manuscript.state,
        revision=manuscript.revision_id,
        request=manuscript.request_id,
    )
    if not list(as_seen.select_for_update(no_key=True).values_list("pk")):
        raise SomebodyElseWon(manuscript.key)


def waited_for(manuscript: Manuscript) -> list[Person]:
    """The writers whose yes to the newest version is still needed."""
    said = {one.person_id for one in manuscript.approvals if is_good(one)}
    return [writer for writer in manuscript.writers if writer.pk not in said]


def is_good(approval: Approval) -> bool:
    """Whether it is a yes to the very bytes that are stored, under the seal that it was given."""
    revision = approval.revision
    return revision.is_intact and approval.sha256 == revision.sha256 and approval.is_sealed


def add_approval(manuscript: Manuscript, revision: Revision, writer: Person, session: str) -> Approval:
    """Keep one writer's yes, and count the text as approved if it was the last. The manuscript is held.

    Raises SomebodyElseWon when they have said it already.
    """
    needed = [one.pk for one in manuscript.writers]
    approval = Approval(
        revision=revision,
        request=manuscript.request,
        person=writer,
        sha256=revision.sha256,
        session=sha256(session.encode()) if session else "",
        cooling_hours=longest_cooling(revision.content["subjects"]),
        writers=sorted(needed) if len(needed) > 1 else [],
    )
    approval.seal = link(revision.chain, approval.facts)
    try:
        with transaction.atomic():
            approval.save()
    except IntegrityError as error:
        raise SomebodyElseWon(manuscript.key) from error
    settle(manuscript, writer)
    return approval


def settle(manuscript: Manuscript, actor: Person) -> None:
    """The text counts as approved once nobody's yes is needed any more. The manuscript is held."""
    if manuscript.state == ManuscriptState.ASKED and not waited_for(manuscript):
        manuscript.move(ManuscriptState.APPROVED, actor=actor)
