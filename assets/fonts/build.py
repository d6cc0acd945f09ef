"""Make the magazine's font files: a hard subset of Literata and Cabin, small enough for an old phone.

Run `python assets/fonts/build.py` with fonttools and brotli installed and npm on the path. The files are committed, so
that neither is needed to run the magazine. The same versions give the same bytes.
"""

import io
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parents[2] / "hearthpress/masthead/static/masthead/fonts"
PACKAGES = {"literata": "5.3.0", "cabin": "5.3.0"}
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "onum", "lnum", "tnum"]

LETTERS = set(range(0x20, 0x7F)) | set(range(0xC0, 0x100)) - {0xD0, 0xF0, 0xDE, 0xFE}
PUNCTUATION = {ord(sign) for sign in "\u00a0¡¢£©«°·»¿×ŒœŠšŽž‐‑–—‘’‚“”„•…€™−←→"}
REST_OF_LATIN = set(range(0x100, 0x250)) | {0xD0, 0xF0, 0xDE, 0xFE} | set(range(0x1E00, 0x1F00))


class Cut(NamedTuple):
    """One file to make: from which file, pinned or limited on which axes, holding which characters."""

    name: str
    family: str
    source: str
    axes: dict[str, float | tuple[float, float]]
    characters: set[int]


# Literata is drawn for each size. One size has to serve text and headlines here: 24 points is sharp enough for a
# headline and sturdy enough at 19 pixels, and a single size halves the file.
ROMAN = {"wght": 400.0, "opsz": 24.0}
CUTS = [
    Cut("literata-roman", "literata", "literata-latin-opsz-normal", ROMAN, LETTERS | PUNCTUATION),
    Cut("literata-italic", "literata", "literata-latin-opsz-italic", ROMAN, LETTERS | PUNCTUATION),
    Cut(
        "literata-strong",
        "literata",
        "literata-latin-opsz-normal",
        {"wght": 640.0, "opsz": 24.0},
        LETTERS | PUNCTUATION,
    ),
    Cut("literata-roman-more", "literata", "literata-latin-ext-opsz-normal", ROMAN, REST_OF_LATIN),
    Cut("cabin", "cabin", "cabin-latin-wght-normal", {"wght": (400, 700)}, LETTERS | PUNCTUATION),
]


def fetch(folder: Path) -> None:
    """Install the pinned packages below `folder`."""
    wanted = [f"@fontsource-variable/{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, *wanted], check=True)


def cut(source: Path, wanted: Cut) -> bytes:
    """The WOFF2 file of one cut."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted.characters)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(reopened(font), wanted.axes)
    font.flavor = "woff2"
    return saved(font)


def reopened(font: TTFont) -> TTFont:
    """The font read anew from plain bytes, since the instancer cannot work on one that is half unpacked."""
    font.flavor = None
    return TTFont(io.BytesIO(saved(font)), recalcTimestamp=False)


def saved(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder))
        packages = Path(folder) / "node_modules/@fontsource-variable"
        for name in PACKAGES:
            (OUT / f"OFL-{name}.txt").write_bytes((packages / name / "LICENSE").read_bytes())
        for wanted in CUTS:
            made = cut(packages / wanted.family / "files" / f"{wanted.source}.woff2", wanted)
            (OUT / f"{wanted.name}.woff2").write_bytes(made)
            print(f"{wanted.name}.woff2 {len(made):,} bytes")


if __name__ == "__main__":
    main()
