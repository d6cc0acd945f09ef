"""The ledger."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from hearthpress.books.forms import FilterForm
from hearthpress.books.pages import bookkeeper_required, page
from hearthpress.books.transfers import balances, csv_lines, names, page_of, told, touching
from hearthpress.ledger.models import Account


@bookkeeper_required
@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """What is on the accounts, and the transfers of one or of all, newest first."""
    account, before = _asked(request)
    found = page_of(touching(account), before)
    called = names(
        [each for row in found.transfers for each in (row.debit, row.credit)] + ([account] if account else [])
    )
    about = told(found.transfers)
    context = {
        "account": account,
        "account_name": called[account.code] if account else "",
        "rows": [
            (row, called[row.debit.code], called[row.credit.code], about.get(row.pk, "")) for row in found.transfers
        ],
        "before": before,
        "older": found.before,
        "balances": balances(),
    }
    return page(request, "transfers", context)


@bookkeeper_required  # type: ignore[arg-type]  # what is streamed is no HttpResponse to the stubs
@require_safe
def transfer_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same transfers as a CSV file, oldest first, sent while it is read."""
    account, _before = _asked(request)
    headers = {"Content-Disposition": 'attachment; filename="transfers.csv"'}
    return StreamingHttpResponse(csv_lines(touching(account)), content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest) -> tuple[Account | None, int | None]:
    form = FilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    code = form.cleaned_data["account"]
    return get_object_or_404(Account, code=code) if code else None, form.cleaned_data["before"]
