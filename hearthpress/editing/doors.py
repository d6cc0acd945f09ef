"""The only ways to fetch one manuscript. To anybody who may not see it there is nothing here (404)."""

from django.db import models
from django.http import Http404

from hearthpress.editing.models import Manuscript
from hearthpress.people.models import Person
from hearthpress.submissions.doors import TakenBack
from hearthpress.submissions.enums import SubmissionState


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
    """The writer's own manuscript. Raises Http404 for everybody else."""
    found = _with_text().filter(submission__key=submission_key).first()
    if found is None or not writer.has_perm("editing.approve", found):
        raise Http404
    return found
