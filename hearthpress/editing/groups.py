"""Suggestions that were made together, such as those of the house's style, and can be answered together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from hearthpress.common.canonical import canonical_bytes, sha256

LEAST = 2  # one by itself is answered where it stands
MARK = "="  # before a group's key; no suggestion's identity has it


class Open(Protocol):
    """An open suggestion as a list shows it."""

    @property
    def identity(self) -> str: ...
    @property
    def seen(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def is_own(self) -> bool: ...
    @property
    def may_accept(self) -> bool: ...
    @property
    def why(self) -> str: ...


@dataclass(frozen=True)
class Group:
    """The open suggestions of one person with one reason. `key` names it, `seen` says in short what was read of it."""

    key: str
    why: str
    by: str
    is_own: bool
    may_accept: bool
    identities: tuple[str, ...]
    seen: str

    @property
    def number(self) -> int:
        return len(self.identities)


def groups_of(rows: Iterable[Open]) -> list[Group]:
    """The groups of the open suggestions, in the order of their first."""
    together: dict[tuple[str, bool, str], list[Open]] = {}
    for row in rows:
        if row.why:
            together.setdefault((row.by, row.is_own, row.why), []).append(row)
    return [_group(members) for members in together.values() if len(members) >= LEAST]


def _group(members: list[Open]) -> Group:
    first = members[0]
    return Group(
        key=MARK + sha256(canonical_bytes({"by": first.by, "why": first.why}))[:16],
        why=first.why,
        by=first.by,
        is_own=first.is_own,
        may_accept=first.may_accept,
        identities=tuple(row.identity for row in members),
        seen=sha256(canonical_bytes({"seen": [row.seen for row in members]}))[:16],
    )
