"""Kinds of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountKind(models.TextChoices):
    ASSET = "asset", _("What we have")
    LIABILITY = "liability", _("What we owe")
    EXPENSE = "expense", _("What we spend")
    INCOME = "income", _("What comes in")


# A debit makes the balance of these larger, a credit makes it smaller; for the other kinds it is the other way round.
GROWS_BY_DEBIT = frozenset({AccountKind.ASSET, AccountKind.EXPENSE})
