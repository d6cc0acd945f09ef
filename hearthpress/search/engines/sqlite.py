"""SQLite's FTS5 (https://www.sqlite.org/fts5.html), over the rows of `Entry` and kept beside them by triggers.

On SQLite Django changes a table by copying it, without its triggers: a migration of `Entry` has to unmake the index
before, and make it again after.

FTS5 reads its lists lazily: with ORDER BY rowid DESC it stops as soon as it has enough, however common a word is.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from hearthpress.search.engines import BEGINS, ENDS, Marked, Wanted
from hearthpress.search.models import Entry

COLUMNS = ("headline", "standfirst", "byline", "text", "shelf")
SEARCHED = "{headline standfirst byline text}"
# How much a word weighs where it stands; a shelf is no word of the story.
WEIGHTS = "10.0, 5.0, 5.0, 1.0, 0.0"
WORDS = "unicode61 remove_diacritics 2"

_names = ", ".join(COLUMNS)
_old = ", ".join(f"old.{name}" for name in COLUMNS)
_new = ", ".join(f"new.{name}" for name in COLUMNS)
_take_out = f"INSERT INTO search_index (search_index, rowid, {_names}) VALUES ('delete', old.story_id, {_old});"
_put_in = f"INSERT INTO search_index (rowid, {_names}) VALUES (new.story_id, {_new});"
TRIGGERS = {
    "search_put_in": f"AFTER INSERT ON search_entry BEGIN {_put_in} END",
    "search_take_out": f"AFTER DELETE ON search_entry BEGIN {_take_out} END",
    "search_change": f"AFTER UPDATE ON search_entry BEGIN {_take_out} {_put_in} END",
}


class SQLite:
    def make(self, connection: Any, language: str) -> None:
        """English is stemmed by Porter's rules, the only ones that FTS5 knows; words of other languages stay whole."""
        tokenizer = f"porter {WORDS}" if language == "english" else WORDS
        _run(
            connection,
            f"CREATE VIRTUAL TABLE search_index USING fts5({_names}, content='search_entry', "
            f"content_rowid='story_id', tokenize='{tokenizer}')",
            *(f"CREATE TRIGGER {name} {what}" for name, what in TRIGGERS.items()),
        )

    def unmake(self, connection: Any) -> None:
        _run(connection, *(f"DROP TRIGGER {name}" for name in TRIGGERS), "DROP TABLE search_index")

    def wrote(self, entries: Sequence[Entry]) -> None:
        """The triggers did it."""

    def newest(self, wanted: Wanted, most: int) -> list[int]:
        sql = "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s"
        return [key for (key,) in _rows(sql, [_match(wanted.words, wanted), most])]

    def ranked(self, wanted: Wanted, candidates: list[int]) -> list[int]:
        """By BM25 where a word tells stories apart; else those with the words in the headline stand first.

        Every match as new as the oldest candidate is a candidate: so the range of keys is all that must be said.
        BM25 walks the whole list of each word, which is why words that nearly every story has are left out of it.
        """
        sql = (
            f"SELECT rowid, bm25(search_index, {WEIGHTS}) FROM search_index WHERE search_index MATCH %s AND rowid >= %s"
        )
        words, column = (wanted.telling, SEARCHED) if wanted.telling else (wanted.words, "{headline}")
        if not wanted.telling:
            sql = "SELECT rowid, -1 FROM search_index WHERE search_index MATCH %s AND rowid >= %s"
        scores = dict(_rows(sql, [_match(words, wanted, column), min(candidates, default=0)]))
        return sorted(candidates, key=lambda key: (scores.get(key, 0), -key))

    def marked(self, wanted: Wanted, keys: Sequence[int]) -> dict[int, Marked]:
        marks = ", ".join(f"highlight(search_index, {number}, %s, %s)" for number in range(4))
        places = ", ".join("%s" for _ in keys)
        sql = f"SELECT rowid, {marks} FROM search_index WHERE search_index MATCH %s AND rowid IN ({places})"
        found = _rows(sql, [*[BEGINS, ENDS] * 4, _match(wanted.words, wanted), *keys])
        return {key: Marked(*texts) for key, *texts in found}


def _match(words: tuple[str, ...], wanted: Wanted, columns: str = SEARCHED) -> str:
    """All the words, each quoted, so that nothing in it is an operator; on the shelves that are wanted."""
    quoted = " AND ".join(f'"{word.replace(chr(34), " ")}"' for word in words)
    shelves = [f"section{wanted.section}" if wanted.section else "", f"year{wanted.year}" if wanted.year else ""]
    return " AND ".join([f"{columns} : ({quoted})", *(f'{{shelf}} : "{shelf}"' for shelf in shelves if shelf)])


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _run(connection: Any, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
