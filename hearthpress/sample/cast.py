"""The sample's people: the staff with their roles and phones, and the writers."""

from dataclasses import dataclass
from typing import Any

from hearthpress.people.actions import add_byline, give_role, person_for
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.sample.phones import give_phone


@dataclass(frozen=True)
class Writer:
    """A writer, and the name they sign with (`people.enums.BylineKind`)."""

    person: Person
    byline_kind: str
    byline_name: str


@dataclass(frozen=True)
class Cast:
    """Everybody of the sample; `editors` in the order of the file, `writers` by address."""

    owner: Person
    editors: list[Person]
    bookkeeper: Person
    writers: dict[str, Writer]


def load_people(about: dict[str, Any]) -> Cast:
    """The people with their roles, given by the owner."""
    owner = _staff(about["owner"], Role.OWNER, by=None)
    return Cast(
        owner=owner,
        editors=[_staff(editor, Role.EDITOR, by=owner) for editor in about["editors"]],
        bookkeeper=_staff(about["bookkeeper"], Role.BOOKKEEPER, by=owner),
        writers={writer["email"]: _writer(writer) for writer in about["writers"]},
    )


def _staff(about: dict[str, Any], role: Role, by: Person | None) -> Person:
    person = _person(about)
    give_role(person, role, by=by)
    give_phone(person)
    return person


def _writer(about: dict[str, Any]) -> Writer:
    person = _person(about)
    kind, name = about["byline"]["kind"], about["byline"]["name"]
    add_byline(person, kind, name)
    return Writer(person, kind, name)


def _person(about: dict[str, Any]) -> Person:
    person = person_for(about["email"])
    person.name, person.time_zone = about["name"], about["time_zone"]
    person.save(update_fields=["name", "time_zone"])
    return person
