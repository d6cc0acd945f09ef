"""Addresses that mail comes back to. Each says in itself what it is for, and proves that we gave it out.

`editors+story-<key>-<signature>@example.org` is the mailbox that letters come from, with a detail after a plus sign
(RFC 5233), so that one mailbox takes in all of them. Who knows such an address may write to it; who wrote is not known
by that.
"""

import re
from base64 import b32encode
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from hearthpress.masthead.models import Masthead

MAX_LOCAL_PART = 64  # octets (RFC 5321, 4.5.3.1.1)
SIGNATURE_LENGTH = 13  # letters of base 32: 65 bits
# Lower-case letters and digits alone: on its way, an address may be written in another case.
_WORD = re.compile("[a-z0-9]+")
_SIGNED = re.compile(rf"\+([a-z]+)-([a-z0-9]+)-([a-z2-7]{{{SIGNATURE_LENGTH}}})@[^@]+$")


def signed_address(purpose: str, key: str) -> str:
    """The address for mail about `key`, or "" where the magazine's mailbox has so long a name that none fits.

    Raises ValueError for a purpose or key that is not of lower-case letters and digits.
    """
    if not (_WORD.fullmatch(purpose) and _WORD.fullmatch(key)):
        raise ValueError(f"{purpose}-{key} would not come back as it is")
    mailbox, _, domain = Masthead.current().letters_from.rpartition("@")
    local = f"{mailbox}+{purpose}-{key}-{_signature(purpose, key, settings.SECRET_KEY)}"
    return f"{local}@{domain}" if len(local.encode()) <= MAX_LOCAL_PART else ""


def read_addresses(addresses: Iterable[str]) -> list[tuple[str, str]]:
    """Purpose and key of each address that we signed, once each, in the order in which they stand."""
    found = (_SIGNED.search(address.strip().lower()) for address in addresses)
    read = ((match[1], match[2]) for match in found if match and _is_ours(match[1], match[2], match[3]))
    return list(dict.fromkeys(read))


def _is_ours(purpose: str, key: str, signature: str) -> bool:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(_signature(purpose, key, secret), signature) for secret in secrets)


def _signature(purpose: str, key: str, secret: str) -> str:
    digest = salted_hmac("hearthpress.mail.addresses", f"{purpose}-{key}", secret, algorithm="sha256").digest()
    return b32encode(digest)[:SIGNATURE_LENGTH].decode().lower()
