"""What the page of one submission shows to one editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthpress.correspondence.doors import Thread
from hearthpress.desk.decisions import decision_panel
from hearthpress.desk.doubles import doubles_for
from hearthpress.desk.forms.reading import AssignmentForm, ConflictForm, ReadingForm, SubjectsForm, UrgencyForm
from hearthpress.desk.held import why_held
from hearthpress.desk.history import history
from hearthpress.desk.reading_copy import reading_copy
from hearthpress.desk.tasks import tasks_of_story
from hearthpress.desk.threads import thread_in_short
from hearthpress.desk.turns import manuscript_of, turn_of
from hearthpress.desk.ways_out import ways_out
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import UNDECIDED, AttachmentKind, Needed, SubmissionState
from hearthpress.submissions.models import Attachment, Conflict, QuestionAnswer, Reading, Submission
from hearthpress.submissions.questions import unanswered
from hearthpress.submissions.veil import veiled_to


@dataclass(frozen=True)
class Judged:
    """What editors think of it, as far as this one may hear of it.

    `left` are those who leave it to others; `has_left` is whether this editor does, who then hears no more of it.
    """

    readings: Sequence[Reading]
    mine: Reading | None
    left: Sequence[Conflict]
    has_left: bool

    @property
    def leavers(self) -> set[int]:
        """Their numbers: a reading of theirs stands among the others and says so."""
        return {conflict.editor_id for conflict in self.left}


def story_page(submission: Submission, editor: Person) -> dict[str, Any]:
    """The page's context. What the editor may not know yet is not among it."""
    judged = judged_by_others(submission, editor)
    accepted = submission.state == SubmissionState.ACCEPTED
    return {
        "submission": submission,
        "text": reading_copy(submission.document or {"content": []}, {}),
        "subjects": list(submission.subjects.all()),
        "judged": judged,
        "undecided": submission.state in UNDECIDED,
        "decide": decision_panel(submission, editor),
        "manuscript": manuscript_of(submission),
        "turn": turn_of(submission) if accepted else None,
        "ways": ways_out(submission, editor),
        "history": history(submission, editor),
        "doubles": doubles_for(editor, submission),
        "thread": _thread(submission, editor, judged),
        "marks": why_held(submission) if submission.held else [],
        **tasks_of_story(editor, submission),
        **came_with(submission, editor),
        **forms_of(submission, judged),
    }


def judged_by_others(submission: Submission, editor: Person) -> Judged:
    left = list(Conflict.objects.filter(submission=submission).select_related("editor").order_by("declared_at", "pk"))
    has_left = any(conflict.editor_id == editor.pk for conflict in left)
    readings = [] if has_left else list(submission.readings.select_related("editor"))
    mine = next((reading for reading in readings if reading.editor_id == editor.pk), None)
    return Judged(readings, mine, left, has_left)


def came_with(submission: Submission, editor: Person) -> dict[str, Any]:
    """Answers, files, photos, and what was sent together with it, but for what would tell whose another story is."""
    files: list[Attachment] = list(submission.attachments.all())
    return {
        "answers": _answers(submission),
        "still_asked": unanswered(submission, Needed.ACCEPTANCE),
        "photos": [file for file in files if file.kind == AttachmentKind.PHOTO],
        "files": [file for file in files if file.kind == AttachmentKind.MANUSCRIPT],
        "together": [] if submission.concealed else list(_sent_together(submission, editor)),
    }


def forms_of(submission: Submission, judged: Judged) -> dict[str, Any]:
    """The page's forms as they begin."""
    mine, scored = judged.mine, submission.call.scored
    initial = {"vote": mine.vote, "score": mine.score, "notes": mine.notes} if mine else {}
    urgency = getattr(submission, "urgency", None)
    return {
        "form": ReadingForm(initial=initial, scored=scored),
        "conflict_form": ConflictForm(prefix="conflict"),
        "urgency_form": UrgencyForm(initial={"why": urgency.why if urgency else ""}, prefix="urgency"),
        "urgency": urgency,
        "assignment_form": AssignmentForm(
            initial={"editor": submission.assigned_to_id, "was": submission.assigned_to_id or ""},
            editors=editors_here(),
            prefix="assignment",
        ),
        "subjects_form": SubjectsForm(initial=named_subjects(submission), prefix="touches"),
    }


def named_subjects(submission: Submission) -> dict[str, Any]:
    """What the form of its subjects begins with."""
    numbers = sorted(subject.pk for subject in submission.subjects.all())
    return {"subjects": numbers, "was": ",".join(map(str, numbers))}


def editors_here() -> QuerySet[Person]:
    """Everybody who may read stories. The writer too, if they are one: leaving them out would tell who it is."""
    current = Person.objects.filter(memberships__ended_at=None, memberships__role__in=(Role.EDITOR, Role.OWNER))
    return current.filter(is_active=True).distinct().order_by("name", "pk")


def presence_in_words(others: Sequence[Person]) -> str:
    """Who else has it open; "" for nobody."""
    if not others:
        return ""
    names = _(", ").join(map(str, others))
    return ngettext("%(names)s has it open too.", "%(names)s have it open too.", len(others)) % {"names": names}


def _thread(submission: Submission, editor: Person, judged: Judged) -> Thread | None:
    return None if judged.has_left else thread_in_short(submission, editor)


def _answers(submission: Submission) -> list[QuestionAnswer]:
    answers = submission.question_answers.all()
    return list(answers if submission.concealed else answers.select_related("file"))


def _sent_together(submission: Submission, editor: Person) -> QuerySet[Submission]:
    first = submission.sent_with_id or submission.pk
    others = desk_submissions(editor).filter(Q(pk=first) | Q(sent_with=first), ~veiled_to(editor))
    there = others.exclude(pk=submission.pk).exclude(state=SubmissionState.WITHDRAWN)
    return there.defer("source", "document", "answers").order_by("pk")
