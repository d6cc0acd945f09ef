"""The phones of the sample's staff: each has an authenticator whose secret is worked out from the address.

Only the sample's own people at example.org have such secrets. Nobody should keep them for a real magazine.
"""

import base64
import hashlib
import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from hearthpress.people.models import Person


@dataclass(frozen=True)
class Phone:
    """What a phone shows: the code of this moment and the one after it (RFC 6238)."""

    person: Person
    code: str
    next_code: str


def give_phone(person: Person) -> None:
    """Set the person's authenticator up with the secret that their phone holds."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, secret(person.email))


def phones() -> list[Phone]:
    """Every phone whose secret is still the sample's; somebody who set up another is left out."""
    of_staff = {"user__memberships__isnull": False, "user__memberships__ended_at": None}
    held = Authenticator.objects.filter(type=Authenticator.Type.TOTP, **of_staff)
    people = [each.user for each in held.select_related("user").distinct().order_by("user_id") if _is_ours(each)]
    return [Phone(person, code(person.email), code(person.email, ahead=1)) for person in people]


def secret(email: str) -> str:
    """160 bits in base 32, the same every time."""
    return base64.b32encode(hashlib.sha1(f"sample phone of {email}".encode(), usedforsecurity=False).digest()).decode()


def code(email: str, ahead: int = 0) -> str:
    """The code that the phone shows now, or `ahead` periods later."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD + ahead
    return str(format_hotp_value(hotp_value(secret(email), counter)))


def seconds_left() -> int:
    """For how long the codes of this moment are still good."""
    period = int(app_settings.TOTP_PERIOD)
    return period - int(time.time()) % period


def _is_ours(authenticator: Authenticator) -> bool:
    return bool(TOTP(authenticator).instance.data.get("secret") == secret(authenticator.user.email))
