"""The only ways to fetch one submission: each already applies its rule. To anybody else there is nothing here (404)."""

from django.http import Http404

from hearthpress.people.models import Person
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission, SubmissionQuerySet


class TakenBack(Http404):
    """The writer took this submission back: editors read it no more. What happened to it may still be told."""

    def __init__(self, submission: Submission) -> None:
        super().__init__("taken back")
        self.submission = submission


def own_submissions(writer: Person) -> SubmissionQuerySet:
    """Everything that this person has sent or begun."""
    return Submission.objects.filter(writer=writer).select_related("call", "agreement", "byline").order_by("-begun_at")


def own_submission(writer: Person, key: str) -> Submission:
    """The writer's own submission. Raises Http404 for everybody else."""
    submission = own_submissions(writer).filter(key=key).first()
    if submission is None or not writer.has_perm("submissions.own", submission):
        raise Http404
    return submission


def desk_submissions(editor: Person) -> SubmissionQuerySet:
    """What this editor may read: everything sent in by somebody else."""
    return Submission.objects.exclude(writer=editor).exclude(state="draft")


def desk_submission(editor: Person, key: str) -> Submission:
    """A submission for an editor to read and decide. Raises Http404 for a draft, their own, and for no editor;
    TakenBack for one that its writer took back: the promise is that it leaves the editors' pages."""
    found = desk_submissions(editor).select_related("call", "agreement", "byline", "writer").filter(key=key).first()
    if found is None or not editor.has_perm("submissions.read", found):
        raise Http404
    if found.state == SubmissionState.WITHDRAWN:
        raise TakenBack(found)
    return found
