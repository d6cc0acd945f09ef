"""Is what readers see what writers approved? Every problem is one line that names its row."""

import logging
from collections.abc import Iterator

from hearthpress.editing.verify import verify_texts
from hearthpress.stories.models import Edition

logger = logging.getLogger(__name__)


def verify_evidence() -> list[str]:
    """All that is wrong with versions, approvals and editions. An empty list means that all is as it was written."""
    return [*verify_texts(), *_editions()]


def report_evidence() -> int:
    """Check the evidence and write every problem into the log, where it alarms. How many there are."""
    problems = verify_evidence()
    for problem in problems:
        logger.error("Evidence was changed. %s", problem)
    return len(problems)


def _editions() -> Iterator[str]:
    rows = Edition.objects.select_related("story", "approval", "revision").defer("revision__body")
    for row in rows.order_by("pk").iterator(chunk_size=200):
        which = f"Edition {row.number} of story {row.story.key}"
        if row.approval.revision_id != row.revision_id:
            yield f"{which}: its approval is of another version."
        if not row.sha256 == row.revision.sha256 == row.approval.sha256:
            yield f"{which}: it is not, to the byte, what was approved."
        if row.revision.manuscript_id != row.story.manuscript_id:
            yield f"{which}: it is of another manuscript."
