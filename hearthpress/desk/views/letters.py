"""Letters that have not arrived, and trying again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.letters import unsent_letter, unsent_letters
from hearthpress.desk.page import page
from hearthpress.desk.row_numbers import row_number
from hearthpress.mail.actions import send_again

SHOWN = 50


@require_safe
@for_editors
def letters(request: HttpRequest) -> HttpResponse:
    person = who(request)
    found = unsent_letters(person)
    before = row_number(request.GET.get("before", ""))
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: SHOWN + 1])
    context = {
        "letters": rows[:SHOWN],
        "before": rows[SHOWN - 1].pk if len(rows) > SHOWN else None,
        "whole": person.has_perm("people.manage_team"),
    }
    return page(request, "letters", "letters", context)


@require_POST
@for_editors
def sending(request: HttpRequest, key: str) -> HttpResponse:
    """Try again now."""
    letter = unsent_letter(who(request), key)
    try:
        send_again(letter)
    except (NotAllowed, SomebodyElseWon):
        messages.warning(request, _("This letter is on its way, or its code is no longer good."))
    else:
        messages.success(request, _("The letter goes out again within a minute."))
    return redirect("desk:letters")
