"""Takes each guard of tests/guards.toml away, in a copy of the project, and sees its test fail."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
TOGETHER = 2
NOT_THERE = (0, "the file has no such line: bring tests/guards.toml up to date")
TESTS_FAILED = 1  # pytest's exit code; 2 and above mean that nothing was proved


def main() -> None:
    guards = tomllib.loads((ROOT / "tests/guards.toml").read_text())["guard"]
    with (
        tempfile.TemporaryDirectory(prefix="hearthpress-guards-", dir=MEMORY) as made,
        ThreadPoolExecutor(TOGETHER) as pool,
    ):
        databases = make_databases(Path(made), guards[0]["test"])
        verdicts = list(pool.map(lambda guard: prove(guard, databases), guards))
    kept = sum(verdicts)
    print(f"{kept} of {len(guards)} guards are needed by their tests.")
    sys.exit(0 if kept == len(guards) else 1)


def make_databases(home: Path, test: str) -> Path:
    """A home with the databases as every test begins with them: to make them takes longer than most tests."""
    code, said = run_test(ROOT, test, home)
    if code:
        sys.exit(said)
    return home


def prove(guard: dict[str, Any], databases: Path) -> bool:
    """Whether the test fails without the guard; one line is printed. That it passes with it, the suite says.

    A guard that the database itself holds (`in_database`) needs databases that were made without it.
    """
    with tempfile.TemporaryDirectory(prefix="hearthpress-guard-", dir=MEMORY) as folder:
        copy = Path(folder)
        for part in ("hearthpress", "tests"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        home = copy / "home"
        home.mkdir()
        if not guard.get("in_database"):
            shutil.copytree(databases, home, dirs_exist_ok=True)
        there = without_guard(copy / guard["file"], guard)
        code, said = run_test(copy, guard["test"], home) if there else NOT_THERE
    proved = code == TESTS_FAILED and " failed" in said.splitlines()[-1]
    print(
        f"{'failed, as it must' if proved else f'NOT PROVED (exit {code})'}: {guard['promise']}. {guard['holds']}",
        flush=True,
    )
    if not proved:
        print(said)
    return proved


def without_guard(path: Path, guard: dict[str, Any]) -> bool:
    """Take the guard out of the file. Whether it was there."""
    text = path.read_text()
    for remove, replace in (("remove", "replace"), ("also_remove", "also_replace")):
        if remove in guard:
            if guard[remove] not in text:
                return False
            text = text.replace(guard[remove], guard[replace])
    path.write_text(text)
    return True


def run_test(copy: Path, test: str, home: Path) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["HEARTHPRESS_TESTS_HOME"] = str(home)
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "--reuse-db", test]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout[-2000:]


if __name__ == "__main__":
    main()
