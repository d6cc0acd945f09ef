"""The cache in the database: under which names it keeps what it keeps, and for how long."""

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac


def unreadable(key: str, key_prefix: str, version: int) -> str:
    """A key of the cache, for CACHES. As allauth makes them they name addresses, which are written down nowhere."""
    return salted_hmac(f"cache {key_prefix} {version}", key, algorithm="sha256").hexdigest()


def forget_expired() -> int:
    """Delete from the database what the cache keeps and nobody will ask for again. How many.

    Django's cache does so only for a key that is asked for. Its keys and times tell who asked to sign in, and when, to
    whoever has both the database and the secret key.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [now])
        return int(cursor.rowcount)
