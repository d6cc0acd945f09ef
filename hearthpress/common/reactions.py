"""How a package further down takes part in a verb of one above it, in the verb's own transaction."""

from collections.abc import Callable
from typing import Any

Reaction = Callable[..., object]


class Verb:
    """A named moment, such as "agreement lapsed". Packages register in their AppConfig.ready()."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._reactions: list[Reaction] = []

    def register(self, reaction: Reaction) -> Reaction:
        if reaction not in self._reactions:
            self._reactions.append(reaction)
        return reaction

    def happened(self, subject: Any, **details: Any) -> None:
        """Run every reaction now. An exception undoes the verb too."""
        for reaction in self._reactions:
            reaction(subject, **details)
