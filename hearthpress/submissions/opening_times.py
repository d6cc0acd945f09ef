"""Moments as they are told: in the zone of a call or of a person, by the name of a place."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person


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


def told_to(moment: datetime, person: Person | None) -> str:
    """As `told`, in the zone of the person who reads it; in the magazine's where they have chosen none."""
    chosen = person.time_zone if person is not None else ""
    return told(moment, ZoneInfo(chosen) if chosen else Masthead.current().zone)


def place_of(zone: tzinfo) -> str:
    """The place that a zone is named after, such as "New York"."""
    return str(getattr(zone, "key", zone)).rpartition("/")[2].replace("_", " ")


def _moment(moment: datetime, zone: tzinfo) -> str:
    return date_format(moment.astimezone(zone), pgettext("date format", "F j, Y, g:i a"))
