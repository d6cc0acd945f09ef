"""The time zone that dates on this page are in."""

from django.utils import timezone


def zone_name() -> str:
    """Its IANA name with spaces, such as "America/New York"."""
    zone = timezone.get_current_timezone()
    return str(getattr(zone, "key", zone)).replace("_", " ")
