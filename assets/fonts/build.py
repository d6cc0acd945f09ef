"""Make the magazine's font files: a hard subset of Literata and Cabin, small enough for an old phone.

Run `python assets/fonts/build.py` with fonttools and brotli installed and npm on the path. The files are committed, so
that neither is needed to run the magazine. The same versions give the same bytes.

What makes Literata small without changing what a reader sees: letters and signs of an English page in one file and the
rest in others, which a browser fetches when a page has such a sign; no kerning that moves a letter by less than
`LEAST_KERNING`; the ligatures of English only; no tables for hinting or for vertical writing; and a grid of 500 to the
em, which moves an outline by less than a sixth of a pixel in the largest headline on a sharp screen.
"""

import io
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parents[2] / "hearthpress/masthead/static/masthead/fonts"
PACKAGES = {"literata": "5.3.0", "cabin": "5.3.0"}
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "onum", "lnum", "tnum"]
FEW_FEATURES = ["kern", "liga"]
DROPPED = ["STAT", "GDEF", "vhea", "vmtx"]
GRID = 500  # units to the em

LETTERS = set(range(0x20, 0x7F)) | set(range(0xC0, 0x100)) - {0xD0, 0xF0, 0xDE, 0xFE}
PUNCTUATION = {ord(sign) for sign in "\u00a0¡¢£©«°·»¿×Œœ–—‘’‚“”„•…€™−"}
REST_OF_LATIN = set(range(0x100, 0x250)) | {0xD0, 0xF0, 0xDE, 0xFE} | set(range(0x1E00, 0x1F00))
# What a story in English is set with; and the accents of the words that it has borrowed.
ENGLISH = {ord(sign) for sign in "\u00a0 !$&'(),-./0123456789:;?·–—‘’“”…"}
ENGLISH |= set(range(ord("A"), ord("Z") + 1)) | set(range(ord("a"), ord("z") + 1))
BORROWED = {ord(sign) for sign in "áçèéíïñóöü"}
EVERYTHING = LETTERS | PUNCTUATION


class Cut(NamedTuple):
    """One file to make: from which file, pinned or limited on which axes, holding which characters.

    `least_kerning`: pairs that are moved by no more than this (thousandths of an em) are left as they stand; None
    keeps all the font's features.
    """

    name: str
    family: str
    source: str
    axes: dict[str, float | tuple[float, float]]
    characters: set[int]
    least_kerning: int | None = None
    ligatures: frozenset[str] = frozenset({"ff", "fi", "fl", "ffi", "ffl", "Th"})


# Literata is drawn for each size. One size has to serve text and headlines here: 24 points is sharp enough for a
# headline and sturdy enough at 19 pixels, and a single size halves the file.
ROMAN, STRONG = {"wght": 400.0, "opsz": 24.0}, {"wght": 640.0, "opsz": 24.0}
UPRIGHT, SLOPED = "literata-latin-opsz-normal", "literata-latin-opsz-italic"
LEAST_KERNING = 8
CUTS = [
    Cut("literata-roman", "literata", UPRIGHT, ROMAN, ENGLISH | BORROWED, LEAST_KERNING),
    Cut("literata-roman-signs", "literata", UPRIGHT, ROMAN, EVERYTHING - ENGLISH - BORROWED, LEAST_KERNING),
    Cut("literata-roman-more", "literata", "literata-latin-ext-opsz-normal", ROMAN, REST_OF_LATIN, LEAST_KERNING),
    Cut("literata-italic", "literata", SLOPED, ROMAN, ENGLISH | BORROWED, LEAST_KERNING),
    Cut("literata-italic-signs", "literata", SLOPED, ROMAN, EVERYTHING - ENGLISH - BORROWED, LEAST_KERNING),
    # Strong words are few, and never set large: finesse that shows in a headline does not show in them.
    Cut("literata-strong", "literata", UPRIGHT, STRONG, ENGLISH, 6 * LEAST_KERNING, frozenset()),
    Cut("literata-strong-signs", "literata", UPRIGHT, STRONG, EVERYTHING - ENGLISH, 6 * LEAST_KERNING, frozenset()),
    Cut("cabin", "cabin", "cabin-latin-wght-normal", {"wght": (400, 700)}, LETTERS | PUNCTUATION),
]


def fetch(folder: Path) -> None:
    """Install the pinned packages below `folder`."""
    wanted = [f"@fontsource-variable/{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, *wanted], check=True)


def cut(source: Path, wanted: Cut) -> bytes:
    """The WOFF2 file of one cut."""
    font = reopened(TTFont(source, recalcTimestamp=False))
    if wanted.least_kerning is None:
        font = instancer.instantiateVariableFont(subsetted(font, wanted.characters, FEATURES), wanted.axes)
    else:
        font = reopened(instancer.instantiateVariableFont(font, wanted.axes))
        keep_ligatures(font, wanted.ligatures)
        font = subsetted(font, wanted.characters, FEW_FEATURES, DROPPED)
        keep_kerning(font, wanted.least_kerning)
        scale_upem(font, GRID)
    font.flavor = "woff2"
    return saved(font)


def subsetted(font: TTFont, characters: set[int], features: list[str], dropped: list[str] | None = None) -> TTFont:
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = [0, 1, 2, 14]
    options.drop_tables += dropped or []
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return reopened(font)


def keep_ligatures(font: TTFont, wanted: frozenset[str]) -> None:
    """Take out every ligature but those that are wanted, so that their glyphs are not kept either."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for table in tables(font, "GSUB", "LigatureSubst"):
        for first, formed in list(table.ligatures.items()):
            spelled = [("".join(letters.get(part, "?") for part in [first, *one.Component]), one) for one in formed]
            table.ligatures[first] = [one for word, one in spelled if word in wanted]
            if not table.ligatures[first]:
                del table.ligatures[first]


def keep_kerning(font: TTFont, least: int) -> None:
    """Forget what moves a pair by `least` units or less: of the pairs by class, and of the exceptions to these."""
    by_pair = [table for table in tables(font, "GPOS", "PairPos") if table.Format == 1]
    by_class = [table for table in tables(font, "GPOS", "PairPos") if table.Format == 2]
    for table in by_class:
        for record in (second for first in table.Class1Record for second in first.Class2Record):
            if abs(moved(record.Value1)) <= least:
                record.Value1 = None
    for table in by_pair:
        kept = []
        for glyph, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
            pairs.PairValueRecord = [
                pair
                for pair in pairs.PairValueRecord
                if abs(moved(pair.Value1) - moved_by_class(by_class, glyph, pair.SecondGlyph)) > least
            ]
            if pairs.PairValueRecord:
                kept.append((glyph, pairs))
        table.Coverage.glyphs, table.PairSet = [glyph for glyph, _ in kept], [pairs for _, pairs in kept]


def moved_by_class(by_class: list[Any], first: str, second: str) -> int:
    for table in by_class:
        if first in table.Coverage.glyphs:
            row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
            return moved(row.Class2Record[table.ClassDef2.classDefs.get(second, 0)].Value1)
    return 0


def moved(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0))


def tables(font: TTFont, name: str, kind: str) -> Iterator[Any]:
    """The subtables of one kind, such as the pairs of the kerning."""
    if name not in font:
        return
    for lookup in font[name].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            if type(inner).__name__ == kind:
                yield inner


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
