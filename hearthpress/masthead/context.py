"""What every template may ask for: the magazine and its sections, fetched only when a template uses them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hearthpress.masthead.models import Section


def masthead(request: HttpRequest) -> dict[str, Any]:
    return {
        "masthead": getattr(request, "masthead", None),
        "sections": SimpleLazyObject(lambda: list(Section.objects.all())),
        "person": SimpleLazyObject(lambda: request.user if request.user.is_authenticated else None),
        "public_address": settings.PUBLIC_ADDRESS,
        "demo": settings.DEMO,
    }
