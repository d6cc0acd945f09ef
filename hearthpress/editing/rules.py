"""Who may do what with a manuscript: others edit, its writers approve."""

import rules

from hearthpress.editing.models import Manuscript
from hearthpress.people.models import Person
from hearthpress.people.rules import is_editor


@rules.predicate
def is_writer(person: Person, manuscript: Manuscript | None) -> bool:
    """Who sent it, or wrote it with them."""
    return manuscript is not None and manuscript.is_written_by(person)


rules.add_perm("editing.edit", is_editor & ~is_writer)
rules.add_perm("editing.approve", is_writer)
