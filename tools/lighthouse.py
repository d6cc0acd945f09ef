"""Lighthouse on the sample magazine, as a phone sees it: the median of five runs of each page, and 1 below the limits.

Run as `python tools/lighthouse.py`; it serves the sample in an empty home, looks, and stops it. With an address
(`python tools/lighthouse.py http://127.0.0.1:8000/stories/one/ ...`) it looks at those pages instead. Node and npm are
needed; Lighthouse itself is installed once, below ~/.cache.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from screenshots import free_port, wait  # noqa: E402  the path is set above

VERSION = "13.5.0"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / f"hearthpress/lighthouse-{VERSION}"
RUNS = 5
LIMITS = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
FIGURES = {
    "first-contentful-paint": "ms to the first paint",
    "largest-contentful-paint": "ms to the largest",
    "total-blocking-time": "ms blocked",
    "cumulative-layout-shift": "shift",
}
MOST_LOAD = 1.5
PAGES = ["/stories/the-room-with-two-chairs/", "/stories/nobody-slept-and-there-was-cake/", "/"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    asked = sys.argv[1:]
    if asked:
        return max(look(address) for address in asked)
    with sample() as address:
        return max(look(address + path) for path in PAGES)


@contextmanager
def sample() -> Iterator[str]:
    """The sample magazine, served as an installation is."""
    with tempfile.TemporaryDirectory(prefix="hearthpress-lighthouse-") as home:
        port = str(free_port())
        own = {"HEARTHPRESS_HOME": home, "PORT": port, "DATABASE_URL": "", "VIEWS_DATABASE_URL": "", "REDIS_URL": ""}
        environment = {**os.environ, **own}
        command = [sys.executable, "-m", "hearthpress.cli"]
        for step in ("migrate", "demo-content"):
            subprocess.run([*command, step], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        served = subprocess.Popen([*command, "serve"], env=environment, cwd=ROOT)
        try:
            wait(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            served.terminate()
            served.wait(timeout=30)


def look(address: str) -> int:
    """Print the medians of a page; 1 when one of them is below its limit."""
    reports = [report(address) for _ in range(RUNS)]
    scores = {name: [round(100 * one["categories"][name]["score"]) for one in reports] for name in LIMITS}
    print(address)
    for name, found in scores.items():
        print(f"  {name:15} {statistics.median(found):5.0f}   at least {LIMITS[name]}   {sorted(found)}")
    for name, words in FIGURES.items():
        print(f"  {statistics.median(one['audits'][name]['numericValue'] for one in reports):15.3f} {words}")
    speed = statistics.median(one["environment"]["benchmarkIndex"] for one in reports)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"  {speed:15.0f} speed of this machine as Lighthouse takes it; {load:.1f} programs wait for each processor")
    if load > MOST_LOAD:
        print("  this machine is busy with other work, which is counted as time that the page is blocked: try again")
    for name, title in sorted(missed(reports[-1])):
        print(f"  not met: {name} ({title})")
    sys.stdout.flush()
    return int(any(statistics.median(found) < LIMITS[name] for name, found in scores.items()))


def missed(one: dict) -> set[tuple[str, str]]:
    """What a category took points off for."""
    weighed = [part["id"] for group in one["categories"].values() for part in group["auditRefs"] if part["weight"]]
    audits = {name: one["audits"][name] for name in weighed}
    return {
        (name, audit["title"]) for name, audit in audits.items() if (audit["score"] or 0) < 0.9 and is_judged(audit)
    }


def is_judged(audit: dict) -> bool:
    return audit["scoreDisplayMode"] in {"binary", "numeric", "metricSavings"}


def report(address: str) -> dict:
    """One run: a phone on a slow network, as Lighthouse takes it by default."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), "")
    flags = ["--quiet", "--output=json", "--output-path=stdout", "--chrome-flags=--headless=new --no-sandbox"]
    done = subprocess.run(
        ["node", lighthouse(), address, *flags, f"--only-categories={','.join(LIMITS)}"],
        env={**os.environ, "CHROME_PATH": browser},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr}")
    return json.loads(done.stdout)


def lighthouse() -> Path:
    """Lighthouse of the pinned version, outside the project; installed on the first run."""
    program = CACHE / "node_modules/lighthouse/cli/index.js"
    if not program.exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", CACHE, f"lighthouse@{VERSION}"]
        subprocess.run(command, check=True)
    return program


if __name__ == "__main__":
    sys.exit(main())
