"""Letters to the writer of a submission."""

from datetime import datetime
from typing import Any

from hearthpress.mail.actions import write_letter
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.models import Letter
from hearthpress.submissions.concealing import whole
from hearthpress.submissions.models import Submission

# What the address is for that stands in every letter about a story: an answer to it comes into the story's thread.
THREAD = "story"


def letter(kind: str, submission: Submission, *, not_before: datetime | None = None, **context: Any) -> Letter:
    """Put the letter into the outbox, in the caller's transaction. It is not sent `not_before`; it can be answered."""
    submission = whole(submission) if submission.concealed else submission
    writer = submission.writer
    about = {"submission": submission, **context}
    answers = signed_address(THREAD, submission.key)
    return write_letter(kind, writer.email, about, person=writer, reply_to=answers, not_before=not_before)
