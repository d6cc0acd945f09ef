"""What resembles a submission, as one editor may see it: never their own pieces, nor whose anything is before they may
know it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearthpress.documents.difference import Change, Segment, difference
from hearthpress.documents.schema import Document
from hearthpress.doubles.finding import Double, doubles_of
from hearthpress.people.models import Person
from hearthpress.stories.models import Story
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission, SubmissionQuerySet
from hearthpress.submissions.veil import is_veiled, veiled_to


@dataclass(frozen=True)
class Resembling:
    """A submission that is like the one looked at, and the live story made of it, where there is one.

    `by_another`: it came from another account. That it came from the same one is not said: it may be signed otherwise.
    """

    double: Double
    submission: Submission
    story: Story | None
    by_another: bool

    @property
    def is_taken_back(self) -> bool:
        return self.submission.state == SubmissionState.WITHDRAWN


@dataclass(frozen=True)
class Doubles:
    """The newest first. `veiled`: there are some, but they would tell whose the story is before this editor voted."""

    rows: Sequence[Resembling]
    veiled: bool = False


@dataclass(frozen=True)
class Beside:
    """A passage of two texts, the words of each; "" where a text does not have it."""

    kind: str
    earlier: Sequence[Segment]
    later: Sequence[Segment]


def doubles_for(editor: Person, submission: Submission) -> Doubles:
    """What this editor may know of what resembles the submission."""
    found = {double.key: double for double in doubles_of(submission)}
    if not found:
        return Doubles([])
    others = {other.key: other for other in _seen_by(editor).filter(key__in=found)}
    if is_veiled(editor, submission):
        return Doubles([], veiled=bool(others))
    stories = Story.objects.live().filter(manuscript__submission__in=list(others.values()))
    by_submission = {story.manuscript.submission_id: story for story in stories.select_related("manuscript")}
    return Doubles(
        [
            Resembling(double, others[key], by_submission.get(others[key].pk), _by_another(submission, others[key]))
            for key, double in found.items()
            if key in others
        ]
    )


def side_by_side(submission: Submission, resembling: Resembling) -> list[Beside]:
    """The two texts, the earlier one first: of the other the words that are the most alike, sent or published."""
    this, other = _sent(submission), _text(resembling)
    changes = difference(other, this) if is_earlier(resembling.double, submission) else difference(this, other)
    return [_beside(change) for change in changes]


def is_earlier(double: Double, submission: Submission) -> bool:
    """Whether the double was sent before the submission."""
    return submission.submitted_at is not None and double.sent_at <= submission.submitted_at


def _seen_by(editor: Person) -> SubmissionQuerySet:
    """Without what the editor still has to read without knowing whose it is: its likeness to another would tell."""
    return desk_submissions(editor).filter(~veiled_to(editor)).select_related("call", "byline")


def _by_another(submission: Submission, other: Submission) -> bool:
    return submission.writer_id != other.writer_id


def _text(resembling: Resembling) -> Document:
    if resembling.double.is_published and resembling.story is not None:
        document: Document = resembling.story.shown.revision.content["document"]
        return document
    return _sent(resembling.submission)


def _sent(submission: Submission) -> Document:
    return submission.document or {"type": "doc", "content": []}


def _beside(change: Change) -> Beside:
    """Each text has what both have, and what it has alone."""
    return Beside(
        change.kind,
        [segment for segment in change.segments if segment[0] != "insert"],
        [segment for segment in change.segments if segment[0] != "delete"],
    )
