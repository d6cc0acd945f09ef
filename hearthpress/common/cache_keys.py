"""Names under which the cache keeps what it keeps."""

from django.utils.crypto import salted_hmac


def unreadable(key: str, key_prefix: str, version: int) -> str:
    """A key of the cache, for CACHES. As allauth makes them they name addresses, which are written down nowhere."""
    return salted_hmac(f"cache {key_prefix} {version}", key, algorithm="sha256").hexdigest()
