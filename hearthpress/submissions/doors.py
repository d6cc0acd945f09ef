"""The only ways to fetch one submission: each already applies its rule. To anybody else there is nothing here (404)."""

from django.http import Http404

from hearthpress.people.models import Person
from hearthpress.submissions.concealing import DeskQuerySet, conceal
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Attachment, Submission, SubmissionQuerySet
from hearthpress.submissions.veil import is_veiled

_WITH_ALL = ("call", "agreement", "byline", "writer", "assigned_to", "urgency__marked_by")


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


def own_attachment(writer: Person, key: str, file: str) -> Attachment:
    """A file that came with the writer's own submission. Raises Http404 for everybody else."""
    found = own_submission(writer, key).attachments.filter(key=file).first()
    if found is None:
        raise Http404
    return found


def desk_submissions(editor: Person) -> SubmissionQuerySet:
    """What this editor may read: everything sent in by somebody else, concealed where they may not know by whom."""
    rows = DeskQuerySet(Submission)
    rows.editor = editor
    return _readable(rows, editor)


def desk_submission(editor: Person, key: str) -> Submission:
    """A submission for an editor to read and decide; a concealed copy before they may know whose it is.

    Raises Http404 for a draft, their own, and for no editor; TakenBack for one that its writer took back: the promise
    is that it leaves the editors' pages.
    """
    rows = _readable(Submission.objects.all(), editor)
    found = rows.select_related(*_WITH_ALL).filter(key=key).first()
    if found is None or not editor.has_perm("submissions.read", found):
        raise Http404
    if found.state == SubmissionState.WITHDRAWN:
        raise TakenBack(found)
    return conceal(found) if is_veiled(editor, found) else found


def desk_attachment(editor: Person, key: str, file: str) -> Attachment:
    """A file that came with a submission. Raises Http404, TakenBack; Http404 too where the file would tell whose the
    submission is."""
    submission = desk_submission(editor, key)
    found = None if submission.concealed else submission.attachments.filter(key=file).first()
    if found is None:
        raise Http404
    return found


def _readable(rows: SubmissionQuerySet, editor: Person) -> SubmissionQuerySet:
    return rows.exclude(writer=editor).exclude(state=SubmissionState.DRAFT)
