"""The overview, a month, its closing, and a statement."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.books.accruals import closed_stories, open_stories, preview
from hearthpress.books.check import check_books, newest_check
from hearthpress.books.figures import figures, month_so_far
from hearthpress.books.kill_fees import closed_kill_fees, open_kill_fees
from hearthpress.books.months import BookMonth, current_month, months
from hearthpress.books.pages import bookkeeper, bookkeeper_required, page
from hearthpress.common.states import SomebodyElseWon
from hearthpress.pay.actions import close_month
from hearthpress.pay.closing import CannotClose, in_words
from hearthpress.pay.doors import books_statement, books_statements
from hearthpress.pay.models import KillFee
from hearthpress.pay.months import Month
from hearthpress.pay.statement_page import statement_page
from hearthpress.pay.statements import recompute


@bookkeeper_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is owed, what could be, which months wait, and whether the books balance."""
    month = current_month()
    stories = month_so_far(month)
    context = {
        "month": month,
        "figures": figures(stories, month),
        "months": months(),
        "stories": len(stories),
        "fees": KillFee.objects.exists(),
        "check": newest_check(),
    }
    return page(request, "home", context)


@bookkeeper_required
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """POST compares everything again, now. Who comes here by a link, after signing in anew, finds the overview."""
    if request.method == "POST":
        check_books()
    return redirect("books:home")


@bookkeeper_required
@require_safe
def month(request: HttpRequest, month: Month) -> HttpResponse:
    """What each story and writer earned in the month: as it was closed, and as it stands where it is still open."""
    found = _book_month(month)
    context = {
        "found": found,
        "closed": closed_stories(month),
        "open": open_stories(month),
        "closed_fees": closed_kill_fees(month),
        "open_fees": open_kill_fees(month),
        "statements": books_statements(bookkeeper(request)).filter(month=str(month)).order_by("writer__name", "pk"),
    }
    return page(request, "month", context)


@bookkeeper_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, month: Month) -> HttpResponse:
    """What closing would do, in numbers; and the closing itself."""
    found = _book_month(month)
    if request.method == "POST":
        return _close(request, found)
    return _closing_page(request, found)


@bookkeeper_required
@require_safe
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """A statement as its writer sees it, compared with what the evidence gives now."""
    found = books_statement(bookkeeper(request), key)
    context = {
        "statement": found,
        "month": Month.parse(found.month),
        "sheet": statement_page(found),
        "equal": recompute(found) == bytes(found.body),
    }
    return page(request, "statement", context)


def _book_month(month: Month) -> BookMonth:
    """One of the months that the overview lists. Raises Http404 for any other."""
    found = next((one for one in months() if one.month == month), None)
    if found is None:
        raise Http404
    return found


def _close(request: HttpRequest, found: BookMonth) -> HttpResponse:
    try:
        close_month(str(found.month), bookkeeper(request))
    except CannotClose as refused:
        return _closing_page(request, found, sentence=str(refused), status=409)
    except SomebodyElseWon as lost:
        messages.warning(request, str(lost))
    else:
        words = _("%(month)s is closed. The letters with the statements are on their way.")
        messages.success(request, words % {"month": in_words(found.month)})
    return redirect("books:month", found.month)


def _closing_page(request: HttpRequest, found: BookMonth, sentence: str = "", status: int = 200) -> HttpResponse:
    try:
        expected = preview(found.month)
    except (CannotClose, SomebodyElseWon) as refused:
        expected, sentence = None, sentence or str(refused)
    return page(request, "closing", {"found": found, "preview": expected, "sentence": sentence}, status)
