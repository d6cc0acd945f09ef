"""The circle of regular writers."""

from hearthpress.common import clock
from hearthpress.people.models import Person
from hearthpress.submissions.models import CircleMember, Submission


def join_circle(person: Person, by: Person | None, application: Submission | None = None) -> CircleMember:
    """Take somebody into the circle, once."""
    member, _ = CircleMember.objects.get_or_create(
        person=person, ended_at=None, defaults={"taken_in_by": by, "application": application}
    )
    return member


def leave_circle(member: CircleMember) -> None:
    """End it. Taking them in again is a new row."""
    CircleMember.objects.filter(pk=member.pk, ended_at=None).update(ended_at=clock.now())
