"""People, the names they sign with, and what they may do here."""

from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.announce import AnnouncingQuerySet
from hearthpress.common.fields import public_id
from hearthpress.people.enums import NAMES, BylineKind, Role


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, **fields: Any) -> "Person":
        """A person who signs in by e-mailed code: there is no password to set."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """An account. The legal name is private: readers see a Byline."""

    email = models.EmailField(unique=True)
    name = models.CharField(_("Your full name"), max_length=120, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    password = models.CharField(max_length=128, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def roles(self) -> frozenset[str]:
        """The roles held now, read once per copy of the row."""
        if not hasattr(self, "_roles"):
            current = self.memberships.filter(ended_at=None).values_list("role", flat=True)
            self._roles = frozenset(current)
        return self._roles

    def has_perm(self, permission: str, subject: Any = None) -> bool:
        """Whether the named rule says yes for this person and this subject."""
        return bool(rules.has_perm(permission, self, subject))

    @property
    def is_staff_member(self) -> bool:
        return bool(self.roles)


class Membership(models.Model):
    """A role that somebody holds or held, by whom it was given and when it ended."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(ended_at=None), name="one_current_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Byline(models.Model):
    """A name that stories are signed with. Who stands behind it is private."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bylines")
    kind = models.CharField(max_length=12, choices=BylineKind)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=12, unique=True, default=public_id)
    slug = models.SlugField(
        max_length=80, null=True, unique=True, help_text="The address of its page; none before a story is live."
    )

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "name"], name="one_byline_of_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this name, which is there as long as one of its stories is live; "" when it has none."""
        return reverse("magazine:writer", args=[self.slug]) if self.slug else ""

    @property
    def may_have_page(self) -> bool:
        """A first name and "Anonymous" belong to many: nothing gathers what was signed with them."""
        return self.kind in NAMES
