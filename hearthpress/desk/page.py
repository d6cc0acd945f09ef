"""Drawing a page of the desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def page(request: HttpRequest, template: str, here: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The template "desk/<template>.html"; `here` is the part of the desk that the menu marks as open."""
    shown = {"workplace": _("Desk"), "here": here, **context}
    return render(request, f"desk/{template}.html", shown, status=status)
