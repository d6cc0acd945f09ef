"""Who may do what with a submission. An editor's own story is read and decided by others."""

import rules

from hearthpress.people.models import Person
from hearthpress.people.rules import is_editor
from hearthpress.submissions.models import Conflict, Submission
from hearthpress.submissions.veil import is_veiled


@rules.predicate
def is_writer(person: Person, submission: Submission | None) -> bool:
    return submission is not None and submission.writer_id == person.pk


@rules.predicate
def has_conflict(person: Person, submission: Submission | None) -> bool:
    """They have said that others should judge this one."""
    return submission is not None and Conflict.objects.filter(submission=submission, editor=person).exists()


@rules.predicate
def is_behind_veil(person: Person, submission: Submission | None) -> bool:
    """Whose it is they see after their own vote: until then they decide nothing."""
    return submission is not None and is_veiled(person, submission)


rules.add_perm("submissions.read", is_editor & ~is_writer)
rules.add_perm("submissions.judge", is_editor & ~is_writer & ~has_conflict)
rules.add_perm("submissions.decide", is_editor & ~is_writer & ~has_conflict & ~is_behind_veil)
rules.add_perm("submissions.own", is_writer)
