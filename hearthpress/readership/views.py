"""Where views arrive: from the script of the story page, and from the image for readers without script."""

import logging
from functools import wraps
from importlib import import_module
from typing import Protocol

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hearthpress.common.addresses import client_of
from hearthpress.common.logs import Outage
from hearthpress.edge.origin import OURS, came_from_us
from hearthpress.people.models import Membership
from hearthpress.readership.actions import take_in, terms_of
from hearthpress.readership.agents import judge_agent
from hearthpress.readership.intake import (
    BODY_TYPES,
    LONGEST_BODY,
    PIXEL,
    PURPOSES,
    BadBeacon,
    Beacon,
    View,
    is_prefetch,
    parse_image,
    parse_script,
)
from hearthpress.readership.known_salts import SaltAway
from hearthpress.readership.terms import Terms

outage = Outage(logging.getLogger(__name__), "A view could not be kept; the readers' browsers are asked to send again.")


class Endpoint(Protocol):
    def __call__(self, request: HttpRequest) -> HttpResponse: ...


def no_store(view: Endpoint) -> Endpoint:
    """No cache keeps the answer, or the next reader's view would never arrive."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Cache-Control"] = "no-store"
        return response

    return answer


# A beacon carries no cookie to be guarded by a token; where the request began is asked instead.
@csrf_exempt
@require_POST
@no_store
def report(request: HttpRequest) -> HttpResponse:
    """POST /v: 204 once the view is committed; 400, 403, 404, 413, 415 for what is no view; 503 when it must wait."""
    if not came_from_us(request):
        return HttpResponseForbidden()
    if request.content_type not in BODY_TYPES:
        return HttpResponse(status=415)
    body = request.read(LONGEST_BODY + 1)
    if len(body) > LONGEST_BODY:
        return HttpResponse(status=413)
    try:
        beacon = parse_script(body)
    except BadBeacon:
        return HttpResponse(status=400)
    return _keep(request, beacon, HttpResponse(status=204))


@require_GET
@no_store
def image(request: HttpRequest) -> HttpResponse:
    """GET /v.gif?s=KEY: a transparent point of 43 bytes. Old browsers do not say where a request began: they may."""
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        return HttpResponseForbidden()
    try:
        beacon = parse_image(request.GET.get("s", ""))
    except BadBeacon:
        return HttpResponse(status=400)
    return _keep(request, beacon, HttpResponse(PIXEL, content_type="image/gif"))


def _keep(request: HttpRequest, beacon: Beacon, thanks: HttpResponse) -> HttpResponse:
    try:
        terms = terms_of(beacon.story_key)
        if terms is None:
            return HttpResponseNotFound()
        take_in(
            _as_view(request, beacon, terms),
            terms,
            client_of(request.META, settings.TRUSTED_PROXIES),
            _user_agent(request),
        )
    except (DatabaseError, SaltAway) as error:
        outage.is_met(error)
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    outage.is_over()
    return thanks


def _as_view(request: HttpRequest, beacon: Beacon, terms: Terms) -> View:
    verdict = judge_agent(_user_agent(request))
    return View(
        beacon=beacon,
        own=_is_own(request, terms.writer_id),
        prefetch=is_prefetch(" ".join(request.headers.get(name, "") for name in PURPOSES)),
        rule=verdict.rule if verdict.kind == "robot" else "",
    )


def _is_own(request: HttpRequest, writer_id: int) -> bool:
    """Whether the writer or somebody of the magazine is looking."""
    person_id = _signed_in(request)
    if person_id is None:
        return False
    return person_id == str(writer_id) or Membership.objects.filter(person_id=person_id, ended_at=None).exists()


def _signed_in(request: HttpRequest) -> str | None:
    """The id of the person signed in, read beside request.session, whose use would add Vary: Cookie to the answer."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    person_id = import_module(settings.SESSION_ENGINE).SessionStore(key).get(SESSION_KEY)
    return None if person_id is None else str(person_id)


def _user_agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")
