"""Set the magazine up."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.text import slugify
from moneyed import CurrencyDoesNotExist, get_currency

from hearthpress.common.errors import Sentence
from hearthpress.masthead.models import Masthead, Section


class BadMasthead(Sentence):
    """The magazine cannot be set up like this; the message says which value is wrong."""


@transaction.atomic
def set_up(values: dict[str, Any], sections: Sequence[dict[str, str]]) -> Masthead:
    """Write the one masthead and the sections ("name", optional "slug" and "description"). Raises BadMasthead.

    Running it again changes the values and adds sections that are missing; nothing is taken away.
    """
    _check(values)
    masthead, _ = Masthead.objects.update_or_create(pk=1, defaults=values)
    for position, section in enumerate(sections):
        Section.objects.get_or_create(
            slug=section.get("slug") or slugify(section["name"]),
            defaults={"name": section["name"], "description": section.get("description", ""), "position": position},
        )
    return masthead


def _check(values: dict[str, Any]) -> None:
    try:
        ZoneInfo(values["time_zone"])
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadMasthead(f"There is no time zone {values['time_zone']!r}; write one like America/New_York.") from error
    try:
        get_currency(values["currency"])
    except CurrencyDoesNotExist as error:
        raise BadMasthead(f"There is no currency {values['currency']!r}; write one like USD.") from error
