"""Where the letter about small corrections leads: one page, two buttons, and no signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing.people import ChildrenNotAnsweredFor
from hearthpress.stories.fixes import FixIsOver, changes_of, fix_behind, say_no, say_yes
from hearthpress.stories.models import FixAsked


@require_http_methods(["GET", "HEAD", "POST"])
def fix(request: HttpRequest, token: str) -> HttpResponse:
    """What would be corrected, and the writer's answer. Only POST answers: links in mail are opened by machines too."""
    try:
        found = fix_behind(token)
        if request.method != "POST":
            return _page(request, {"fix": found, "story": found.story, "changes": changes_of(found)})
        return _page(request, {"story": found.story, "said": _answered(request, found)})
    except FixIsOver:
        return _page(request, {"is_over": True}, status=410)
    except ChildrenNotAnsweredFor:
        told = _("Before your yes, we have a question about people in your story. Please sign in and answer it there.")
        return _page(request, {"said": told}, status=409)
    except (SomebodyElseWon, NotAllowed):
        return _page(request, {"is_over": True}, status=409)


def _answered(request: HttpRequest, found: FixAsked) -> str:
    """Carry out the answer; what became of it, as a sentence."""
    if request.POST.get("answer") != "yes":
        say_no(found)
        return _("Thank you. Your story stays as it is, and the editor knows.")
    if say_yes(found):
        return _("Thank you. The story is corrected. A copy of what you approved is on its way to you.")
    return _("Thank you, your yes is kept. An editor still has something to see to before readers see it.")


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "room/fix.html", context, status=status)
    # The address is a key to this page: it is told to nobody and kept by nobody.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
