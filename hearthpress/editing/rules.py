"""Who may do what with a manuscript: others edit, the writer approves."""

import rules

from hearthpress.editing.models import Manuscript
from hearthpress.people.models import Person
from hearthpress.people.rules import is_editor


@rules.predicate
def is_writer(person: Person, manuscript: Manuscript | None) -> bool:
    return manuscript is not None and manuscript.submission.writer_id == person.pk


rules.add_perm("editing.edit", is_editor & ~is_writer)
rules.add_perm("editing.approve", is_writer)
