"""Who may come through the door of a workplace."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hearthpress.people.enums import Role
from hearthpress.people.signin import has_second_factor, has_shown_second_factor

View = Callable[..., HttpResponse]

person_required = login_required


def staff_required(*roles: Role) -> Callable[[View], View]:
    """Only for people with one of the roles (the owner has them all) who have shown a second factor.

    To anybody else who is signed in the page does not exist (404).
    """
    allowed = frozenset({*roles, Role.OWNER})

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_active or not request.user.roles & allowed:
                raise Http404
            if not has_second_factor(request.user):
                messages.info(request, _("Before you begin, please add a second factor. It protects our writers."))
                return redirect("mfa_index")
            if not has_shown_second_factor(request):
                messages.info(request, _("Please sign in again and use your second factor."))
                return redirect("account_logout")
            return view(request, *args, **kwargs)

        return person_required(door)

    return decorate
