"""A process that keeps and purges pages without end, until it is killed. It prints a line before each thing it does.

Run as `python -m tests.edge.storing <folder> <seed>`.
"""

import random
import sys
from itertools import count
from pathlib import Path

from hearthpress.edge.page import Page
from hearthpress.edge.store import PageStore

PAGES = 12
SMALL = 40_000  # bytes of a store: some pages are always thrown out


def words(number: int, version: int) -> bytes:
    """Each page says which one it is, and in which version, in every one of its lines."""
    return f"<p>page {number} in version {version}</p>\n".encode() * 40


def main(folder: Path, seed: int) -> None:
    store, chance = PageStore(folder, SMALL), random.Random(seed)
    for turn in count():
        number = chance.randrange(PAGES)
        print(turn, flush=True)  # noqa: T201  the test reads it
        if chance.random() < 0.3:
            store.purge([f"key-{number}"], 0)
        elif chance.random() < 0.02:
            store.empty()
        else:
            ticket = store.ticket()
            status = chance.choice([200, 200, 410])
            html = (("content-type", "text/html"),)
            store.put(Page(f"/p/{number}/", status, html, words(number, turn), frozenset({f"key-{number}"})), ticket)
        store.sweep()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
