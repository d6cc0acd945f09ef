"""Whose turn it is with an accepted story, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from hearthpress.agreements.enums import AgreementState
from hearthpress.common import clock
from hearthpress.editing.cooling import cooling_times
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission

A_WHILE = timedelta(minutes=5)  # until then the worker may only be slow


@dataclass(frozen=True)
class Turn:
    """`order` sorts what an editor can do first; `look` is the status label's class; `page` a URL name of the desk.

    `until` is by when it is somebody's turn, `since` from when on it may go live.
    """

    order: int
    words: str
    look: str
    page: str
    until: datetime | None = None
    since: datetime | None = None


def turn_of(submission: Submission, cooling: Mapping[int, datetime] | None = None) -> Turn:
    """Whose turn it is with this accepted story, or what became of it.

    Lists give `cooling` (see editing.cooling.cooling_times) for all their stories at once.
    """
    if submission.state == SubmissionState.WITHDRAWN:
        return Turn(6, _yours_again(submission), "withdrawn", "desk:publication")
    manuscript = manuscript_of(submission)
    if manuscript is None:
        until = submission.agreement.answer_by if submission.agreement else None
        return Turn(3, _("With the writer: the agreement"), "wait", "desk:submission", until)
    times = cooling_times([manuscript]) if cooling is None else cooling
    return _with_text(manuscript, times.get(manuscript.pk))


def _yours_again(submission: Submission) -> str:
    agreement = submission.agreement
    if agreement is not None and agreement.state == AgreementState.GIVEN_BACK:
        return _("Given back to the writer")
    return _("Taken back by the writer")


def _with_text(manuscript: Manuscript, cools_until: datetime | None) -> Turn:
    story = story_of(manuscript)
    if story is not None and story.is_gone:
        return Turn(6, str(story.get_state_display()), story.state, "desk:publication")
    if manuscript.state == ManuscriptState.EDITING:
        return Turn(1, _("With the editor"), "", "desk:manuscript")
    if manuscript.state == ManuscriptState.ASKED:
        return Turn(2, _("With the writer: approval"), "wait", "desk:manuscript")
    return _approved(manuscript, story, cools_until)


def _approved(manuscript: Manuscript, story: Story | None, cools_until: datetime | None) -> Turn:
    if story is not None and _is_live_as_it_stands(story, manuscript):
        return Turn(5, _("Live"), "live", "desk:publication")
    if story is None or story.state != StoryState.SCHEDULED:
        if cools_until is not None:
            words = _("Approved: time to think")
            return Turn(4, words, "wait", "desk:publication", since=cools_until)
        return Turn(0, _("Approved: ready to publish"), "approved", "desk:publication")
    if story.goes_live_at + A_WHILE <= clock.now():
        return Turn(0, _("Its time has passed: not live"), "late", "desk:publication")
    return Turn(4, _("Scheduled"), "scheduled", "desk:publication", story.goes_live_at)


def _is_live_as_it_stands(story: Story, manuscript: Manuscript) -> bool:
    edition = story.edition if story.state == StoryState.LIVE else None
    return edition is not None and edition.revision_id == manuscript.revision_id


def manuscript_of(submission: Submission) -> Manuscript | None:
    """The text under edit, once the agreement was signed."""
    return getattr(submission, "manuscript", None)


def story_of(manuscript: Manuscript) -> Story | None:
    """What was published of the text, or will be at a set time."""
    return getattr(manuscript, "story", None)
