"""The circle of regular writers."""

from django.db import transaction

from hearthpress.common import clock
from hearthpress.mail.actions import write_letter
from hearthpress.people.actions import person_for
from hearthpress.people.models import Person
from hearthpress.submissions.models import CircleMember, Submission


def join_circle(person: Person, by: Person | None, application: Submission | None = None) -> CircleMember:
    """Take somebody into the circle, once."""
    member, _ = CircleMember.objects.get_or_create(
        person=person, ended_at=None, defaults={"taken_in_by": by, "application": application}
    )
    return member


@transaction.atomic
def take_into_circle(address: str, by: Person) -> CircleMember:
    """Take in by hand whoever reads that address; a letter tells them. One who is in it already hears nothing."""
    person = person_for(address)
    member = CircleMember.objects.filter(person=person, ended_at=None).first()
    if member is None:
        member = join_circle(person, by)
        write_letter("submissions/circle", person.email, {}, person=person)
    return member


def leave_circle(member: CircleMember) -> None:
    """End it. Taking them in again is a new row."""
    CircleMember.objects.filter(pk=member.pk, ended_at=None).update(ended_at=clock.now())
