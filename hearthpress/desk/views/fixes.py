"""Ask a writer for a yes to small corrections of their live story, by a letter that takes one click."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.editing.actions import NotReady
from hearthpress.editing.doors import desk_manuscript
from hearthpress.stories.fixes import ask_by_letter, asked_now


@require_POST
@for_editors
def fix_request(request: HttpRequest, key: str) -> HttpResponse:
    """Write the letter; a second press writes no second one."""
    found = desk_manuscript(who(request), key)
    if asked_now(found) is not None:
        messages.info(request, _("The writer has been asked already."))
        return redirect("desk:publication", key)
    try:
        ask_by_letter(found, who(request))
    except NotReady as error:
        messages.warning(request, " ".join(error.args))
    except (SomebodyElseWon, NotAllowed):
        messages.warning(request, _("The text was changed meanwhile, so nothing was done. Please look again."))
    else:
        messages.success(request, _("The writer gets a letter, and the story is corrected when they say yes."))
    return redirect("desk:publication", key)
