"""The only ways to fetch a task: one about a story that the editor may not read is not there at all."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission
from hearthpress.submissions.veil import veiled_to
from hearthpress.tasks.models import Task, TaskQuerySet


def desk_tasks(editor: Person) -> TaskQuerySet:
    """What this editor may see: tasks about no story, and about the stories of others that were not taken back.

    Of one that is `veiled` they see what `tasks.words` says.
    """
    readable = desk_submissions(editor).exclude(state=SubmissionState.WITHDRAWN)
    veiled = Submission.objects.filter(veiled_to(editor), pk=OuterRef("submission"))
    seen = Task.objects.filter(Q(submission=None) | Exists(readable.filter(pk=OuterRef("submission"))))
    return seen.annotate(veiled=Exists(veiled))  # type: ignore[no-redef]  # the model says what it is


def desk_task(editor: Person, key: str) -> Task:
    """One of them. Raises Http404."""
    found = desk_tasks(editor).with_people().filter(key=key).first()
    if found is None or not editor.has_perm("tasks.work", found):
        raise Http404
    return found
