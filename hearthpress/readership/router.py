"""Views live behind a database alias of their own; no transaction spans the two."""

from typing import Any

APP, ALIAS = "readership", "views"


class ViewsRouter:
    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        return ALIAS if model._meta.app_label == APP else None  # noqa: SLF001  it is public in Django

    def db_for_write(self, model: Any, **_hints: Any) -> str | None:
        return ALIAS if model._meta.app_label == APP else None  # noqa: SLF001  it is public in Django

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Only views in the views database, and nothing of them elsewhere."""
        return (db == ALIAS) == (app_label == APP)
