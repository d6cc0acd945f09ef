"""What a search may say. A wrong section or year is one that was not said: no search ends in an error."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from hearthpress.masthead.models import Section
from hearthpress.search.words import MOST_CHARACTERS, words_of


@dataclass(frozen=True)
class Search:
    """What the page's address says: the words as typed, section (slug), year, and behind which rank the page begins."""

    typed: str = ""
    section: Section | None = None
    year: int | None = None
    after: int = 0
    exactly: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.typed)

    @property
    def section_key(self) -> int | None:
        return self.section.pk if self.section else None

    @property
    def is_narrowed(self) -> bool:
        return self.section is not None or self.year is not None

    def address(self, **changes: object) -> str:
        """The address of this search, with changes to what it says: q, section, year, after, exactly."""
        said = {
            "q": self.typed,
            "section": self.section.slug if self.section else "",
            "year": self.year or "",
            "exactly": "yes" if self.exactly else "",
            **changes,
        }
        return f"{reverse('search:page')}?{urlencode({name: value for name, value in said.items() if value})}"


def read(given: QueryDict, sections: list[Section], years: range) -> Search:
    """The search that an address asks for."""
    year, after = _number(given.get("year", "")), _number(given.get("after", ""))
    return Search(
        typed=" ".join(given.get("q", "")[:MOST_CHARACTERS].split()),
        section=next((section for section in sections if section.slug == given.get("section")), None),
        year=year if year in years else None,
        after=after or 0,
        exactly=bool(given.get("exactly")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
