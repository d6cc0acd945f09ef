"""Who may do what with the books. A bookkeeper's own pay is settled by others."""

import rules

from hearthpress.pay.models import PayoutBatch, Statement
from hearthpress.people.models import Person
from hearthpress.people.rules import is_bookkeeper


@rules.predicate
def is_payee(person: Person, batch: PayoutBatch | None) -> bool:
    return batch is not None and batch.payouts.filter(writer=person).exists()


@rules.predicate
def is_writer(person: Person, statement: Statement | None) -> bool:
    return statement is not None and statement.writer_id == person.pk


rules.add_perm("pay.keep_books", is_bookkeeper)
rules.add_perm("pay.mark_paid", is_bookkeeper & ~is_payee)
rules.add_perm("pay.see_statement", is_writer | is_bookkeeper)
