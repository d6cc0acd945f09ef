"""The page that tells how the magazine's promises to its writers were kept."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.magazine.keys import PROMISES
from hearthpress.magazine.models import PromiseFigures


@require_safe
@public
def promises(request: HttpRequest) -> HttpResponse:
    """Its figures are counted once a day (`pay.promises`), never when it is read."""
    context = {
        "figures": PromiseFigures.objects.first(),
        "canonical_url": f"{settings.PUBLIC_ADDRESS}{request.path}",
    }
    return carries(render(request, "magazine/promises.html", context), PROMISES)
