"""Are versions and approvals still what was written? Every problem is one line that names its row."""

from collections.abc import Iterator

from hearthpress.common.chain import FIRST, link
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import (
    Approval,
    ApprovalRequest,
    CoolingWaived,
    CoWriter,
    CoWriterAnswer,
    Manuscript,
    NamedPerson,
    Revision,
)


def verify_texts() -> Iterator[str]:
    """What is wrong with the versions of every manuscript, their chains, who writes them, requests and approvals."""
    yield from _revisions()
    yield from _requests()
    yield from _co_writers()
    yield from _approvals()
    yield from _waived()
    yield from _named()
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


def _requests() -> Iterator[str]:
    rows = ApprovalRequest.objects.select_related("revision__manuscript").defer("revision__body").order_by("pk")
    for row in rows.iterator(chunk_size=200):
        if not row.is_sealed:
            which = f"Request about version {row.revision.number} of manuscript {row.revision.manuscript.key}"
            yield f"{which}: its seal is broken."


def _co_writers() -> Iterator[str]:
    """Who was named, what they said, and who left."""
    for row in CoWriter.objects.select_related("manuscript", "answer", "left").order_by("pk"):
        which = f"Further writer {row.key} of manuscript {row.manuscript.key}"
        answer, left = getattr(row, "answer", None), getattr(row, "left", None)
        if not row.is_sealed:
            yield f"{which}: the seal is broken."
        if answer is not None and not answer.is_sealed:
            yield f"{which}: the seal of the answer is broken."
        if left is not None and answer is not None and left.by_id != answer.person_id:
            yield f"{which}: somebody else let them leave."
        if left is not None and not left.is_sealed:
            yield f"{which}: the seal of the leaving is broken."


def _approvals() -> Iterator[str]:
    rows = Approval.objects.select_related("revision__manuscript__submission", "request").defer("revision__body")
    writers = _writers()
    for row in rows.order_by("pk").iterator(chunk_size=200):
        manuscript, revision = row.revision.manuscript, row.revision
        which = f"Approval of version {revision.number} of manuscript {manuscript.key}"
        wrote = {manuscript.submission.writer_id, *writers.get(manuscript.pk, ())}
        if row.sha256 != revision.sha256:
            yield f"{which}: it is of another text."
        if row.person_id not in wrote:
            yield f"{which}: it is not the writer's."
        if not wrote.issuperset(row.writers):
            yield f"{which}: a writer who was needed is not on record."
        if row.request is not None and row.request.revision_id != row.revision_id:
            yield f"{which}: it answers a request about another version."
        if not row.is_sealed:
            yield f"{which}: its seal is broken."


def _writers() -> dict[int, set[int]]:
    """Those who ever said yes to being a further writer, by manuscript: who left may have approved before."""
    found: dict[int, set[int]] = {}
    joined = CoWriterAnswer.objects.filter(says_yes=True)
    for manuscript, person in joined.values_list("co_writer__manuscript", "person"):
        found.setdefault(manuscript, set()).add(person)
    return found


def _waived() -> Iterator[str]:
    for row in CoolingWaived.objects.select_related("approval__revision__manuscript").order_by("pk"):
        revision = row.approval.revision
        which = f"The shorter time of version {revision.number} of manuscript {revision.manuscript.key}"
        if row.person_id != row.approval.person_id:
            yield f"{which}: it is not the writer's."
        if not row.is_sealed:
            yield f"{which}: its seal is broken."


def _named() -> Iterator[str]:
    """By their numbers: a log is no place for the names of people in stories."""
    for row in NamedPerson.objects.select_related("manuscript").iterator(chunk_size=200):
        if not row.is_sealed:
            yield f"Answer {row.pk} about the people in manuscript {row.manuscript.key}: its seal is broken."


def _manuscripts() -> Iterator[str]:
    """Each shows its newest version, and where it counts as approved there is a yes of each of its writers."""
    rows = Manuscript.objects.select_related("revision", "submission").defer("revision__body").order_by("pk")
    approved = set(Approval.objects.values_list("revision_id", "person_id"))
    newest = dict(Revision.objects.order_by("number").values_list("manuscript_id", "number"))
    joined = CoWriterAnswer.objects.filter(says_yes=True, co_writer__left=None)
    others = set(joined.values_list("co_writer__manuscript", "person"))
    for row in rows:
        if row.revision is None or row.revision.number != newest.get(row.pk):
            yield f"Manuscript {row.key}: it does not show its newest version."
        needed = {row.submission.writer_id, *(person for text, person in others if text == row.pk)}
        lacks = any((row.revision_id, person) not in approved for person in needed)
        if row.state == ManuscriptState.APPROVED and lacks:
            yield f"Manuscript {row.key}: it counts as approved, and there is no approval of its text."
