"""The two engines behind one small interface: SQLite's FTS5, and PostgreSQL's text search."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from hearthpress.search.models import Entry

# What an engine writes around the words that it found: control characters, which no indexed text holds.
BEGINS, ENDS = "\x02", "\x03"


@dataclass(frozen=True)
class Wanted:
    """What is searched: all of the words, in one section or year where that is said.

    `telling` are those of the words that not nearly every story has: only these can rank.
    """

    words: tuple[str, ...]
    telling: tuple[str, ...] = ()
    section: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Marked:
    """A story's words, with BEGINS and ENDS around those that were found."""

    headline: str
    standfirst: str
    byline: str
    text: str


class Engine(Protocol):
    """An index over the rows of `Entry`. Nothing that is searched may make it raise."""

    def make(self, connection: Any, language: str) -> None:
        """Make the index of an empty table (a migration calls it)."""

    def unmake(self, connection: Any) -> None:
        """Take the index away."""

    def wrote(self, entries: Sequence[Entry]) -> None:
        """These rows have just been inserted, in the transaction that is under way."""

    def newest(self, wanted: Wanted, most: int) -> list[int]:
        """The keys of the newest stories that match, newest first, at most so many. The work is bounded by `most`."""

    def ranked(self, wanted: Wanted, candidates: list[int]) -> list[int]:
        """The candidates, best first. They are what `newest` gave."""

    def marked(self, wanted: Wanted, keys: Sequence[int]) -> dict[int, Marked]:
        """The words of these stories, with what was found in them marked. At least one is asked for."""


def engine(vendor: str | None = None) -> Engine:
    """The engine of a kind of database; of the one in use by default."""
    from hearthpress.search.engines.postgresql import PostgreSQL  # noqa: PLC0415  they import this module
    from hearthpress.search.engines.sqlite import SQLite  # noqa: PLC0415

    return PostgreSQL() if (vendor or connection.vendor) == "postgresql" else SQLite()
