"""What the database knows of its own tables when it chooses how to answer. PostgreSQL sees to that itself."""

from django.db import connections

ROWS = (
    1000  # looked at for each index: https://www.sqlite.org/lang_analyze.html#approximate_analyze_for_large_databases
)


def refresh_statistics() -> None:
    """Let SQLite count, roughly, so that a look-up by key is never answered by reading all that is live."""
    for connection in connections.all():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
                cursor.execute("ANALYZE")
