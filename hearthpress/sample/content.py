"""Reading the sample magazine's files. They are ours: a file that is wrong raises as it is."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
FENCE = "+++\n"


@dataclass(frozen=True)
class Piece:
    """One text with what its file says about it (see `content/stories` and `content/submissions`)."""

    facts: dict[str, Any]
    text: str

    @property
    def title(self) -> str:
        return str(self.facts.get("headline") or self.facts["title"])

    @property
    def quotes(self) -> list[dict[str, Any]]:
        """Words said elsewhere: text, author, role, source, date, permalink, permission."""
        return list(self.facts.get("quotes", []))


def magazine() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "magazine.toml").read_text())


def people() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "people.toml").read_text())


def desk() -> dict[str, Any]:
    """What the editors say: notes beside a reading, and the words of an acceptance."""
    return tomllib.loads((CONTENT / "desk.toml").read_text())


def stories() -> list[Piece]:
    """The published stories, the oldest first, so that a related line's story is live before the line is."""
    return sorted(_pieces("stories"), key=lambda piece: -piece.facts["published_days_ago"])


def submissions() -> list[Piece]:
    return list(_pieces("submissions"))


def picture(name: str) -> bytes:
    return (CONTENT / "pictures" / name).read_bytes()


def _pieces(folder: str) -> Iterator[Piece]:
    for path in sorted((CONTENT / folder).glob("*.md")):
        _, facts, text = path.read_text().split(FENCE, 2)
        yield Piece(tomllib.loads(facts), text.strip())
