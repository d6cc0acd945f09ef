"""Set the magazine up."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from moneyed import CurrencyDoesNotExist, get_currency

from hearthpress.common.errors import BadValue
from hearthpress.masthead.models import Masthead, Section


class BadMasthead(BadValue):
    """The magazine cannot be set up like this; the message says which value is wrong."""


@transaction.atomic
def set_up(values: dict[str, Any], sections: Sequence[dict[str, str]]) -> Masthead:
    """Write the one masthead and the sections ("name", optional "slug" and "description"). Raises BadMasthead.

    Running it again changes the values and adds sections that are missing; nothing is taken away.
    """
    wanted = check(values, sections)
    masthead, _ = Masthead.objects.update_or_create(pk=1, defaults=values)
    for section in wanted:
        if not Section.objects.filter(slug=section.slug).exists():
            section.save()
    return masthead


def check(values: dict[str, Any], sections: Sequence[dict[str, str]]) -> list[Section]:
    """The sections as they would be written, when all of this can be. Asks no database. Raises BadMasthead."""
    _check_values(values)
    wanted = [_section(position, section) for position, section in enumerate(sections)]
    names: dict[str, str] = {}
    for section in wanted:
        if section.slug in names:
            raise BadMasthead(
                f"The sections {names[section.slug]!r} and {section.name!r} have the same web address, "
                f"{section.slug!r}; write one as NAME=ADDRESS."
            )
        names[section.slug] = section.name
    return wanted


def _section(position: int, given: dict[str, str]) -> Section:
    name = given["name"]
    slug = given.get("slug") or slugify(name)[:80].strip("-")
    if not slug:
        raise BadMasthead(
            f"The section {name!r} needs a web address in Latin letters; write it as NAME=ADDRESS, such as {name}=home."
        )
    section = Section(name=name, slug=slug, description=given.get("description", ""), position=position)
    _check_fields(section, f"The section {name!r}")
    return section


def _check_values(values: dict[str, Any]) -> None:
    try:
        ZoneInfo(values["time_zone"])
    except (OSError, ZoneInfoNotFoundError, ValueError) as error:
        raise BadMasthead(f"There is no time zone {values['time_zone']!r}; write one like America/New_York.") from error
    try:
        get_currency(values["currency"])
    except CurrencyDoesNotExist as error:
        raise BadMasthead(f"There is no currency {values['currency']!r}; write one like USD.") from error
    _check_fields(Masthead(pk=1, **values), "The magazine")


def _check_fields(row: models.Model, what: str) -> None:
    try:
        row.clean_fields()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadMasthead(f"{what}, {field.replace('_', ' ')}: {messages[0]}") from error
