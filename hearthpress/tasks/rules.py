"""Who may work on a task: an editor, and on one about a story only who may read that story."""

import rules

from hearthpress.people.models import Person
from hearthpress.people.rules import is_editor
from hearthpress.tasks.models import Task


@rules.predicate
def may_read_its_story(person: Person, task: Task | None) -> bool:
    return task is None or task.submission is None or person.has_perm("submissions.read", task.submission)


rules.add_perm("tasks.work", is_editor & may_read_its_story)
