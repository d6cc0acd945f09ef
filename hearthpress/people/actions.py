"""Names, roles and where a person is at home: the only ways in which they change."""

from datetime import timedelta
from itertools import count

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils.text import slugify

from hearthpress.common import clock
from hearthpress.common.reactions import Verb
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.people.enums import BylineKind, Role
from hearthpress.people.models import Byline, Membership, Person

role_ended = Verb("role ended")

KEEP_VISITORS = timedelta(days=2)
# A code, and the question whether a story that came by mail is really theirs.
OF_VISITORS = ("people/code", "submissions/by_mail")
LONGEST_ADDRESS = 70  # leaves room for a number


class LastOwner(Exception):
    """A magazine always has an owner."""


def person_for(email: str) -> Person:
    """The person with this address; made, once however many ask at once, when it is the first that we hear of it."""
    person, _ = Person.objects.get_or_create(email=email.strip().lower(), defaults={"password": make_password(None)})
    return person


def add_byline(person: Person, kind: str, name: str = "") -> Byline:
    """The byline of this kind for the person, made once for each name. A pen name is the writer's own word for it."""
    signed = {
        BylineKind.LEGAL: person.name,
        BylineKind.FIRST: person.name.split()[0] if person.name else "",
        BylineKind.PEN: name.strip(),
        BylineKind.ANONYMOUS: "Anonymous",
    }[BylineKind(kind)]
    if not signed:
        raise ValueError(f"a byline of the kind {kind} needs a name")
    byline, _ = Byline.objects.get_or_create(person=person, kind=kind, name=signed)
    return byline


def give_address(byline: Byline) -> None:
    """The address of the page of a name, made once, when the first story under it goes live.

    Not before: an address that is taken would tell of a name that nobody has read yet. Of two that are alike the later
    one gets a number. A name of many (a first name, "Anonymous") has none.
    """
    if byline.slug or not byline.may_have_page:
        return
    beginning = slugify(byline.name)[:LONGEST_ADDRESS].strip("-") or "writer"
    for number in count(1):
        slug = beginning if number == 1 else f"{beginning}-{number}"
        if not Byline.objects.filter(slug=slug).exists() and _take_address(byline, slug):
            return


@transaction.atomic
def give_role(person: Person, role: Role, by: Person | None) -> Membership:
    """Make somebody owner, editor or bookkeeper, and tell them by letter. `by` is None for the first owner only."""
    _require_owner(by)
    held = Membership.objects.filter(person=person, role=role, ended_at=None).first()
    if held is not None:
        return held
    membership = Membership.objects.create(person=person, role=role, given_by=by)
    write_letter("people/invited", person.email, {"role": membership.get_role_display(), "by": by}, person=person)
    return membership


@transaction.atomic
def end_role(membership: Membership, by: Person) -> None:
    """Take a role back. Raises LastOwner when nobody would be left to hold it."""
    owners = _lock_owners()
    _require_owner(by)
    if membership.role == Role.OWNER and not owners - {membership.pk}:
        raise LastOwner
    if Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=clock.now(), ended_by=by):
        role_ended.happened(membership, actor=by)


def _take_address(byline: Byline, slug: str) -> bool:
    """Whether the byline has an address now, be it by somebody else who acted in the same moment."""
    try:
        with transaction.atomic():
            Byline.objects.filter(pk=byline.pk, slug=None).update(slug=slug)
    except IntegrityError:
        return False
    byline.refresh_from_db(fields=["slug"])
    return True


def _require_owner(by: Person | None) -> None:
    first = by is None and not Membership.objects.filter(role=Role.OWNER).exists()
    if not first and (by is None or not by.has_perm("people.manage_team")):
        raise PermissionDenied("Only the owner gives and takes roles.")


def _lock_owners() -> set[int]:
    """Every current owner's membership, locked in one order: two owners who act on each other wait, not deadlock."""
    owners = Membership.objects.select_for_update().filter(role=Role.OWNER, ended_at=None).order_by("pk")
    return {owner.pk for owner in owners}


def forget_visitors() -> int:
    """Forget addresses that asked for a code and never signed in, after two days. How many."""
    never = Person.objects.filter(last_login=None, joined_at__lt=clock.now() - KEEP_VISITORS)
    nothing_theirs = {"submissions": None, "memberships": None, "bylines": None, "agreements": None}
    kept = Letter.objects.exclude(kind__in=OF_VISITORS).filter(person=OuterRef("pk"))
    visitors = never.filter(~Exists(kept), circles=None, **nothing_theirs).order_by("pk")[:1000]
    return sum(_forget(visitor) for visitor in visitors)


def _forget(visitor: Person) -> int:
    """Letters hold on to their person (PROTECT): only those that anybody may be written go with a visitor."""
    try:
        with transaction.atomic():
            visitor.letters.filter(kind__in=OF_VISITORS).delete()
            visitor.delete()
    except ProtectedError:
        return 0
    return 1
