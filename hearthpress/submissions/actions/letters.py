"""Letters to the writer of a submission."""

from typing import Any

from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.submissions.models import Submission


def letter(kind: str, submission: Submission, **context: Any) -> Letter:
    """Put the letter into the outbox, in the caller's transaction."""
    writer = submission.writer
    return write_letter(kind, writer.email, {"submission": submission, **context}, person=writer)
