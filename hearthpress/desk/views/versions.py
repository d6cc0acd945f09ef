"""The versions of a text: read one, compare two, let an older one stand again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.restoration import RestorationForm
from hearthpress.desk.page import page
from hearthpress.desk.reading_copy import reading_copy
from hearthpress.desk.row_numbers import row_number
from hearthpress.desk.views.manuscripts import newest
from hearthpress.editing.actions import NotReady, restore
from hearthpress.editing.doors import desk_manuscript, version_of
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.stories.comparison import compare
from hearthpress.stories.versions import two_versions, versions_of

SHOWN = 20


@require_safe
@for_editors
def versions(request: HttpRequest, key: str) -> HttpResponse:
    """All of them, the newest first, in pages."""
    found = desk_manuscript(who(request), key)
    rows = versions_of(found)
    before = row_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(number__lt=before)
    shown = list(rows[: SHOWN + 1])
    context = {
        "submission": found.submission,
        "revision": newest(found),
        "versions": shown[:SHOWN],
        "before": shown[SHOWN - 1].number if len(shown) > SHOWN else None,
    }
    return page(request, "versions", "queue", context)


@require_safe
@for_editors
def comparison(request: HttpRequest, key: str) -> HttpResponse:
    """Any two versions, in one text or side by side."""
    found = desk_manuscript(who(request), key)
    return page(request, "comparison", "queue", two_versions(found, request.GET.dict()))


@require_safe
@for_editors
def revision(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One version, and what it changes in the writer's own text."""
    found = desk_manuscript(who(request), key)
    shown, sent = version_of(found, str(number)), found.first_revision
    context = {
        "submission": found.submission,
        "revision": shown,
        "content": shown.content,
        "text": reading_copy(shown.content["document"]),
        "comparison": compare(sent, shown),
        "is_newest": shown.pk == found.revision_id,
        "as_sent": shown.pk == sent.pk,
    }
    return page(request, "revision", "queue", context)


@require_http_methods(["GET", "POST"])
@for_editors
def restoration(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Let an older version stand again: what will change is shown before it does."""
    found = desk_manuscript(who(request), key)
    older = version_of(found, str(number))
    form = RestorationForm(request.POST or None, initial={"newest": newest(found).sha256})
    if not form.is_valid():
        return _restoration_page(request, found, older, form)
    if trouble := _restore(request, found, older, form):
        messages.warning(request, trouble)
        found = desk_manuscript(who(request), key)
        again = {"newest": newest(found).sha256, "why": form.cleaned_data["why"]}
        return _restoration_page(request, found, older, RestorationForm(initial=again), status=409)
    return redirect("desk:manuscript", key)


def _restoration_page(
    request: HttpRequest, found: Manuscript, older: Revision, form: RestorationForm, status: int = 200
) -> HttpResponse:
    context = {
        "submission": found.submission,
        "manuscript": found,
        "revision": older,
        "comparison": compare(newest(found), older),
        "form": form,
    }
    return page(request, "restoration", "queue", context, status)


def _restore(request: HttpRequest, found: Manuscript, older: Revision, form: RestorationForm) -> str:
    """Restore it. What stood in the way, as a sentence; "" when nothing did."""
    before = found.revision_id
    try:
        now = restore(found, who(request), older, form.cleaned_data["newest"], form.cleaned_data["why"])
    except SomebodyElseWon:
        return _("The text was changed meanwhile. This is what would change now; please look again.")
    except NotAllowed:
        return _("This version cannot be restored.")
    except NotReady as error:
        return " ".join(error.args)
    numbers = {"number": older.number, "new": now.number}
    if now.pk == before:
        messages.info(request, _("Nothing was changed: the newest version says the same."))
    else:
        messages.success(
            request,
            _("Version %(number)s stands again, as version %(new)s. Ask the writer before it goes live.") % numbers,
        )
    return ""
