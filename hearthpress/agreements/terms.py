"""The contract's words. They are written for a person, not for a court; a court can read them too."""

from typing import Any

from django.utils.translation import gettext as _

from hearthpress.agreements.models import kill_fee, pay_in_words
from hearthpress.common.canonical import canonical_bytes, sha256

TERMS_VERSION = 1


def terms_text(magazine: str, title: str, rate_card: dict[str, Any]) -> str:
    """The whole agreement as plain paragraphs, separated by blank lines."""
    values = {"magazine": magazine, "title": title, "pays": pay_in_words(rate_card), "zone": rate_card["time_zone"]}
    paragraphs = _paragraphs(with_kill_fee=kill_fee(rate_card).minor > 0)
    return "\n\n".join(paragraph % values for paragraph in paragraphs)


def terms_hash(terms: str, rate_card: dict[str, Any]) -> str:
    """SHA-256 over the canonical bytes of the words and the rate card together."""
    return sha256(canonical_bytes({"version": TERMS_VERSION, "terms": terms, "rate_card": rate_card}))


def _paragraphs(*, with_kill_fee: bool) -> list[str]:
    given_back = _("The fee for a story that we never publish is not paid for one that you take back yourself.")
    return [
        _("This is an agreement between you and %(magazine)s about your story “%(title)s”."),
        _("Your story stays yours. You let us publish it on our site, be the first to do so, and keep it there."),
        _("For ninety days after it appears you do not publish it elsewhere. After that you may, wherever you like."),
        _("We publish only the exact words that you approve, under the name that you choose."),
        _("You may take your story back at any time. It disappears from our pages, and what you earned stays yours."),
        _("We pay you: %(pays)s"),
        *([given_back] if with_kill_fee else []),
        _(
            "A reader-day is the first counted reading of your story by one reader on one day, in the time zone "
            "%(zone)s."
        ),
        _("Pay is worked out each month, with a statement that you can check line by line."),
        _("These terms and this rate do not change for this story, even if ours change later."),
    ]
