"""PostgreSQL's text search (https://www.postgresql.org/docs/current/textsearch.html): a tsvector beside each `Entry`.

Texts are folded before they reach the parser (`words.folded`), so that it meets words alone: no addresses, no paths, no
hyphens, no accents. Its list of stop words is left out: any word that stands in a story finds it.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db import connection

from hearthpress.search.engines import BEGINS, ENDS, Marked, Wanted
from hearthpress.search.models import Entry
from hearthpress.search.words import folded

WORDS = "asciiword, asciihword, hword_asciipart, word, hword, hword_part"
# How much a word weighs where it stands: D the text, C nothing, B standfirst and name, A the headline.
WEIGHTS = "{0.1, 0.2, 0.5, 1.0}"
# When many stories have the words, the newest so many hold enough of them, and reading those is all the work.
WINDOW = 2_000
MOST_FROM_IT = 300
ENOUGH = 101  # more than are ever shown
MARKS = f"HighlightAll=true, StartSel={BEGINS}, StopSel={ENDS}"


class PostgreSQL:
    def make(self, connection: Any, language: str) -> None:
        if not re.fullmatch("[a-z]+", language):
            raise ValueError(f"{language!r} is no name of a language")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_ts_dict WHERE dictname = %s", [f"{language}_stem"])
            known = cursor.fetchone() is not None
            kind = f"snowball, Language = {language}" if known else "simple"
            cursor.execute(f"CREATE TEXT SEARCH DICTIONARY hearthpress_stem (TEMPLATE = {kind})")
            cursor.execute("CREATE TEXT SEARCH CONFIGURATION hearthpress (COPY = simple)")
            cursor.execute(
                f"ALTER TEXT SEARCH CONFIGURATION hearthpress ALTER MAPPING FOR {WORDS} WITH hearthpress_stem"
            )
            cursor.execute("ALTER TABLE search_entry ADD COLUMN words tsvector")
            cursor.execute("CREATE INDEX search_entry_words ON search_entry USING gin (words)")

    def unmake(self, connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE search_entry DROP COLUMN words")
            cursor.execute("DROP TEXT SEARCH CONFIGURATION hearthpress")
            cursor.execute("DROP TEXT SEARCH DICTIONARY hearthpress_stem")

    def wrote(self, entries: Sequence[Entry]) -> None:
        sql = """UPDATE search_entry SET words = setweight(to_tsvector('hearthpress', %s), 'A')
            || setweight(to_tsvector('hearthpress', %s), 'B') || to_tsvector('hearthpress', %s) WHERE story_id = %s"""
        rows = [
            (folded(entry.headline), folded(f"{entry.standfirst} {entry.byline}"), folded(entry.text), entry.pk)
            for entry in entries
        ]
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    def newest(self, wanted: Wanted, most: int) -> list[int]:
        if not wanted.telling:
            found = self._in_the_newest(wanted)
            if len(found) >= ENOUGH:
                return found
        query, words = _query(wanted.words)
        where, shelf = _shelf(wanted)
        # Without OFFSET 0 the planner might walk all stories backwards, and read each, to spare itself the sorting.
        matches = f"SELECT story_id FROM search_entry WHERE words @@ ({query}){where} OFFSET 0"
        sql = f"SELECT story_id FROM ({matches}) matches ORDER BY story_id DESC LIMIT %s"
        return [key for (key,) in _rows(sql, [*words, *shelf, most])]

    def _in_the_newest(self, wanted: Wanted) -> list[int]:
        query, words = _query(wanted.words)
        where, shelf = _shelf(wanted)
        sql = f"""SELECT story_id FROM (SELECT story_id, words FROM search_entry WHERE true{where}
            ORDER BY story_id DESC LIMIT %s) newest WHERE words @@ ({query}) LIMIT %s"""
        return [key for (key,) in _rows(sql, [*shelf, WINDOW, *words, MOST_FROM_IT])]

    def ranked(self, wanted: Wanted, candidates: list[int]) -> list[int]:
        query, words = _query(wanted.words)
        sql = f"""SELECT story_id FROM search_entry WHERE story_id = ANY(%s)
            ORDER BY ts_rank(%s::float4[], words, ({query}), 1) DESC, story_id DESC"""
        return [key for (key,) in _rows(sql, [candidates, WEIGHTS, *words])]

    def marked(self, wanted: Wanted, keys: Sequence[int]) -> dict[int, Marked]:
        """The parser meets the folded texts; as these are as long as the texts, the marks are put where they belong."""
        entries = list(Entry.objects.filter(pk__in=keys))
        texts = [text for entry in entries for text in (entry.headline, entry.standfirst, entry.byline, entry.text)]
        query, words = _query(wanted.words)
        sql = f"""SELECT ts_headline('hearthpress', text, ({query}), %s)
            FROM unnest(%s::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place"""
        found = [marks for (marks,) in _rows(sql, [*words, MARKS, [folded(text) for text in texts]])]
        whole = [_transferred(marks, text) for marks, text in zip(found, texts, strict=True)]
        return {entry.pk: Marked(*whole[4 * place : 4 * place + 4]) for place, entry in enumerate(entries)}


def _transferred(marks: str, text: str) -> str:
    """The marks of a folded text, put into the text itself."""
    letters = iter(text)
    return "".join(mark if mark in (BEGINS, ENDS) else next(letters, "") for mark in marks)


def _query(words: tuple[str, ...]) -> tuple[str, list[str]]:
    """SQL that stands for "all of these", and its values. What was typed as one, such as "don't", stands as one."""
    return " && ".join("phraseto_tsquery('hearthpress', %s)" for _ in words), [folded(word) for word in words]


def _shelf(wanted: Wanted) -> tuple[str, list[int]]:
    given = {"section_id": wanted.section, "year": wanted.year}
    return "".join(f" AND {name} = %s" for name, value in given.items() if value), [v for v in given.values() if v]


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
