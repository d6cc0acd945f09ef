"""A database of our own on PostgreSQL, where one answers on this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

ADDRESS = os.environ.get("BENCH_POSTGRESQL", "postgres://root@127.0.0.1:5432")


def answers() -> bool:
    """Whether there is a PostgreSQL to measure on."""
    try:
        psycopg.connect(f"{ADDRESS}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def database(name: str) -> Iterator[str]:
    """A new database; its URL. It is dropped in the end, with that of the views which is made beside it."""
    names = [sql.Identifier(name), sql.Identifier(f"{name}_views")]
    with psycopg.connect(f"{ADDRESS}/postgres", autocommit=True) as connection:
        drop = [sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(one) for one in names]
        for statement in [*drop, sql.SQL("CREATE DATABASE {}").format(names[0])]:
            connection.execute(statement)
        try:
            yield f"{ADDRESS}/{name}"
        finally:
            for statement in drop:
                connection.execute(statement)
