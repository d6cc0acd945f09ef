"""The only ways to fetch one manuscript. To anybody who may not see it there is nothing here (404)."""

from django.db import models
from django.http import Http404

from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, CoWriter, Manuscript, Revision
from hearthpress.people.models import Person
from hearthpress.submissions.doors import TakenBack
from hearthpress.submissions.enums import SubmissionState

DIGITS = 10  # no manuscript has as many versions as a number that long says


def _with_text() -> models.QuerySet[Manuscript]:
    return Manuscript.objects.select_related(
        "revision",
        "request__asked_by",
        "editor",
        "submission__writer",
        "submission__byline",
        "submission__agreement",
        "submission__call",
    )


def desk_manuscript(editor: Person, submission_key: str) -> Manuscript:
    """A manuscript for an editor to work on. Raises Http404; TakenBack when its writer took it back."""
    found = _with_text().filter(submission__key=submission_key).first()
    if found is None or not editor.has_perm("editing.edit", found):
        raise Http404
    if found.submission.state == SubmissionState.WITHDRAWN:
        raise TakenBack(found.submission)
    return found


def own_manuscript(writer: Person, submission_key: str) -> Manuscript:
    """The manuscript of one of its writers. Raises Http404 for everybody else."""
    found = _with_text().filter(submission__key=submission_key).first()
    if found is None or not writer.has_perm("editing.approve", found):
        raise Http404
    return found


def co_written(writer: Person) -> models.QuerySet[Manuscript]:
    """The texts that this person writes with whoever sent them, the newest first; none that was taken back.

    `said_yes` is whether they have answered the last request.
    """
    joined = CoWriter.objects.filter(answer__person=writer, answer__says_yes=True, left=None)
    found = Manuscript.objects.filter(pk__in=joined.values("manuscript")).exclude(state=ManuscriptState.STOPPED)
    own = Approval.objects.filter(request=models.OuterRef("request"), person=writer)
    found = found.annotate(said_yes=models.Exists(own))
    return found.select_related("submission__writer", "request").order_by("-pk")


def question_to(person: Person, key: str) -> CoWriter:
    """Whether they wrote a story too: the question as it was sent to this person's address. Raises Http404."""
    found = CoWriter.objects.filter(key=key, email=person.email.lower())
    row = found.select_related("manuscript__submission__writer", "manuscript__submission__byline", "asked_by").first()
    if row is None:
        raise Http404
    return row


def co_writer_of(manuscript: Manuscript, key: str) -> CoWriter:
    """Somebody who was named for a manuscript that came through one of these doors. Raises Http404."""
    found = manuscript.co_writers.select_related("answer", "left").filter(key=key).first()
    if found is None:
        raise Http404
    return found


def version_of(manuscript: Manuscript, number: str) -> Revision:
    """A version of a manuscript that came through one of these doors, by its number. Raises Http404."""
    counted = number.isascii() and number.isdigit() and len(number) < DIGITS
    found = manuscript.revisions.filter(number=number).select_related("made_by").first() if counted else None
    if found is None:
        raise Http404
    return found
