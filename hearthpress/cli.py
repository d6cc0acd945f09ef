"""The `hearthpress` command."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.exceptions import PermissionDenied
from django.db.utils import OperationalError, ProgrammingError

from hearthpress import commands
from hearthpress.common.errors import BadValue, Sentence


class Parser(argparse.ArgumentParser):
    """Wrong arguments get one clear line and exit 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def parser() -> argparse.ArgumentParser:
    root = Parser(prog="hearthpress", description="The press for a community magazine that pays its writers.")
    verbs = root.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for name, (run, about, arguments) in commands.COMMANDS.items():
        verb = verbs.add_parser(name, help=about, description=about)
        for names, options in arguments:
            verb.add_argument(*names, **options)
        verb.set_defaults(run=run)
    return root


def main(argv: Sequence[str] | None = None) -> None:
    os.umask(0o077)  # stories and addresses are private: what we write is for our own user alone
    arguments = parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthpress.settings")
    try:
        django.setup()
        sys.exit(arguments.run(arguments) or 0)
    except BadValue as error:
        print(f"hearthpress {arguments.command}: {_one_line(error)}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except (Sentence, PermissionDenied, FileNotFoundError, IsADirectoryError, PermissionError) as error:
        sys.exit(f"hearthpress {arguments.command}: {_one_line(error)}")
    except (OperationalError, ProgrammingError) as error:
        sys.exit(
            f"hearthpress {arguments.command}: the database: {_one_line(error)}. `hearthpress migrate` prepares it."
        )
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror}: {Path(str(error.filename))}"
    return " ".join(str(error).split())


if __name__ == "__main__":
    main()
