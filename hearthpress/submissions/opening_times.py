"""When a call opens and closes, as it is told: in the call's own zone, by the name of a place."""

from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def told(moment: datetime, zone: tzinfo) -> str:
    """The date and the time of day in `zone`, with the zone's name: "November 1, 2026, 11:59 p.m., New York time"."""
    return _("%(moment)s, %(place)s time") % {"moment": _moment(moment, zone), "place": place_of(zone)}


def told_here(moment: datetime, zone: tzinfo) -> str:
    """The same, and beside it the time where the person who is looking is, when clocks there show another."""
    here = timezone.get_current_timezone()
    said = told(moment, zone)
    if moment.astimezone(here).replace(tzinfo=None) == moment.astimezone(zone).replace(tzinfo=None):
        return said
    return _("%(moment)s (for you: %(own)s)") % {"moment": said, "own": _moment(moment, here)}


def place_of(zone: tzinfo) -> str:
    """The place that a zone is named after, such as "New York"."""
    return str(getattr(zone, "key", zone)).rpartition("/")[2].replace("_", " ")


def _moment(moment: datetime, zone: tzinfo) -> str:
    return date_format(moment.astimezone(zone), pgettext("date format", "F j, Y, g:i a"))
