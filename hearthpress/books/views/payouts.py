"""Who is paid, the payout files, and what became of each."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.books.forms import CancellationForm, PayoutForm
from hearthpress.books.pages import bookkeeper, bookkeeper_required, page
from hearthpress.books.payees import payees, payees_in
from hearthpress.common.money import Money
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.masthead.models import Masthead
from hearthpress.pay.accounts import lock_books
from hearthpress.pay.actions import cancel_batch, make_batches, mark_paid
from hearthpress.pay.doors import books_batch, books_batches
from hearthpress.pay.enums import BatchState
from hearthpress.pay.models import PayoutBatch
from hearthpress.people.models import Person


@bookkeeper_required
@require_http_methods(["GET", "HEAD", "POST"])
def payouts(request: HttpRequest) -> HttpResponse:
    """Who is due and who waits; the files that were made. POST makes the files of one currency."""
    if request.method == "POST":
        return _make(request)
    masthead = Masthead.current()
    batches = books_batches(bookkeeper(request)).annotate(rows=Count("payouts"), sum=Sum("payouts__amount"))
    context = {
        "groups": payees(bookkeeper(request)),
        "batches": [(batch, Money(batch.sum or 0, batch.currency)) for batch in batches],
        "threshold": masthead.money(masthead.payout_threshold),
    }
    return page(request, "payouts", context)


@bookkeeper_required
@require_safe
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """One payout file: its rows, its state, and how it came there."""
    return _batch_page(request, "batch", books_batch(bookkeeper(request), key))


@bookkeeper_required
@require_safe
def batch_file(request: HttpRequest, key: str) -> HttpResponse:
    """The bytes as they were stored. A cancelled file is not handed out again: its money is owed anew."""
    found = books_batch(bookkeeper(request), key)
    if found.state == BatchState.CANCELLED:
        raise Http404
    name = f'attachment; filename="{found.file_name}"'
    return HttpResponse(bytes(found.file), content_type="text/csv", headers={"Content-Disposition": name})


@bookkeeper_required
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, key: str) -> HttpResponse:
    """Asks once more, with the sum and the number of people; POST marks the batch as paid."""
    found = books_batch(bookkeeper(request), key)
    may_pay = bookkeeper(request).has_perm("pay.mark_paid", found)
    if request.method != "POST" or not may_pay:
        return _batch_page(request, "payment", found, status=200 if request.method != "POST" else 403)
    try:
        mark_paid(found, bookkeeper(request))
    except (SomebodyElseWon, NotAllowed):
        _tell_what_became(request, found)
    else:
        messages.success(request, _("Marked as paid. Each writer gets a letter."))
    return redirect("books:batch", key)


@bookkeeper_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request: HttpRequest, key: str) -> HttpResponse:
    """Asks for the reason; POST cancels the batch, and what was set aside is owed again."""
    found = books_batch(bookkeeper(request), key)
    form = CancellationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _batch_page(request, "cancellation", found, form=form, status=422 if form.is_bound else 200)
    try:
        cancel_batch(found, bookkeeper(request), form.cleaned_data["why"])
    except (SomebodyElseWon, NotAllowed):
        _tell_what_became(request, found)
    else:
        messages.success(request, _("Cancelled. What was set aside is owed to its writers again."))
    return redirect("books:batch", key)


def _make(request: HttpRequest) -> HttpResponse:
    form = PayoutForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        batches = _make_as_seen(bookkeeper(request), **form.cleaned_data)
    except SomebodyElseWon as lost:
        messages.warning(request, str(lost))
        return redirect("books:payouts")
    if len(batches) == 1:
        messages.success(request, _("The payout file is ready. Upload it at PayPal, then mark it as paid here."))
        return redirect("books:batch", batches[0].key)
    messages.success(request, _("%(number)s payout files are ready.") % {"number": len(batches)})
    return redirect("books:payouts")


@transaction.atomic
def _make_as_seen(actor: Person, currency: str, seen: str) -> list[PayoutBatch]:
    """Make the files of what the person was looking at, and of nothing else. Raises SomebodyElseWon."""
    lock_books([currency])
    now = payees_in(currency, actor)
    if not now.due or now.fingerprint != seen:
        raise SomebodyElseWon(
            _("Nothing was made: who is due has changed since you opened the page. This is how it stands now.")
        )
    return make_batches(actor, currency)


def _tell_what_became(request: HttpRequest, batch: PayoutBatch) -> None:
    paid = PayoutBatch.objects.filter(pk=batch.pk, state=BatchState.PAID).exists()
    said = _("This file has been paid already.") if paid else _("This file was cancelled already.")
    messages.warning(request, said)


def _batch_page(
    request: HttpRequest, name: str, batch: PayoutBatch, form: CancellationForm | None = None, status: int = 200
) -> HttpResponse:
    payouts = list(batch.payouts.select_related("writer"))
    context = {
        "batch": batch,
        "payouts": payouts,
        "total": sum((payout.money for payout in payouts), Money(0, batch.currency)),
        "events": batch.events.select_related("actor"),
        "may_pay": bookkeeper(request).has_perm("pay.mark_paid", batch),
        "waits": batch.state == BatchState.MADE,
        "form": form,
    }
    return page(request, name, context, status)
