"""Who may do what with a submission. An editor's own story is read and decided by others."""

import rules

from hearthpress.people.models import Person
from hearthpress.people.rules import is_editor
from hearthpress.submissions.models import Submission


@rules.predicate
def is_writer(person: Person, submission: Submission | None) -> bool:
    return submission is not None and submission.writer_id == person.pk


rules.add_perm("submissions.read", is_editor & ~is_writer)
rules.add_perm("submissions.decide", is_editor & ~is_writer)
rules.add_perm("submissions.own", is_writer)
