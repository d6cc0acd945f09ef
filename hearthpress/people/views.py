"""Sign in by e-mailed code; say who you are."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import ratelimit
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hearthpress.edge.headers import PRIVATE
from hearthpress.edge.origin import OURS
from hearthpress.people.access import person_required
from hearthpress.people.actions import person_for
from hearthpress.people.forms import ProfileForm, SignInForm
from hearthpress.people.fragment import links_for
from hearthpress.people.signin import letter_trouble

LETTER_TO = "code_letter_to"


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One field for everybody: the answer is the same whether we knew the address or not."""
    if request.user.is_authenticated:
        return redirect(_next(request) or "home")
    form = SignInForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/sign_in.html", {"form": form, "next": _next(request)})
    email = form.cleaned_data["email"]
    if not _may_ask_for_code(request, email):
        form.add_error("email", _too_many())
        return render(request, "account/sign_in.html", {"form": form, "next": _next(request)}, status=429)
    LoginCodeVerificationProcess.initiate(request=request, user=person_for(email), email=email)
    request.session[LETTER_TO] = email
    target = redirect("account_confirm_login_code")
    target["Location"] += _next_query(request)
    return target


class CodePage(ConfirmLoginCodeView):
    def form_valid(self, form: Form) -> HttpResponse:
        """Another code is counted like the first one. The code that was sent before stays good when it is refused."""
        if self._action == "resend" and not _may_ask_for_code(self.request, self._process.state["email"]):
            messages.warning(self.request, _too_many())
            return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """allauth's context, and what became of the letter."""
        email = self.request.session.get(LETTER_TO, "")
        return {**super().get_context_data(**kwargs), "letter_trouble": email and letter_trouble(email)}


@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """allauth checks the code; when it is too old or was used, we say so and offer a new one."""
    response: HttpResponse = CodePage.as_view()(request)
    back = response.headers.get("Location", "").partition("?")[0] == reverse("account_login")
    if back and not request.user.is_authenticated and not len(messages.get_messages(request)):
        messages.info(request, _("That code is no longer good: it was used, or it is too old. Ask for a new one here."))
    return response


@require_GET
def code_letter(request: HttpRequest) -> HttpResponse:
    """What became of the code letter of this session, for the page on which the code is typed."""
    email = request.session.get(LETTER_TO, "")
    return JsonResponse({"trouble": bool(email and letter_trouble(email)), "email": email})


@person_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("profile")
    return render(request, "people/profile.html", {"form": form})


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where a person's own work is."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    roles = request.user.roles
    if roles & {"editor", "owner"}:
        return redirect("desk:queue")
    return redirect("books:home" if "bookkeeper" in roles else "room:home")


@require_GET
def fragment(request: HttpRequest) -> HttpResponse:
    """The links of whoever is signed in, for the public page at ?page=: HTML, or nothing at all (204)."""
    # Browsers that do not say where a request began send no cookie of ours from another site either (SameSite).
    elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in OURS
    if elsewhere or not request.user.is_authenticated:
        return _for_us_alone(HttpResponse(status=204))
    links = links_for(request, request.GET.get("page", ""))
    return _for_us_alone(render(request, "people/fragment.html", {"links": links}))


def _for_us_alone(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, and not to be read by a page of another site."""
    response["Cache-Control"] = PRIVATE
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_vary_headers(response, ["Cookie", "Sec-Fetch-Site"])
    return response


def _may_ask_for_code(request: HttpRequest, email: str) -> bool:
    return bool(ratelimit.consume(request, action="request_login_code", key=email))


def _too_many() -> str:
    return _("Too many codes were asked for. Please wait ten minutes and try again.")


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else ""


def _next_query(request: HttpRequest) -> str:
    target = _next(request)
    return f"?{urlencode({'next': target})}" if target else ""
