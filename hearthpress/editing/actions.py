"""Begin, save, restore, ask, approve, ask for a change, stop: the only ways in which a manuscript changes."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.common.canonical import canonical_bytes, sha256
from hearthpress.common.chain import link
from hearthpress.common.reactions import Verb
from hearthpress.common.states import NotAllowed
from hearthpress.documents.walk import without_particulars
from hearthpress.editing.approving import add_approval, hold, waited_for
from hearthpress.editing.content import as_sent, corrections_of, missing
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.evidence import evidence_of
from hearthpress.editing.models import Approval, ApprovalRequest, Manuscript, ManuscriptEvent, Picture, Revision
from hearthpress.editing.people import people_in, require_answers_for_children, unanswered
from hearthpress.editing.reminding import count_as_reminder
from hearthpress.editing.revisions import TextChanged, add_revision
from hearthpress.editing.since_approval import since_approval
from hearthpress.editing.suggesting import open_on
from hearthpress.editing.writers import called, tell_other_writers
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.submissions.models import Submission

# The focus of a picture was chosen anew: what shows the picture cropped is told.
focus_chosen = Verb("the focus of a picture is chosen")


class NotReady(Exception):
    """Something is missing before the writer can be asked; `args` are sentences for the editor."""


@transaction.atomic
def begin(agreement: Agreement) -> Manuscript | None:
    """Reaction to a signature: the accepted piece becomes a manuscript, its first revision exactly as it was sent."""
    submission = Submission.objects.filter(agreement=agreement).select_related("byline", "writer").first()
    if submission is None:
        return None
    manuscript = Manuscript.objects.create(submission=submission)
    ManuscriptEvent.objects.create(subject=manuscript, old="", new=manuscript.state, actor=submission.writer)
    add_revision(manuscript, submission.writer, as_sent(submission))
    return manuscript


@transaction.atomic
def save(manuscript: Manuscript, editor: Person, value: dict[str, Any], why: str = "") -> Revision:
    """Keep a version with another headline, picture or place, or with more that is known about its lines.

    An editor's changes of the words are suggestions (see `suggesting`), and NotReady is raised for them here.
    Otherwise as `keep_version`.
    """
    before = _current(manuscript).content["document"]
    if without_particulars(value["document"]) != without_particulars(before):
        raise NotReady(_("The words themselves are changed by suggestions."))
    return keep_version(manuscript, editor, value, why)


@transaction.atomic
def keep_version(manuscript: Manuscript, editor: Person, value: dict[str, Any], why: str = "") -> Revision:
    """Keep a new version whose words may differ: an older one restored, another name throughout.

    What was asked or approved before is open again: an approval is of one hash. `why` says in a few words what was
    changed; whoever looks at the versions reads it, the writer too.

    Raises TextChanged when somebody saved since `manuscript` was fetched, NotAllowed when the story was stopped,
    NotReady when its words change while suggestions on them are open.
    """
    _require_editor(editor, manuscript)
    if manuscript.state == ManuscriptState.STOPPED:
        raise NotAllowed("The story was taken back.")
    current = _current(manuscript)
    if current.sha256 == sha256(canonical_bytes(value)):
        return current
    if value["document"] != current.content["document"] and (waiting := open_on(manuscript)):
        raise NotReady(waiting)
    if manuscript.state != ManuscriptState.EDITING:
        manuscript.move(ManuscriptState.EDITING, actor=editor, why="the text was changed")
    return add_revision(manuscript, editor, value, why)


@transaction.atomic
def restore(manuscript: Manuscript, editor: Person, revision: Revision, shown_sha256: str, why: str = "") -> Revision:
    """Let an older version stand again, as a new one: a yes that was given to the older one is not a yes to this.
    What was corrected since is still said.

    `shown_sha256` is the hash of the newest version as the editor saw it. Raises TextChanged when that is not the
    newest any more, NotAllowed when the story was stopped or the older version is not what it was, and as
    `keep_version` does.
    """
    if revision.manuscript_id != manuscript.pk:
        raise ValueError(f"{revision} is no version of {manuscript}")
    if _current(manuscript).sha256 != shown_sha256:
        raise TextChanged(manuscript.key)
    if not revision.is_intact:
        raise NotAllowed("The stored bytes are not those that were saved.")
    said = why or _("Version %(number)s restored") % {"number": revision.number}
    now = corrections_of(_current(manuscript).content)
    value = {**revision.content, **({"corrections": now} if now else {})}
    return keep_version(manuscript, editor, value, said)


@transaction.atomic
def ask_for_approval(
    manuscript: Manuscript, editor: Person, due: date | None = None, words: str = ""
) -> ApprovalRequest:
    """Ask each writer for a yes to the newest version, hoped for by the day `due` where the magazine is.

    `words` are a line of the editor's to the writer. Raises NotReady with what is missing, SomebodyElseWon, ValueError
    for a day that has come already.
    """
    _require_editor(editor, manuscript)
    revision = _current(manuscript)
    problems = [*missing(revision.content), *filter(None, [open_on(manuscript)])]
    if problems:
        raise NotReady(*problems)
    if due is not None and due <= clock.today(Masthead.current().time_zone):
        raise ValueError(f"{due} is no day to come")
    request = put_request(manuscript, editor, due, words)
    named = bool(unanswered(people_in(manuscript, revision)))
    context = {"asked": request, "since": since_approval(manuscript), "names_people": named}
    for writer in manuscript.writers:
        count_as_reminder(request, writer, _letter("editing/approval_asked", manuscript, writer, **context))
    return request


@transaction.atomic
def put_request(manuscript: Manuscript, editor: Person, due: date | None = None, words: str = "") -> ApprovalRequest:
    """The text waits for its writers' yes from now on. Who writes no letter of it has asked in a letter already."""
    revision = _current(manuscript)
    request = ApprovalRequest(revision=revision, asked_by=editor, due=due, words=words)
    request.seal = link(revision.chain, request.facts)
    request.save()
    still = _same_text(manuscript)
    manuscript.move(ManuscriptState.ASKED, actor=editor, still=still, editor=editor, request=request)
    return request


@transaction.atomic
def approve(manuscript: Manuscript, writer: Person, shown_sha256: str, session: str = "") -> Approval:
    """One writer's yes to the version whose hash they were shown. With the last of them the text is approved.

    `session` is the key of the session that it came from; its hash is kept. Raises TextChanged, SomebodyElseWon,
    NotAllowed, and ChildrenNotAnsweredFor where the text names children in full of whom nobody has said anything.
    """
    _require_writer(writer, manuscript)
    revision = _current(manuscript)
    if not (revision.is_intact and revision.sha256 == shown_sha256):
        raise TextChanged(manuscript.key)
    require_answers_for_children(manuscript, revision)
    if manuscript.state != ManuscriptState.ASKED:
        raise NotAllowed("Nobody is asked about this text.")
    hold(manuscript)
    approval = add_approval(manuscript, revision, writer, session)
    waiting = [called(manuscript, other) for other in waited_for(manuscript)]
    _letter("editing/approved", manuscript, writer, approval=approval, waiting=waiting, **evidence_of(revision))
    return approval


@transaction.atomic
def ask_for_change(manuscript: Manuscript, writer: Person, words: str) -> None:
    """A writer says what should be different: nobody's yes counts any more. The editor gets a letter with the words."""
    _require_writer(writer, manuscript)
    manuscript.move(ManuscriptState.EDITING, actor=writer, why=words, still=_same_text(manuscript))
    if manuscript.editor is not None:
        _letter("editing/change_asked", manuscript, manuscript.editor, words=words)


@transaction.atomic
def choose_focus(manuscript: Manuscript, editor: Person, x: int, y: int) -> Picture:
    """Say what stays in view where the newest version's picture is cropped: percent from its left and its top.

    The approval stands: the picture is the same. Raises NotReady when there is no picture, NotAllowed when the story
    was stopped, ValueError for a point outside the picture.
    """
    _require_editor(editor, manuscript)
    if manuscript.state == ManuscriptState.STOPPED:
        raise NotAllowed("The story was taken back.")
    if not (0 <= x <= 100 and 0 <= y <= 100):
        raise ValueError(f"{x}, {y} lies outside the picture")
    digest = (_current(manuscript).content["picture"] or {}).get("sha256", "")
    picture = Picture.objects.filter(sha256=digest).first()
    if picture is None:
        raise NotReady(_("There is no picture."))
    picture.focus_x, picture.focus_y = x, y
    picture.save(update_fields=["focus_x", "focus_y"])
    focus_chosen.happened(picture)
    return picture


def stop_with_submission(submission: Submission, actor: Person | None = None) -> None:
    """Reaction: a story taken back is edited no more."""
    manuscript = Manuscript.objects.filter(submission=submission).first()
    if manuscript is not None and manuscript.may_become(ManuscriptState.STOPPED):
        manuscript.move(ManuscriptState.STOPPED, actor=actor, why="the story was taken back")
        tell_other_writers(manuscript, actor)
        _tell_editor(manuscript)


def _tell_editor(manuscript: Manuscript) -> None:
    """Who edits the text hears that it was taken back; whoever read the submission or decided has a letter already."""
    editor, submission = manuscript.editor, manuscript.submission
    if editor is None or submission.readings.filter(editor=editor).exists():
        return
    if not submission.decisions.filter(prepared_by=editor).exists():
        _letter("submissions/withdrawn_editor", manuscript, editor)


def _current(manuscript: Manuscript) -> Revision:
    if manuscript.revision is None:
        raise ValueError(f"{manuscript} has no text")
    return manuscript.revision


def _same_text(manuscript: Manuscript) -> dict[str, Any]:
    return {"revision_id": manuscript.revision_id}


def _require_editor(editor: Person, manuscript: Manuscript) -> None:
    if not editor.has_perm("editing.edit", manuscript):
        raise PermissionDenied("An editor's own story is edited by others.")


def _require_writer(writer: Person, manuscript: Manuscript) -> None:
    if not writer.has_perm("editing.approve", manuscript):
        raise PermissionDenied("Only the writer approves.")


def _letter(kind: str, manuscript: Manuscript, person: Person, **context: Any) -> Letter:
    context = {"submission": manuscript.submission, "manuscript": manuscript, **context}
    return write_letter(kind, person.email, context, person=person)
