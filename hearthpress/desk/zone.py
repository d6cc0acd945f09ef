"""The time zone that dates on this page are in, and the zones that can be chosen."""

from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import TZPATH, available_timezones

from django.utils import timezone

from hearthpress.common import clock

AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def today_here() -> date:
    """The date where the person who looks at this page is."""
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def zone_name() -> str:
    """Its IANA name with spaces, such as "America/New York"."""
    zone = timezone.get_current_timezone()
    return str(getattr(zone, "key", zone)).replace("_", " ")


def zone_choices(now: str = "") -> list[tuple[str, str]]:
    """The zones to choose from, without their old names. `now` is among them whatever it is called."""
    names = {*zones(), *filter(None, [now])} - {"UTC"}
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in sorted(names))]


@cache
def zones() -> frozenset[str]:
    """The zones that a country uses today (zone.tab of the time zone database); without that list, all with an area."""
    known = frozenset(name for name in available_timezones() if name.partition("/")[0] in AREAS and "/" in name)
    return known & _listed() or known


def _listed() -> frozenset[str]:
    """The third column of zone.tab, see its own head; nothing where the system has no such file."""
    table = next((file for folder in TZPATH if (file := Path(folder, "zone.tab")).is_file()), None)
    lines = table.read_text(encoding="utf-8").splitlines() if table else []
    return frozenset(line.split("\t")[2] for line in lines if line and not line.startswith("#"))
