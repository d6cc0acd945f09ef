"""The house's style for one manuscript: what the rules find, and what an editor chose of it as suggestions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.house_style import by_rule, chosen_of
from hearthpress.desk.page import page
from hearthpress.editing.actions import NotReady
from hearthpress.editing.doors import desk_manuscript
from hearthpress.editing.models import Manuscript
from hearthpress.editing.style import apply_style, as_suggested, seen_of, style_findings


@require_http_methods(["GET", "POST"])
@for_editors
def house_style(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_manuscript(who(request), key)
    if request.method != "POST":
        return _page(request, found)
    rules = by_rule(style_findings(as_suggested(found)))
    chosen = chosen_of(rules, request.POST.getlist("finding"), request.POST.getlist("rule"))
    keys = {one for keys in chosen.values() for one in keys}
    try:
        apply_style(found, who(request), keys, request.POST.get("seen", ""), list(chosen))
    except NotReady as error:
        return _page(request, found, problem=str(error))
    except (SomebodyElseWon, NotAllowed):
        return _page(request, desk_manuscript(who(request), key), status=409, changed=True)
    messages.success(request, _("The writer can accept what you chose all at once."))
    return redirect("desk:house_style", key)


def _page(request: HttpRequest, found: Manuscript, status: int = 200, **more: Any) -> HttpResponse:
    content = as_suggested(found)
    rules = by_rule(style_findings(content))
    shown = {"rules": rules, "seen": seen_of(content)}
    context = {"submission": found.submission, "manuscript": found, **shown, **more}
    can_mend = any(rule.can_mend for rule in rules)
    return page(request, "house_style", "queue", {**context, "can_mend": can_mend}, status)
