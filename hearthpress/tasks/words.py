"""A task in the words that one editor may read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearthpress.people.models import Person
from hearthpress.submissions.models import Submission
from hearthpress.submissions.veil import is_veiled
from hearthpress.tasks.models import Task


@dataclass(frozen=True)
class Shown:
    """`words` say what is to be done; `story` is the title of what it is about, "" when it is about no story."""

    task: Task
    words: str
    story: str


def shown(task: Task) -> Shown:
    """The task as whoever fetched it (see tasks.doors) may see it.

    Another editor's words may name the writer: before an anonymous reading they are not shown.
    """
    if task.submission is None:
        return Shown(task, str(task), "")
    if not task.veiled:
        return Shown(task, str(task), str(task.submission))
    words = _("You see what this is once your reading is in") if task.title else str(task)
    return Shown(task, words, blind_title(task.submission))


def title_for(editor: Person, submission: Submission) -> str:
    """The story's title, without its writer's names as long as this editor may not know whose it is."""
    return blind_title(submission) if is_veiled(editor, submission) else str(submission)


def blind_title(submission: Submission) -> str:
    return submission.blind_title or _("Untitled")
