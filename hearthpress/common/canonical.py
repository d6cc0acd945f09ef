"""Evidence as bytes: the same value gives the same bytes and hash on any database and in any year (RFC 8785)."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical_bytes(value: Mapping[str, Any]) -> bytes:
    """The JSON value as RFC 8785 bytes. Raises rfc8785.CanonicalizationError for what JSON cannot say."""
    return rfc8785.dumps(dict(value))


def sha256(data: bytes) -> str:
    """SHA-256 (FIPS 180-4) of `data`, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
