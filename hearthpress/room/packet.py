"""Drafts that are sent together: the first carries the name and the answers, the others a title and a text."""

from dataclasses import dataclass

from hearthpress.submissions.actions import pieces_with
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission


@dataclass(frozen=True)
class Packet:
    """`first` is None for a draft that is the first itself; `most` is how many the call takes together."""

    first: Submission | None
    others: list[Submission]
    most: int

    @property
    def takes_more(self) -> bool:
        return self.first is None and len(self.others) + 1 < self.most


def packet_of(submission: Submission) -> Packet | None:
    """What goes with this draft; None where it goes alone, as most do."""
    first = first_of(submission)
    others = pieces_with(first or submission) if submission.state == SubmissionState.DRAFT else []
    most = submission.call.pieces if submission.state == SubmissionState.DRAFT else 1
    if first is None and not others and most < 2:
        return None
    return Packet(first, [piece for piece in others if piece != submission], most)


def first_of(submission: Submission) -> Submission | None:
    """The draft that this one is sent with; None for one that is sent by itself."""
    first = submission.sent_with
    is_ahead = submission.state == SubmissionState.DRAFT and first is not None and first.state == SubmissionState.DRAFT
    return first if is_ahead else None
