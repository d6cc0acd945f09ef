from typing import Any

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from hearthpress.pay.doors import books_batch, books_statement, own_statement, own_statements
from hearthpress.pay.models import PayoutBatch, Statement
from hearthpress.people.enums import Role
from tests.factories import Cast, make_person
from tests.pay.world import BOTH, batch_of, close, owe

pytestmark = pytest.mark.django_db(databases=BOTH)


@pytest.fixture
def statement(cast: Cast) -> Statement:
    owe(cast)
    close(cast, "2026-08")
    return Statement.objects.get()


@pytest.fixture
def batch(cast: Cast, statement: Statement) -> PayoutBatch:
    return batch_of(cast)


def allowed(cast: Cast, permission: str, subject: Any = None) -> set[str]:
    """Who of all people may do this."""
    former = make_person("former@example.org", "Fay Former", Role.BOOKKEEPER)
    former.is_active = False
    people = {name: getattr(cast, name) for name in ("writer", "other_writer", "editor", "bookkeeper", "owner")}
    people |= {"anonymous": AnonymousUser(), "former": former}
    return {name for name, person in people.items() if rules.has_perm(permission, person, subject)}


def test_a_statement_is_seen_by_its_writer_and_the_bookkeeper(cast: Cast, statement: Statement) -> None:
    assert allowed(cast, "pay.see_statement", statement) == {"writer", "bookkeeper", "owner"}


def test_the_books_are_kept_by_bookkeeper_and_owner(cast: Cast) -> None:
    assert allowed(cast, "pay.keep_books") == {"bookkeeper", "owner"}


def test_a_batch_is_marked_paid_by_a_bookkeeper(cast: Cast, batch: PayoutBatch) -> None:
    assert allowed(cast, "pay.mark_paid", batch) == {"bookkeeper", "owner"}


def test_a_writer_finds_their_own_statements(cast: Cast, statement: Statement) -> None:
    assert list(own_statements(cast.writer)) == [statement]
    assert own_statement(cast.writer, "2026-08") == own_statement(cast.writer, "2026-08", "USD") == statement


def test_a_statement_that_is_not_there_is_not_found(cast: Cast, statement: Statement) -> None:
    for month, currency in (("2026-09", ""), ("2026-08", "EUR"), ("x", "")):
        with pytest.raises(Http404):
            own_statement(cast.writer, month, currency)


def test_somebody_elses_statement_is_not_among_ones_own(cast: Cast, statement: Statement) -> None:
    for other in (cast.other_writer, cast.editor, cast.bookkeeper):
        with pytest.raises(Http404):
            own_statement(other, "2026-08")


def test_the_bookkeeper_finds_statements_and_batches(cast: Cast, statement: Statement, batch: PayoutBatch) -> None:
    assert books_statement(cast.bookkeeper, statement.key) == statement
    assert books_batch(cast.owner, batch.key) == batch


def test_to_others_the_books_have_nothing(cast: Cast, statement: Statement, batch: PayoutBatch) -> None:
    for other in (cast.writer, cast.other_writer, cast.editor):
        with pytest.raises(Http404):
            books_statement(other, statement.key)
        with pytest.raises(Http404):
            books_batch(other, batch.key)


def test_what_is_not_there_is_not_found_by_the_bookkeeper_either(cast: Cast) -> None:
    with pytest.raises(Http404):
        books_statement(cast.bookkeeper, "nothing")
    with pytest.raises(Http404):
        books_batch(cast.bookkeeper, "nothing")
