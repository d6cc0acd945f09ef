"""Who settles an agreement that came to a dead end: an editor, never its writer."""

import rules

from hearthpress.agreements.models import Agreement
from hearthpress.people.models import Person
from hearthpress.people.rules import is_editor


@rules.predicate
def is_writer(person: Person, agreement: Agreement | None) -> bool:
    return agreement is not None and agreement.writer_id == person.pk


rules.add_perm("agreements.settle", is_editor & ~is_writer)
