from typing import Any

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from hearthpress.pay.doors import books_batch, books_statement, own_statement, own_statements
from hearthpress.pay.models import PayoutBatch, Statement
from tests.factories import Cast
from tests.pay.world import BOTH, batch_of, close, owe

pytestmark = pytest.mark.django_db(databases=BOTH)

PEOPLE = ["writer", "other_writer", "editor", "bookkeeper", "owner", "anonymous", "former"]


@pytest.fixture
def statement(cast: Cast) -> Statement:
    owe(cast)
    close(cast, "2026-08")
    return Statement.objects.get()


@pytest.fixture
def batch(cast: Cast, statement: Statement) -> PayoutBatch:
    return batch_of(cast)


def person(cast: Cast, name: str) -> Any:
    if name == "anonymous":
        return AnonymousUser()
    if name == "former":
        cast.bookkeeper.is_active = False
        return cast.bookkeeper
    return getattr(cast, name)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_statement_is_seen_by_its_writer_and_the_bookkeeper(cast: Cast, statement: Statement, name: str) -> None:
    allowed = rules.has_perm("pay.see_statement", person(cast, name), statement)

    assert allowed is (name in {"writer", "bookkeeper", "owner"})


@pytest.mark.parametrize("name", PEOPLE)
def test_the_books_are_kept_by_bookkeeper_and_owner(cast: Cast, name: str) -> None:
    assert rules.has_perm("pay.keep_books", person(cast, name)) is (name in {"bookkeeper", "owner"})


@pytest.mark.parametrize("name", PEOPLE)
def test_a_batch_is_marked_paid_by_a_bookkeeper(cast: Cast, batch: PayoutBatch, name: str) -> None:
    assert rules.has_perm("pay.mark_paid", person(cast, name), batch) is (name in {"bookkeeper", "owner"})


def test_a_writer_finds_their_own_statements(cast: Cast, statement: Statement) -> None:
    assert list(own_statements(cast.writer)) == [statement]
    assert own_statement(cast.writer, "2026-08") == own_statement(cast.writer, "2026-08", "USD") == statement


@pytest.mark.parametrize(("month", "currency"), [("2026-09", ""), ("2026-08", "EUR"), ("x", "")])
def test_a_statement_that_is_not_there_is_not_found(cast: Cast, statement: Statement, month: str, currency: str) -> None:
    with pytest.raises(Http404):
        own_statement(cast.writer, month, currency)


@pytest.mark.parametrize("name", ["other_writer", "editor", "bookkeeper"])
def test_somebody_elses_statement_is_not_among_ones_own(cast: Cast, statement: Statement, name: str) -> None:
    with pytest.raises(Http404):
        own_statement(getattr(cast, name), "2026-08")


def test_the_bookkeeper_finds_statements_and_batches(cast: Cast, statement: Statement, batch: PayoutBatch) -> None:
    assert books_statement(cast.bookkeeper, statement.key) == statement
    assert books_batch(cast.owner, batch.key) == batch


@pytest.mark.parametrize("name", ["writer", "other_writer", "editor"])
def test_to_others_the_books_have_nothing(cast: Cast, statement: Statement, batch: PayoutBatch, name: str) -> None:
    with pytest.raises(Http404):
        books_statement(getattr(cast, name), statement.key)
    with pytest.raises(Http404):
        books_batch(getattr(cast, name), batch.key)


def test_what_is_not_there_is_not_found_by_the_bookkeeper_either(cast: Cast) -> None:
    with pytest.raises(Http404):
        books_statement(cast.bookkeeper, "nothing")
    with pytest.raises(Http404):
        books_batch(cast.bookkeeper, "nothing")
