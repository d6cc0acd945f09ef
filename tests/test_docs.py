"""The documents keep up with the program."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from hearthpress.commands import COMMANDS

ROOT = Path(__file__).parents[1]
OPERATING = (ROOT / "docs/operating.md").read_text()
# What settings.py calls to read a variable: its name is the first argument.
READERS = {"os.environ.get", "flag", "number", "web_address"}


def variables(source: str) -> Iterator[str]:
    """The names of the environment variables that a module reads."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS:
            yield ast.literal_eval(node.args[0])
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            yield ast.literal_eval(node.slice)


SETTINGS = sorted(set(variables((ROOT / "hearthpress/settings.py").read_text())))


def test_variables_are_found_in_whatever_way_they_are_read() -> None:
    source = 'os.environ.get("A", "x")\nflag("B")\nnumber("C", 1)\nos.environ["D"]\nflags("E")'

    assert list(variables(source)) == ["A", "B", "C", "D"]
    assert {"HEARTHPRESS_HOME", "PORT", "DEBUG", "DATABASE_URL"} <= set(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_has_a_row_for_operators(name: str) -> None:
    rows = [line for line in OPERATING.splitlines() if line.startswith(f"| `{name}` |")]

    assert len(rows) == 1


def test_no_row_tells_of_a_setting_that_is_gone() -> None:
    rows = [line.split("`")[1] for line in OPERATING.split("## Settings")[1].splitlines() if line.startswith("| `")]

    assert set(rows[: len(SETTINGS)]) == set(SETTINGS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_named_for_operators(name: str) -> None:
    assert f"`hearthpress {name}" in OPERATING


def test_the_table_of_guards_names_what_is_proved() -> None:
    guards = tomllib.loads((ROOT / "tests/guards.toml").read_text())["guard"]
    wanted = [(str(guard["promise"]), guard["holds"], guard["test"].split("::")[1]) for guard in guards]

    lines = (ROOT / "docs/testing.md").read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    rows = [(promise, holds, test.strip("`")) for promise, holds, _file, test in cells if promise.isdigit()]

    assert rows == wanted
    assert {int(promise) for promise, _, _ in rows} == set(range(1, 11))
