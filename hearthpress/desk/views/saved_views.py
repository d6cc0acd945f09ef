"""Filters of the queue that an editor keeps under a name."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.queue import SavedViewForm
from hearthpress.desk.page import page
from hearthpress.desk.queue.saved_views import keep_view, own_views, queue_place
from hearthpress.submissions.models import SavedView


@require_http_methods(["GET", "POST"])
@for_editors
def views(request: HttpRequest) -> HttpResponse:
    """Those that there are; and a new one, of the `query` that is sent with its name."""
    query = queue_place(request.POST.get("query", ""))
    form = SavedViewForm(request.POST or None, instance=SavedView(editor=who(request), query=query))
    if form.is_valid() and _keep(request, form):
        return redirect(f"{reverse('desk:queue')}?{query}")
    return page(request, "views", "queue", {"form": form, "query": query, "views": own_views(who(request))})


@require_http_methods(["GET", "POST"])
@for_editors
def view(request: HttpRequest, number: int) -> HttpResponse:
    """Another name for it."""
    found = _own(request, number)
    form = SavedViewForm(request.POST or None, instance=found)
    if form.is_valid() and _keep(request, form):
        return redirect("desk:views")
    return page(request, "view", "queue", {"form": form, "view": _own(request, number)})


@require_http_methods(["GET", "POST"])
@for_editors
def removal(request: HttpRequest, number: int) -> HttpResponse:
    found = _own(request, number)
    if request.method == "GET":
        return page(request, "view_removal", "queue", {"view": found})
    found.delete()
    messages.success(request, _("The view is gone. The stories in it are where they were."))
    return redirect("desk:views")


def _keep(request: HttpRequest, form: SavedViewForm) -> bool:
    kept = keep_view(form.instance)
    if kept:
        messages.success(request, _("Kept. It stands above the queue."))
    else:
        form.add_error(None, _("It could not be kept. You have very many views; please remove one first."))
    return kept


def _own(request: HttpRequest, number: int) -> SavedView:
    found = own_views(who(request)).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
