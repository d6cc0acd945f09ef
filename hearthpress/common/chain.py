"""Links of a hash chain: each covers its facts and the link before it. None can be changed, dropped or put between.

After Haber and Stornetta, "How to time-stamp a digital document", Journal of Cryptology 3 (1991).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hearthpress.common.canonical import canonical_bytes, sha256

FIRST = ""  # what stands before the first link


def link(before: str, facts: Mapping[str, Any]) -> str:
    """The link, 64 hexadecimal digits, of JSON `facts` that follow the link `before`."""
    return sha256(canonical_bytes({"before": before, "facts": dict(facts)}))


def moment(at: datetime) -> str:
    """An aware moment as a fact: UTC, to the microsecond, the same whichever zone it was read in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
