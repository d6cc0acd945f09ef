"""Makes the served scripts from their sources here: without comments, indents and blank lines. No Node is needed.

Run as `python assets/scripts/build.py` from the project's folder. A test fails when a served script is not up to date.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = {
    "view.js": "hearthpress/readership/static/readership/view.js",
    "fragment.js": "hearthpress/people/static/people/fragment.js",
    "paste.js": "hearthpress/room/static/room/paste.js",
    "files.js": "hearthpress/room/static/room/files.js",
}


def smaller(source: str) -> str:
    """The script in fewer bytes. A comment must stand on a line of its own; each statement ends with its semicolon."""
    lines = (line.strip() for line in source.splitlines())
    text = "".join(line for line in lines if line and not line.startswith("//"))
    parts = re.split(r'("[^"]*")', text)
    parts[::2] = [re.sub(r"\s*([{}();,:=<>?+\-*/&|!])\s*", r"\1", part) for part in parts[::2]]
    return "".join(parts).replace(";}", "}") + "\n"


def build() -> dict[Path, str]:
    """What each served script should hold."""
    sources = Path(__file__).parent
    return {ROOT / served: smaller((sources / name).read_text("utf-8")) for name, served in SCRIPTS.items()}


if __name__ == "__main__":
    for path, text in build().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT), len(text.encode()), "bytes")
