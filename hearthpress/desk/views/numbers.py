"""The editors' numbers: how much comes in, how long it lies here, and whether promises are kept."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.page import page
from hearthpress.desk.shown_figures import shown_figures
from hearthpress.masthead.middleware import masthead_of


@require_safe
@for_editors
def numbers(request: HttpRequest) -> HttpResponse:
    return page(request, "numbers", "numbers", {"figures": shown_figures(who(request), masthead_of(request))})
