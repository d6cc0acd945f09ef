"""The addresses of the second factor's pages, which allauth answers.

They are named here one by one, and each brings its view when somebody asks for it: the programs behind passkeys would
be a twelfth of every start, and readers of the magazine never need them.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.module_loading import import_string


def _page(route: str, view: str, name: str) -> URLPattern:
    """One page; `view` is the dotted path below allauth.mfa."""

    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        response: HttpResponse = import_string(f"allauth.mfa.{view}")(request, **parts)
        return response

    return path(route, answer, name=name)


urlpatterns = [
    _page("", "base.views.index", "mfa_index"),
    _page("authenticate/", "base.views.authenticate", "mfa_authenticate"),
    _page("reauthenticate/", "base.views.reauthenticate", "mfa_reauthenticate"),
    _page("totp/activate/", "totp.views.activate_totp", "mfa_activate_totp"),
    _page("totp/deactivate/", "totp.views.deactivate_totp", "mfa_deactivate_totp"),
    _page("recovery-codes/", "recovery_codes.views.view_recovery_codes", "mfa_view_recovery_codes"),
    _page("recovery-codes/generate/", "recovery_codes.views.generate_recovery_codes", "mfa_generate_recovery_codes"),
    _page("recovery-codes/download/", "recovery_codes.views.download_recovery_codes", "mfa_download_recovery_codes"),
    _page("webauthn/", "webauthn.views.list_webauthn", "mfa_list_webauthn"),
    _page("webauthn/add/", "webauthn.views.add_webauthn", "mfa_add_webauthn"),
    _page("webauthn/reauthenticate/", "webauthn.views.reauthenticate_webauthn", "mfa_reauthenticate_webauthn"),
    _page("webauthn/keys/<int:pk>/remove/", "webauthn.views.remove_webauthn", "mfa_remove_webauthn"),
    _page("webauthn/keys/<int:pk>/edit/", "webauthn.views.edit_webauthn", "mfa_edit_webauthn"),
]
