"""The gate: whatever makes words public asks here, in the transaction that does so, and nothing asks anywhere else.

Taking a story down never comes through here. See docs/decisions/0019.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement
from hearthpress.documents.schema import BadDocument, Document, check
from hearthpress.editing.approving import is_good, waited_for
from hearthpress.editing.content import corrections_of, missing, related_lines
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, CoWriterAnswer, Manuscript
from hearthpress.editing.suggesting import open_on
from hearthpress.editing.writers import open_questions
from hearthpress.masthead.models import Masthead
from hearthpress.stories.corrections import published_corrections
from hearthpress.stories.models import Edition, Story


class NotApproved(Exception):
    """What would go live is not, to the byte, what the writer approved."""


class CannotPublish(Exception):
    """Something else is in the way; the argument is a sentence for the editor."""


@dataclass(frozen=True)
class Cleared:
    """What may be public: the last of its writers' yeses, all that it covers (see editing.content), the agreement."""

    approval: Approval
    content: dict[str, Any]
    agreement: Agreement


def let_through(manuscript: Manuscript, at: datetime, edition: Edition | None = None) -> Cleared:
    """What of this manuscript may be public from `at` (aware) on. Nobody changes its text until the transaction ends.

    `edition` is the one that would appear, where it was made before. Raises NotApproved; CannotPublish with all that
    is in the way.
    """
    approvals = _approvals_of(manuscript)
    approval = approvals[-1]
    if edition is not None and not any(_is_of(edition, one) for one in approvals):
        raise NotApproved(manuscript.key)
    agreement = approval.revision.manuscript.submission.agreement
    if agreement is None or agreement.state != AgreementState.SIGNED:
        raise CannotPublish(_("There is no agreement that holds: it was not signed, or it has ended."))
    content = approval.revision.content
    problems = [*_in_the_way(manuscript, content), *_too_early(approvals, at)]
    if problems:
        raise CannotPublish(" ".join(problems))
    return Cleared(approval, content, agreement)


def _approvals_of(manuscript: Manuscript) -> list[Approval]:
    """Each writer's yes to exactly the newest text, all of it as it stands in the database now; the last one last."""
    unchanged = Manuscript.objects.filter(
        pk=manuscript.pk, state=ManuscriptState.APPROVED, revision=manuscript.revision_id
    )
    if not unchanged.update(state=ManuscriptState.APPROVED):
        raise NotApproved(manuscript.key)
    now = Manuscript.objects.select_related("request", "revision", "submission__writer").get(pk=manuscript.pk)
    approvals = now.approvals
    if waited_for(now) or not all(_counts(approval, now) for approval in approvals):
        raise NotApproved(manuscript.key)
    return approvals


def _counts(approval: Approval, manuscript: Manuscript) -> bool:
    """One of somebody who has left is no harm; one of anybody else, or one that was changed, is a forgery."""
    was_writer = (
        approval.person_id == manuscript.submission.writer_id
        or CoWriterAnswer.objects.filter(
            co_writer__manuscript=manuscript, person=approval.person_id, says_yes=True
        ).exists()
    )
    return was_writer and is_good(approval)


def _is_of(edition: Edition, approval: Approval) -> bool:
    return edition.approval_id == approval.pk and edition.sha256 == approval.sha256


def _in_the_way(manuscript: Manuscript, content: dict[str, Any]) -> Iterator[str]:
    """A sentence for each thing."""
    if not _is_whole(content["document"]):
        yield _("The text holds something that readers must not see, such as a suggestion that nobody has answered.")
        return
    if waiting := open_on(manuscript):
        yield f"{waiting} " + _("Until that is settled, nothing of it goes live.")
    yield from _asked_whether_they_wrote_it(manuscript)
    yield from _corrections_gone(manuscript, content)
    problems = missing(content)
    yield from problems or _forbidden_lines(manuscript, content)


def _too_early(approvals: list[Approval], at: datetime) -> list[str]:
    """The longest time holds, told in the magazine's own time zone: it is the magazine's time, whoever reads it."""
    cools_until = max((one.cools_until for one in approvals if one.cools_until), default=None)
    if cools_until is None or cools_until <= at:
        return []
    zone = Masthead.current().zone
    when = date_format(cools_until.astimezone(zone), "DATETIME_FORMAT")
    said = _("The writer may think it over until %(when)s (%(zone)s). It can go live from then on.")
    return [said % {"when": when, "zone": zone.key.replace("_", " ")}]


def _asked_whether_they_wrote_it(manuscript: Manuscript) -> Iterator[str]:
    """Somebody who may have written it too is waited for, until they answer or the question is taken back."""
    if asked := open_questions(manuscript):
        said = _(
            "Asked whether they wrote it too, and no answer yet: %(names)s. Wait for it, or take the question back."
        )
        yield said % {"names": ", ".join(one.name for one in asked)}


def _corrections_gone(manuscript: Manuscript, content: dict[str, Any]) -> Iterator[str]:
    """A correction that readers have read stays as it was."""
    story = Story.objects.filter(manuscript=manuscript).select_related("edition__revision").first()
    read = published_corrections(story) if story is not None else []
    if corrections_of(content)[: len(read)] != read:
        yield _("A correction that readers have read stays as it is. This version changes one, or leaves it out.")


def _is_whole(document: Document) -> bool:
    """Whether it is a document as it is kept: no mark that the schema does not know, nothing left out."""
    try:
        return check(document) == document
    except BadDocument:
        return False


def _forbidden_lines(manuscript: Manuscript, content: dict[str, Any]) -> list[str]:
    """Related lines lead to live stories that the care rules of this one allow beside it."""
    wanted = {line["attrs"]["story"]: line["attrs"]["title"] for line in related_lines(content["document"])}
    beside = Story.objects.live().filter(key__in=wanted).allowed_beside(content["subjects"])
    allowed = beside.exclude(manuscript=manuscript).values_list("key", flat=True)
    refused = sorted(f"“{wanted[key]}”" for key in set(wanted) - set(allowed))
    return [_("These related lines cannot stand here: %(titles)s.") % {"titles": ", ".join(refused)}] if refused else []
