"""Calls: what they say and ask, when they open and close. Editors see them; the owner changes them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.common.errors import Sentence
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, for_owner, who
from hearthpress.desk.calls import (
    calls_with_numbers,
    history,
    keep_call,
    keep_questions,
    listed_calls,
    newest_card,
    question_forms,
)
from hearthpress.desk.forms.calls import CallForm, ClosingForm, ExtensionForm, RateForm, TimesForm
from hearthpress.desk.page import page
from hearthpress.magazine.calls import call_page, shown
from hearthpress.masthead.middleware import masthead_of
from hearthpress.people.enums import Role
from hearthpress.submissions.actions import (
    CallInUse,
    announce_call,
    close_call,
    delete_call,
    extend_call,
    open_call,
)
from hearthpress.submissions.arriving import mail_address
from hearthpress.submissions.enums import CallKind, CallState
from hearthpress.submissions.limits import lengths_in_words
from hearthpress.submissions.models import Call
from hearthpress.submissions.questions import asked_by


@require_safe
@for_editors
def calls(request: HttpRequest) -> HttpResponse:
    context = {"rows": listed_calls(masthead_of(request)), "may_change": _may_change(request)}
    return page(request, "calls", "calls", context)


@require_safe
@for_editors
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: how it stands, what it asks, and what can be done with it."""
    found = get_object_or_404(calls_with_numbers(), slug=slug)
    context = {
        "call": found,
        "row": shown(found, masthead_of(request)),
        "lengths": lengths_in_words(found),
        "mail_address": mail_address(found),
        "questions": asked_by(found),
        "history": history(found),
        "may_change": _may_change(request),
    }
    return page(request, "call", "calls", context)


@require_http_methods(["GET", "POST"])
@for_owner
def call_new(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in CallKind.values:
        raise Http404
    return _text(request, Call(kind=kind, rate_card=newest_card()))


@require_http_methods(["GET", "POST"])
@for_owner
def call_text(request: HttpRequest, slug: str) -> HttpResponse:
    """What the call says and pays. What writers have begun or sent stays as it is."""
    return _text(request, _call(slug))


@require_http_methods(["GET", "POST"])
@for_owner
def call_questions(request: HttpRequest, slug: str) -> HttpResponse:
    found = _call(slug)
    forms = question_forms(found, request.POST or None)
    if request.method == "POST" and forms.is_valid():
        keep_questions(found, forms)
        messages.success(request, _("Saved."))
        return redirect("desk:call_questions", slug)
    return page(request, "call_questions", "calls", {"call": found, "forms": forms})


@require_safe
@for_owner
def call_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Exactly the page that readers will see."""
    context = call_page(_call(slug), masthead_of(request))
    return render(request, "magazine/call.html", {**context, "preview": True})


@require_http_methods(["GET", "POST"])
@for_owner
def call_opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Open it now, or let it open by itself; or choose other times before it has."""
    found = _call(slug)
    if found.stands == CallState.OPEN:
        return _already(request, found)
    form = TimesForm(found, request.POST or None)
    if form.is_valid() and _done(request, found, form, _open):
        return redirect("desk:call", slug)
    return _times_page(request, found, form, "call_opening")


@require_http_methods(["GET", "POST"])
@for_owner
def call_closing(request: HttpRequest, slug: str) -> HttpResponse:
    """Close it now, and say when it opens next. An announcement is taken back."""
    found = _call(slug)
    if found.stands not in (CallState.OPEN, CallState.ANNOUNCED):
        return _already(request, found)
    form = ClosingForm(found, request.POST or None)
    if form.is_valid() and _done(request, found, form, _close):
        return redirect("desk:call", slug)
    return _times_page(request, found, form, "call_closing")


@require_http_methods(["GET", "POST"])
@for_owner
def call_extension(request: HttpRequest, slug: str) -> HttpResponse:
    """Another closing time for a call that is open."""
    found = _call(slug)
    if found.stands != CallState.OPEN:
        return _already(request, found)
    form = ExtensionForm(found, request.POST or None)
    if form.is_valid() and _done(request, found, form, _extend):
        return redirect("desk:call", slug)
    return _times_page(request, found, form, "call_extension")


@require_http_methods(["GET", "POST"])
@for_owner
def call_deletion(request: HttpRequest, slug: str) -> HttpResponse:
    """One page that says what goes, one button. A call that something hangs on stays."""
    found = _call(slug)
    if request.method == "GET":
        return page(request, "call_deletion", "calls", {"call": found})
    try:
        delete_call(found)
    except CallInUse as error:
        messages.error(request, str(error))
        return redirect("desk:call", slug)
    messages.success(request, _("“%(call)s” is gone.") % {"call": found})
    return redirect("desk:calls")


def _text(request: HttpRequest, found: Call) -> HttpResponse:
    data = request.POST or None
    form = CallForm(data, instance=found)
    rate = None if found.is_application else RateForm(data, card=found.rate_card, prefix="rate")
    if all([form.is_valid(), rate is None or rate.is_valid()]):
        slug = keep_call(form, rate).slug
        messages.success(request, _("Saved."))
        return redirect("desk:call", slug)
    kept = Call.objects.filter(pk=found.pk).first()
    return page(request, "call_text", "calls", {"form": form, "rate": rate, "call": found, "kept": kept})


def _done(request: HttpRequest, found: Call, form: TimesForm, verb: Any) -> bool:
    """Do it, and say so. What cannot be is said in the form, where what was typed still stands."""
    try:
        said = verb(request, found, form)
    except (NotAllowed, SomebodyElseWon):
        form.add_error(None, _("Somebody else changed this call in the same moment. Please look at it again."))
        return False
    except Sentence as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, said)
    return True


def _open(request: HttpRequest, found: Call, form: TimesForm) -> str:
    if form.opens_at is None:
        open_call(found, who(request), form.closes_at)
        return _("It is open. Those who asked to be told get their letter now.")
    announce_call(found, who(request), form.opens_at, form.closes_at)
    return _("It is announced, and opens by itself on %(opens)s.") % {"opens": shown(found, masthead_of(request)).opens}


def _close(request: HttpRequest, found: Call, form: TimesForm) -> str:
    close_call(found, who(request))
    if form.opens_at is None:
        return _("The announcement is taken back.") if found.state == CallState.DRAFT else _("It is closed.")
    announce_call(found, who(request), form.opens_at, form.closes_at)
    return _("It is closed, and opens again on %(opens)s.") % {"opens": shown(found, masthead_of(request)).opens}


def _extend(request: HttpRequest, found: Call, form: TimesForm) -> str:
    extend_call(found, who(request), form.closes_at)
    closes = shown(found, masthead_of(request)).closes
    return _("It is open until %(closes)s.") % {"closes": closes} if closes else _("It is open without a closing date.")


def _times_page(request: HttpRequest, found: Call, form: TimesForm, template: str) -> HttpResponse:
    row = shown(found, masthead_of(request))
    return page(request, template, "calls", {"call": found, "form": form, "row": row})


def _already(request: HttpRequest, found: Call) -> HttpResponse:
    """A second press, or an old page: how the call stands now is shown, and nothing is an error."""
    messages.info(request, _("This is how “%(call)s” stands now.") % {"call": found})
    return redirect("desk:call", found.slug)


def _call(slug: str) -> Call:
    return get_object_or_404(Call.objects.select_related("rate_card"), slug=slug)


def _may_change(request: HttpRequest) -> bool:
    return Role.OWNER in who(request).roles
