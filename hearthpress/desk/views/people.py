"""Who is named in a story, what is said of each, and another name for one of them throughout."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.page import page
from hearthpress.desk.sent_photos import photos_to_use
from hearthpress.desk.views.manuscripts import newest
from hearthpress.editing.actions import NotReady
from hearthpress.editing.doors import desk_manuscript
from hearthpress.editing.forms import OtherName, forms_about
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.editing.naming import rename_throughout
from hearthpress.editing.people import (
    InStory,
    NoRoom,
    answer_about,
    left_in_addresses,
    people_in,
    renamed_throughout,
)


class RenamingForm(forms.Form):
    shown = OtherName(
        label=gettext_lazy("Named as"), help_text=gettext_lazy("Initials, or another name: one word, or two.")
    )


@require_http_methods(["GET", "POST"])
@for_editors
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Everybody whom the newest version names; an editor keeps what the writer told them."""
    found = desk_manuscript(who(request), key)
    files = [photo.name for photo in photos_to_use(who(request), key)]
    named = people_in(found, newest(found), files)
    asked = forms_about(named, request.POST if request.method == "POST" else None)
    bound = [form for form in asked if form.is_bound]
    wrong = [form for form in bound if not form.is_valid()]
    if request.method == "POST" and not wrong:
        for form in bound:
            if form.is_answered:
                answer_about(found, who(request), form.about.name, **form.cleaned_data)
        messages.success(request, _("Your answers are kept."))
        return redirect("desk:people", key)
    context = {"submission": found.submission, "forms": asked, "more": len(named) - len(asked)}
    return page(request, "people", "queue", {**context, "has_errors": bool(wrong)})


@require_http_methods(["GET", "POST"])
@for_editors
def renaming(request: HttpRequest, key: str) -> HttpResponse:
    """Show each place where the name would be replaced; then make that version, of the text that was shown."""
    found = desk_manuscript(who(request), key)
    given = request.POST if request.method == "POST" else request.GET
    about = _named(found, given.get("name", ""))
    form = RenamingForm(given)
    if request.method != "POST" or not form.is_valid():
        return _renaming_page(request, found, about, form)
    try:
        shown = form.cleaned_data["shown"]
        rename_throughout(found, who(request), about.name, shown, given.get("revision", ""))
    except (NotReady, NoRoom) as error:
        return _renaming_page(request, found, about, form, problem=str(error))
    except (SomebodyElseWon, NotAllowed):
        now = desk_manuscript(who(request), key)
        return _renaming_page(request, now, _named(now, about.name), form, status=409, changed=True)
    messages.success(request, _("%(name)s is named %(shown)s throughout.") % {"name": about.name, "shown": shown})
    return redirect("desk:people", key)


def _renaming_page(
    request: HttpRequest, found: Manuscript, about: InStory, form: RenamingForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"submission": found.submission, "revision": newest(found), "about": about, "form": form, **more}
    if form.is_valid():
        context |= _places(newest(found), about, form.cleaned_data["shown"])
    return page(request, "renaming", "queue", context, status)


def _places(revision: Revision, about: InStory, shown: str) -> dict[str, Any]:
    """Each place where the name would be replaced, or why it cannot be."""
    try:
        value, places = renamed_throughout(revision, about.mention, shown)
    except NoRoom as error:
        return {"problem": str(error)}
    return {"shown": shown, "places": places, "left": left_in_addresses(value, about.mention)}


def _named(found: Manuscript, name: str) -> InStory:
    """Raises Http404 where the newest version names nobody so."""
    about = next((one for one in people_in(found, newest(found)) if one.mention.is_called(name)), None)
    if about is None:
        raise Http404
    return about
