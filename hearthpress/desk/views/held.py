"""What is held apart from the queue, and letting it in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hearthpress.common.states import SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.held import held_page
from hearthpress.desk.page import page
from hearthpress.submissions.actions import let_in
from hearthpress.submissions.doors import desk_submission


@require_safe
@for_editors
def held(request: HttpRequest) -> HttpResponse:
    return page(request, "held", "queue", {"held": held_page(who(request), request.GET.get("after", ""))})


@require_POST
@for_editors
def letting_in(request: HttpRequest, key: str) -> HttpResponse:
    """Into the queue, in one click."""
    found = desk_submission(who(request), key)
    try:
        let_in(found, who(request))
    except SomebodyElseWon:
        messages.info(request, _("“%(title)s” is in the queue already.") % {"title": found})
    else:
        messages.success(request, _("“%(title)s” is in the queue now, with its promise.") % {"title": found})
    return redirect("desk:held")
