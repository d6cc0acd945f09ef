"""The only ways to fetch one statement or one batch. To anybody who may not see it there is nothing here (404)."""

from django.db.models import QuerySet
from django.http import Http404

from hearthpress.pay.models import PayoutBatch, Statement
from hearthpress.people.models import Person


def own_statements(writer: Person) -> QuerySet[Statement]:
    """Every statement that this person was sent, the newest first."""
    return Statement.objects.filter(writer=writer)


def own_statement(writer: Person, month: str, currency: str = "") -> Statement:
    """The writer's own statement for "YYYY-MM"; who earns in several currencies names one. Raises Http404."""
    of_month = own_statements(writer).filter(month=month)
    found = (of_month.filter(currency=currency) if currency else of_month).first()
    if found is None or not writer.has_perm("pay.see_statement", found):
        raise Http404
    return found


def books_statement(person: Person, key: str) -> Statement:
    """A statement for the bookkeeper. Raises Http404 for everybody else."""
    found = Statement.objects.filter(key=key).select_related("writer").first()
    if found is None or not person.has_perm("pay.keep_books", found):
        raise Http404
    return found


def books_statements(person: Person) -> QuerySet[Statement]:
    """Every writer's statements, for the bookkeeper; for everybody else there are none."""
    return Statement.objects.select_related("writer") if person.has_perm("pay.keep_books") else Statement.objects.none()


def books_batches(person: Person) -> QuerySet[PayoutBatch]:
    """Every payout batch without its file, the newest first, for the bookkeeper; for everybody else there are none."""
    batches = PayoutBatch.objects.select_related("made_by").defer("file")
    return batches if person.has_perm("pay.keep_books") else batches.none()


def books_batch(person: Person, key: str) -> PayoutBatch:
    """A payout batch for the bookkeeper. Raises Http404 for everybody else."""
    found = PayoutBatch.objects.filter(key=key).select_related("made_by").first()
    if found is None or not person.has_perm("pay.keep_books", found):
        raise Http404
    return found
