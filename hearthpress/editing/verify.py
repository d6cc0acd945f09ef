"""Are versions and approvals still what was written? Every problem is one line that names its row."""

from collections.abc import Iterator

from hearthpress.common.chain import FIRST, link
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, CoolingWaived, Manuscript, Revision


def verify_texts() -> Iterator[str]:
    """What is wrong with the versions of every manuscript, with their chains, and with the approvals."""
    yield from _revisions()
    yield from _approvals()
    yield from _waived()
    yield from _manuscripts()


def _revisions() -> Iterator[str]:
    """Each manuscript's versions from the first on. One that is missing shows in the link of the next."""
    before: Revision | None = None
    rows = Revision.objects.select_related("manuscript").order_by("manuscript_id", "number")
    for row in rows.iterator(chunk_size=200):
        if before is not None and before.manuscript_id != row.manuscript_id:
            before = None
        if not row.is_intact:
            yield f"Version {row.number} of manuscript {row.manuscript.key}: its text is not what was hashed."
        if row.number != (before.number + 1 if before else 1):
            yield f"Version {row.number} of manuscript {row.manuscript.key}: the version before it is missing."
        if row.chain != link(before.chain if before else FIRST, row.facts):
            yield f"Version {row.number} of manuscript {row.manuscript.key}: its link is broken."
        before = row


def _approvals() -> Iterator[str]:
    rows = Approval.objects.select_related("revision__manuscript__submission").defer("revision__body")
    for row in rows.order_by("pk").iterator(chunk_size=200):
        manuscript, revision = row.revision.manuscript, row.revision
        which = f"Approval of version {revision.number} of manuscript {manuscript.key}"
        if row.sha256 != revision.sha256:
            yield f"{which}: it is of another text."
        if row.person_id != manuscript.submission.writer_id:
            yield f"{which}: it is not the writer's."
        if not row.is_sealed:
            yield f"{which}: its seal is broken."


def _waived() -> Iterator[str]:
    for row in CoolingWaived.objects.select_related("approval__revision__manuscript").order_by("pk"):
        revision = row.approval.revision
        which = f"The shorter time of version {revision.number} of manuscript {revision.manuscript.key}"
        if row.person_id != row.approval.person_id:
            yield f"{which}: it is not the writer's."
        if not row.is_sealed:
            yield f"{which}: its seal is broken."


def _manuscripts() -> Iterator[str]:
    """Each shows its newest version, and where it counts as approved there is an approval."""
    rows = Manuscript.objects.select_related("revision").defer("revision__body").order_by("pk")
    approved = set(Approval.objects.values_list("revision_id", flat=True))
    newest = dict(Revision.objects.order_by("number").values_list("manuscript_id", "number"))
    for row in rows:
        if row.revision is None or row.revision.number != newest.get(row.pk):
            yield f"Manuscript {row.key}: it does not show its newest version."
        if row.state == ManuscriptState.APPROVED and row.revision_id not in approved:
            yield f"Manuscript {row.key}: it counts as approved, and there is no approval of its text."
