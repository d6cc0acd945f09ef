"""Takes the README's pictures of the sample magazine: serves it in an empty home, looks, and stops it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs/pictures"
PAGES = {"front": "/", "story": "/stories/the-room-with-two-chairs/", "write-for-us": "/write-for-us/"}
SIZE = {"width": 1280, "height": 1000}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="hearthpress-pictures-") as home:
        port = free_port()
        environment = {**os.environ, "HEARTHPRESS_HOME": home, "PORT": str(port), "DATABASE_URL": ""}
        demo = subprocess.Popen([sys.executable, "-m", "hearthpress.cli", "demo"], env=environment, cwd=ROOT)
        try:
            wait(f"http://127.0.0.1:{port}/")
            take(f"http://127.0.0.1:{port}")
        finally:
            demo.terminate()
            demo.wait(timeout=30)


def take(address: str) -> None:
    from tests.flows.browser import open_browser  # noqa: PLC0415  the path is set above

    PICTURES.mkdir(exist_ok=True)
    with open_browser() as browser:
        page = browser.new_page(viewport=SIZE)
        for name, path in PAGES.items():
            page.goto(address + path, wait_until="networkidle")
            picture = Image.open(BytesIO(page.screenshot()))
            picture.save(PICTURES / f"{name}.webp", quality=82)


def wait(address: str) -> None:
    for _ in range(240):
        try:
            urlopen(address).close()
        except OSError:
            time.sleep(1)
        else:
            return
    sys.exit("the demo did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
