"""Pieces that were sent together: each has an answer of its own, and is taken back alone or with the others."""

from django.db.models import Q
from django.utils.translation import gettext as _

from hearthpress.agreements.enums import AgreementState
from hearthpress.people.models import Person
from hearthpress.room.standing import is_application, may_take_back, story_of
from hearthpress.stories.enums import StoryState
from hearthpress.submissions.doors import own_submissions
from hearthpress.submissions.enums import UNDECIDED, WITH_WRITER, SubmissionState
from hearthpress.submissions.models import Submission


def sent_together(writer: Person, submission: Submission) -> list[Submission]:
    """The piece and those that were sent with it, in the order in which they were begun. Drafts are none of them."""
    first = submission.sent_with_id or submission.pk
    rows = own_submissions(writer).filter(Q(pk=first) | Q(sent_with=first)).exclude(state=SubmissionState.DRAFT)
    return list(
        rows.select_related("manuscript__story", "manuscript__request")
        .prefetch_related("manuscript__request__approvals")
        .defer("source", "document")
        .order_by("pk")
    )


def may_have_been_accepted_elsewhere(submission: Submission) -> bool:
    """Whether the page asks about it: until an agreement is signed the piece may be with others too."""
    agreement = submission.agreement
    is_unsigned = agreement is not None and agreement.state == AgreementState.OFFERED
    return (
        may_take_back(submission)
        and not is_application(submission)
        and (submission.state in UNDECIDED | WITH_WRITER or is_unsigned)
    )


def consequences(pieces: list[Submission]) -> list[str]:
    """What happens when these are taken back, each said once."""
    said = [sentence for piece in pieces for sentence in _consequences(piece)]
    return [*dict.fromkeys(said), _no_way_back()]


def _consequences(piece: Submission) -> list[str]:
    story, agreement = story_of(piece), piece.agreement
    sentences = [_("Nobody here works on it any more, and it leaves the editors’ pages.")]
    if story is not None and story.state == StoryState.LIVE:
        sentences = [
            _("It disappears at once from our pages, lists, feeds and searches. Readers who come find a kind note."),
            _("Copies that others made, such as a search engine’s, are out of our hands and can take a while to go."),
        ]
    if agreement is not None and agreement.state == AgreementState.SIGNED:
        return [*sentences, _("The agreement ends today. What the story has earned until now stays yours and is paid.")]
    return [*sentences, _("The agreement is not made.")] if agreement is not None else sentences


def _no_way_back() -> str:
    return _("You owe us no reason. This cannot be undone, but you may send the story to us again one day.")
