"""The people with a role, what the owner needs to know of each, and changing a role for another."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.people.actions import end_role, give_role
from hearthpress.people.enums import Role
from hearthpress.people.models import Membership, Person

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@dataclass(frozen=True)
class Member:
    """One role that somebody holds now. `trouble` is what the post office said when their invitation came back."""

    membership: Membership
    has_second_factor: bool
    has_signed_in: bool
    trouble: str


def team() -> list[Member]:
    """Everybody with a role, owners first, then by name."""
    rows = list(
        Membership.objects.filter(ended_at=None).select_related("person", "given_by").order_by("given_at", "pk")
    )
    people = [row.person_id for row in rows]
    guarded = set(Authenticator.objects.filter(user__in=people, type__in=FACTORS).values_list("user_id", flat=True))
    troubles = _troubles(people)
    rows.sort(key=lambda row: (list(Role).index(Role(row.role)), str(row.person).casefold()))
    return [
        Member(row, row.person_id in guarded, row.person.last_login is not None, troubles.get(row.person_id, ""))
        for row in rows
    ]


def role_in_words(role: str) -> str:
    """A role as it stands in a sentence."""
    return {Role.OWNER: _("an owner"), Role.EDITOR: _("an editor"), Role.BOOKKEEPER: _("a bookkeeper")}[Role(role)]


@transaction.atomic
def change_role(membership: Membership, role: Role, by: Person) -> None:
    """One role for another, in one step. Raises people.actions.LastOwner, and then nothing is changed.

    The new one first: who goes on working at the desk keeps what is theirs to do.
    """
    give_role(membership.person, role, by)
    end_role(membership, by)


def _troubles(people: list[int]) -> dict[int, str]:
    """What is wrong with each person's newest invitation, for those whose invitation came back."""
    letters = Letter.objects.filter(person__in=people, kind="people/invited").order_by("pk")
    newest = {letter.person_id: letter for letter in letters}
    return {key: letter.trouble for key, letter in newest.items() if key and letter.state == LetterState.BOUNCED}
