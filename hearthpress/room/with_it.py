"""What comes with a draft besides its words: the file that they came in, and photos."""

from dataclasses import dataclass

from hearthpress.submissions.actions.attaching import undescribed
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Attachment, Submission


@dataclass(frozen=True)
class WithIt:
    """`open_photos` counts those of which something must still be said before they can be sent."""

    file: Attachment | None
    photos: int
    open_photos: int


def with_it(submission: Submission) -> WithIt:
    return WithIt(kept_file(submission), len(photos_of(submission)), undescribed(submission).count())


def kept_file(submission: Submission) -> Attachment | None:
    """The file that the text came in, just as it came."""
    return submission.attachments.filter(kind=AttachmentKind.MANUSCRIPT).first()


def photos_of(submission: Submission) -> list[Attachment]:
    """In the order in which they were added."""
    return list(submission.attachments.filter(kind=AttachmentKind.PHOTO))
