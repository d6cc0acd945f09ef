"""Reading settings from the environment: each helper says plainly what is wrong with a value."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from hearthpress.common.errors import Sentence


class BadSetting(Sentence):
    """A setting in the environment cannot be used; the message names it."""


def flag(name: str) -> bool:
    """Whether the variable says yes: 1, true, yes or on."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """A whole number. Raises BadSetting."""
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError as error:
        raise BadSetting(f"{name} must be a whole number, not {value!r}.") from error


def web_address(name: str) -> str:
    """An address of the web, https:// or http://, or "" when nothing is said. Raises BadSetting."""
    value = os.environ.get(name, "").strip()
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"https", "http"} and parts.hostname and not parts.username and parts.port != 0
    except ValueError:
        sound = False
    if value and (not sound or not value.isascii() or any(letter.isspace() for letter in value)):
        raise BadSetting(f"{name} must be an address such as https://hub.example.org/, not {value!r}.")
    return value


def secret_in_file(path: Path) -> str:
    """The secret kept in `path`; made on first use, for its owner alone, and whole even when two start at once."""
    if not path.exists():
        made = path.with_name(f"{path.name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text().strip()


def views_url(database_url: str) -> str:
    """Where views live unless VIEWS_DATABASE_URL says otherwise: a neighbour of the main database, named "...views"."""
    parts = urlsplit(database_url)
    if parts.scheme.startswith("sqlite"):
        return f"sqlite:///{Path(parts.path[1:]).with_name('views.sqlite3')}"
    return urlunsplit(parts._replace(path=f"{parts.path}_views"))
