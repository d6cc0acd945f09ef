"""What is said about one story: to its writer, and among the editors."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.common.states import SomebodyElseWon
from hearthpress.correspondence import actions
from hearthpress.correspondence.doors import Thread, Veiled, desk_thread, mark_seen
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.correspondence import MessageForm, RemarkForm, empty_forms
from hearthpress.desk.page import page
from hearthpress.people.access import View


def _after_own_reading(view: View) -> View:
    """Who may not know yet whose story it is gets a page that says when they will see the thread."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Veiled as veiled:
            context = {"key": veiled.submission.key}
            return page(request, "correspondence_veiled", "queue", context, status=404)

    return kept


@require_safe
@for_editors
@_after_own_reading
def correspondence(request: HttpRequest, key: str) -> HttpResponse:
    return _thread_page(request, desk_thread(who(request), key))


@require_http_methods(["GET", "POST"])
@for_editors
@_after_own_reading
def message(request: HttpRequest, key: str) -> HttpResponse:
    """Write to the writer."""
    thread = desk_thread(who(request), key)
    form = MessageForm(request.POST or None)
    if not form.is_valid():
        return _thread_page(request, thread, message_form=form)
    try:
        actions.write_to_writer(thread.submission, who(request), form.cleaned_data["to_writer"])
    except SomebodyElseWon:
        form.add_error(None, _taken_back_meanwhile())
        return _thread_page(request, thread, status=409, message_form=form)
    messages.success(request, _("Your words are on their way to the writer."))
    return redirect("desk:correspondence", key)


@require_http_methods(["GET", "POST"])
@for_editors
@_after_own_reading
def remark(request: HttpRequest, key: str) -> HttpResponse:
    """Say something that stays among the editors."""
    thread = desk_thread(who(request), key)
    form = RemarkForm(request.POST or None)
    if not form.is_valid():
        return _thread_page(request, thread, remark_form=form)
    try:
        actions.remark(thread.submission, who(request), form.cleaned_data["among_editors"])
    except SomebodyElseWon:
        form.add_error(None, _taken_back_meanwhile())
        return _thread_page(request, thread, status=409, remark_form=form)
    messages.success(request, _("Your words are kept among the editors."))
    return redirect("desk:correspondence", key)


def _thread_page(request: HttpRequest, thread: Thread, status: int = 200, **forms: Any) -> HttpResponse:
    mark_seen(thread, who(request))
    context = {"thread": thread, "submission": thread.submission, **empty_forms(), **forms}
    return page(request, "correspondence", "queue", context, status)


def _taken_back_meanwhile() -> str:
    return _("The writer has taken this story back meanwhile, so nothing was sent. What you typed is still here.")
