"""The pages that invite writers: one for each call, and one for all of them. What a call pays stands first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from hearthpress.common import clock
from hearthpress.documents.html import render as render_document
from hearthpress.documents.notation import from_notation
from hearthpress.documents.schema import BadDocument, Document, check, paragraph
from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.edge.origin import came_from_us
from hearthpress.magazine.keys import CALL
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import Masthead
from hearthpress.search.unseen import unseen
from hearthpress.submissions.actions import wait_for_call, wait_no_more
from hearthpress.submissions.arriving import mail_address
from hearthpress.submissions.enums import TAKING, CallState
from hearthpress.submissions.limits import cap_in_words, lengths_in_words
from hearthpress.submissions.models import Call
from hearthpress.submissions.opening_times import told
from hearthpress.submissions.questions import asked_by

TOLD_OF_CLOSED = timedelta(days=365)  # how long after its closing a call is named among the others


@dataclass(frozen=True)
class Shown:
    """A call with its times in words, as a list names it."""

    call: Call
    opens: str
    closes: str

    @property
    def stands(self) -> str:
        return self.call.stands


class WaitingForm(forms.Form):
    """An address that is told when a call opens."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please type your address."),
            "invalid": _("This does not look like an e-mail address. Please look at it once more."),
        },
    )


@require_safe
@public
def write_for_us(request: HttpRequest) -> HttpResponse:
    """All calls, those that are open first. When one alone takes stories it stands here whole."""
    calls = list(Call.objects.select_related("rate_card"))
    masthead = masthead_of(request)
    named = [shown(call, masthead) for call in calls if not call.circle_only and call.stands != CallState.DRAFT]
    is_open = sorted((row for row in named if row.stands == CallState.OPEN), key=lambda row: row.call.is_application)
    stories = [row.call for row in is_open if not row.call.is_application]
    only = stories[0] if len(stories) == 1 else None
    context = {
        "only": only,
        **(whole_call(only, masthead) if only else {}),
        "takes_stories": bool(stories),
        "open_calls": [] if only else is_open,
        "other_calls": [row for row in is_open if only and row.call != only] + _others(named),
        "writing": "page",
        "canonical_url": f"{settings.PUBLIC_ADDRESS}{request.path}",
    }
    page = carries(render(request, "magazine/write_for_us.html", context), CALL)
    return until_a_call_turns(page, calls)


@require_safe
@public
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """One call. Closed, it says when it opens next, and takes an address to tell."""
    found = _public_call(slug)
    context = call_page(found, masthead_of(request))
    page = carries(render(request, "magazine/call.html", context), CALL)
    following = context["following"]
    return until_a_call_turns(page, [found, following.call] if following else [found])


# Public pages carry no cookie to be guarded by a token; where the request began is asked instead.
@csrf_exempt
@require_POST
@unseen
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep an address, or forget it. The answer is the same whether or not it was there before."""
    if not came_from_us(request):
        return HttpResponseForbidden()
    found = _public_call(slug)
    form = WaitingForm(request.POST)
    context = {"call": found, "form": form, "writing": "true", **_times(found, masthead_of(request))}
    if not form.is_valid():
        return render(request, "magazine/waiting.html", context, status=422)
    if not ratelimit.consume(request, action="wait_for_call"):
        return render(request, "magazine/waiting.html", {**context, "too_many": True}, status=429)
    address, forget = form.cleaned_data["address"], "forget" in request.POST
    (wait_no_more if forget else wait_for_call)(found, address)
    return render(request, "magazine/waiting.html", {**context, "address": address, "forgotten": forget})


def call_page(found: Call, masthead: Masthead) -> dict[str, Any]:
    """What the template of a call needs; the desk shows its owner the same page beforehand."""
    return {
        **whole_call(found, masthead),
        "form": WaitingForm(),
        "following": next_after(found, masthead),
        "writing": "true",
        "canonical_url": f"{settings.PUBLIC_ADDRESS}{found.get_absolute_url()}",
    }


def whole_call(found: Call, masthead: Masthead) -> dict[str, Any]:
    """All that a call says."""
    texts = ("guidelines", "rights", "what_happens")
    return {
        **{f"{name}_html": _as_html(getattr(found, name)) for name in texts},
        **_times(found, masthead),
        "call": found,
        "lengths": lengths_in_words(found),
        "cap": cap_in_words(found),
        "questions": asked_by(found),
        "mail_address": mail_address(found),
    }


def shown(found: Call, masthead: Masthead) -> Shown:
    return Shown(found, **_times(found, masthead))


def next_after(found: Call, masthead: Masthead) -> Shown | None:
    """When this call is closed: of the announced ones that everybody may answer in the same way, the next to open."""
    if found.stands != CallState.CLOSED:
        return None
    alike = Call.objects.public().filter(kind=found.kind, state__in=TAKING, opens_at__gt=clock.now())
    following = alike.exclude(pk=found.pk).order_by("opens_at", "pk").first()
    return shown(following, masthead) if following else None


def until_a_call_turns(page: HttpResponse, calls: Iterable[Call]) -> HttpResponse:
    """The page is true until the next moment at which a call opens or closes by itself."""
    moments = [moment for call in calls for moment in (call.opens_at, call.closes_at) if moment is not None]
    if to_come := [moment for moment in moments if moment > clock.now()]:
        page.good_until = min(to_come)  # type: ignore[attr-defined]
    return page


def _public_call(slug: str) -> Call:
    """A call that everybody may read of. Raises Http404."""
    found = Call.objects.public().select_related("rate_card").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _others(named: list[Shown]) -> list[Shown]:
    """Those to come, the next first; then those that have closed within a year, the last first."""
    to_come = [row for row in named if row.stands == CallState.ANNOUNCED]
    since = clock.now() - TOLD_OF_CLOSED
    closed = [row for row in named if row.stands == CallState.CLOSED and _closed_at(row.call) > since]
    return sorted(to_come, key=lambda row: row.call.opens_at) + sorted(
        closed, key=lambda row: _closed_at(row.call), reverse=True
    )


def _closed_at(found: Call) -> Any:
    return found.closes_at or found.opens_at


def _times(found: Call, masthead: Masthead) -> dict[str, str]:
    zone = ZoneInfo(found.time_zone) if found.time_zone else masthead.zone
    return {
        "opens": told(found.opens_at, zone),
        "closes": told(found.closes_at, zone) if found.closes_at else "",
    }


def _as_html(text: str) -> SafeString:
    """A call's text, typed in the desk's notation."""
    if not text.strip():
        return SafeString()
    return mark_safe(render_document(_document_of(text), {}))  # noqa: S308  rendered from a checked document


def _document_of(text: str) -> Document:
    """One that was kept before it was checked, and is none, is read as plain words."""
    try:
        return from_notation(text)
    except BadDocument:
        words = [paragraph([{"type": "text", "text": part}]) for part in text.split("\n\n")]
        return check({"type": "doc", "content": words})
