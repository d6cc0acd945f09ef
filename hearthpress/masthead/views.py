"""Pages for what went wrong that belong to no package."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent from a page that is too old or from elsewhere (403)."""
    return render(request, "403_csrf.html", status=403)
