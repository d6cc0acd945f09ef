"""Signing in: a code by e-mail, through the outbox; for staff a second factor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hearthpress.common.addresses import client_of
from hearthpress.mail.actions import write_letter
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person

ADDED_HERE = "second_factor_added"


class SignInAdapter(DefaultAccountAdapter):
    """allauth's letters go through the outbox, in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That is not the code. Look again, or ask for a new one."),
        "too_many_login_attempts": _("That was too often. Please wait a few minutes, then try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Whoever types the address of a closed account learns nothing: only the letter says it, and has no code."""
        person = Person.objects.filter(email=email.lower()).first()
        if person is not None and not person.is_active:
            write_letter("people/closed", email, {}, person=person)
            return
        if template_prefix.endswith("login_code"):
            write_letter("people/code", email, {"code": context["code"]}, person=person, secret=True)
            return
        message = self.render_mail(template_prefix, email, context)
        write_letter("people/note", email, {"subject": message.subject, "text": message.body}, person=person)

    def format_email_subject(self, subject: str) -> str:
        return f"{Masthead.current().name}: {subject}"

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """allauth's own sign-up stays shut: an account comes about by the first sign-in."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_of(request.META, settings.TRUSTED_PROXIES)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That is not the code. Look again, or wait for the next one."),
    }

    def get_totp_issuer(self) -> str:
        return Masthead.current().name


@receiver(authenticator_added)
def remember_new_factor(request: HttpRequest, **_signal: Any) -> None:
    """Who has just shown a new factor in this session need not show it again."""
    request.session[ADDED_HERE] = True


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or set up, with a second factor."""
    methods = request.session.get("account_authentication_methods", [])
    return bool(request.session.get(ADDED_HERE)) or any(method["method"] == "mfa" for method in methods)


def has_second_factor(person: Person) -> bool:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=person, type__in=kinds).exists())


def letter_trouble(email: str) -> str:
    """What the post office said about the newest letter that answered a sign-in here, when it came back."""
    newest = Letter.objects.filter(to=email, kind__in=("people/code", "people/closed")).order_by("-id").first()
    return newest.trouble if newest is not None and newest.state == LetterState.BOUNCED else ""
