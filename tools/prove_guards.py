"""Takes each guard of tests/guards.toml away, in a copy of the project, and sees its test fail."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOGETHER = 2
NOT_THERE = (0, "the file has no such line: bring tests/guards.toml up to date")
TESTS_FAILED = 1  # pytest's exit code; 2 and above mean that nothing was proved


def main() -> None:
    guards = tomllib.loads((ROOT / "tests/guards.toml").read_text())["guard"]
    with ThreadPoolExecutor(TOGETHER) as pool:
        verdicts = list(pool.map(prove, guards))
    kept = sum(verdicts)
    print(f"{kept} of {len(guards)} guards are needed by their tests.")
    sys.exit(0 if kept == len(guards) else 1)


def prove(guard: dict[str, str]) -> bool:
    """Whether the test passes as things are and fails without the guard; one line is printed."""
    with tempfile.TemporaryDirectory(prefix="hearthpress-guard-") as folder:
        copy = Path(folder)
        for part in ("hearthpress", "tests"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        code, said = run_test(copy, guard["test"]) if without_guard(copy / guard["file"], guard) else NOT_THERE
    proved = code == TESTS_FAILED and " failed" in said.splitlines()[-1]
    print(
        f"{'failed, as it must' if proved else f'NOT PROVED (exit {code})'}: {guard['promise']}. {guard['holds']}",
        flush=True,
    )
    if not proved:
        print(said)
    return proved


def without_guard(path: Path, guard: dict[str, str]) -> bool:
    """Take the guard out of the file. Whether it was there."""
    text = path.read_text()
    for remove, replace in (("remove", "replace"), ("also_remove", "also_replace")):
        if remove in guard:
            if guard[remove] not in text:
                return False
            text = text.replace(guard[remove], guard[replace])
    path.write_text(text)
    return True


def run_test(copy: Path, test: str) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("HEARTHPRESS_TESTS_HOME", None)
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", test]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout[-2000:]


if __name__ == "__main__":
    main()
