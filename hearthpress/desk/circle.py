"""Who is in the circle, as far as one editor may know who that is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from hearthpress.people.models import Person
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import CircleMember, Submission

MOST = 500  # that one page lists


@dataclass(frozen=True)
class Member:
    """One of the circle under the name that they sign with, "" where none is known; who they are, for owners alone."""

    row: CircleMember
    name: str
    person_name: str = ""
    address: str = ""


def circle_members(viewer: Person) -> list[Member]:
    """Those who are in it now, the newest first. One query."""
    current = CircleMember.objects.filter(ended_at=None).select_related("person", "taken_in_by", "application__byline")
    rows = current.annotate(signed=_signed_since()).order_by("-since", "-pk")[:MOST]
    shown = _to_owner if viewer.has_perm("people.manage_team") else _to_editor
    return [shown(row) for row in rows]


def _signed_since() -> Subquery:
    """How they signed what they sent last. What they sent before they came in by hand does not count: an address that
    somebody types would tell the pen name of whoever reads it."""
    sent = Submission.objects.filter(writer=OuterRef("person"), submitted_at__gte=OuterRef("since"))
    signed = sent.exclude(state=SubmissionState.DRAFT).exclude(byline=None)
    return Subquery(signed.order_by("-submitted_at", "-pk").values("byline__name")[:1])


def _to_editor(row: Any) -> Member:
    applied = row.application.byline if row.application else None
    return Member(row, (applied.name if applied else row.signed) or "")


def _to_owner(row: Any) -> Member:
    signed = _to_editor(row).name
    name = row.person.name
    return Member(row, signed or name, "" if name == signed or not signed else name, row.person.email)
