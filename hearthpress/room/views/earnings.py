"""What was read, what it earned, and where it is paid."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hearthpress.common.states import SomebodyElseWon
from hearthpress.masthead.models import Masthead
from hearthpress.pay.actions import set_destination
from hearthpress.pay.doors import own_statement, own_statements
from hearthpress.pay.forms import DestinationForm
from hearthpress.pay.models import Payout
from hearthpress.pay.statement_page import month_name, statement_page
from hearthpress.room import money
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.views.agreement import place_of

PAYOUTS_SHOWN = 24


@for_writers
@require_GET
def earnings(request: HttpRequest) -> HttpResponse:
    writer = who(request)
    stories = money.story_earnings(writer)
    balances = money.owed(writer, money.currencies_of(stories))
    payouts = Payout.objects.filter(writer=writer).select_related("batch").order_by("-pk")
    context = {
        "stories": stories,
        "balances": balances,
        "threshold": Masthead.current().money(Masthead.current().payout_threshold),
        "enough": any(one.minor >= max(Masthead.current().payout_threshold, 1) for one in balances),
        "place": place_of(writer),
        "statements": [(month_name(one), one) for one in own_statements(writer)],
        "payouts": payouts[:PAYOUTS_SHOWN],
    }
    return page(request, "earnings", context)


@for_writers
@require_GET
def statement(request: HttpRequest, month: str) -> HttpResponse:
    """One month, line by line. Who is paid in several currencies has a statement in each."""
    found = own_statement(who(request), month, request.GET.get("currency", ""))
    return page(request, "statement", {"statement": found, "sheet": statement_page(found)})


@for_writers
@require_http_methods(["GET", "POST"])
def payment(request: HttpRequest) -> HttpResponse:
    """Where the person is paid. A change is told by letter."""
    place = place_of(who(request))
    form = DestinationForm(request.POST or None, instance=None, initial={"address": place.address if place else ""})
    if request.method == "POST" and form.is_valid():
        try:
            set_destination(who(request), form.cleaned_data["address"])
        except SomebodyElseWon as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. This is where we pay you from now on."))
            return redirect("room:payment")
    return page(request, "payment", {"form": form, "place": place})
