"""The look's promises that can be worked out: contrast, built files, weight."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "hearthpress/masthead/static/masthead"
FONTS_OF_A_STORY = ["literata-roman.woff2", "literata-italic.woff2"]
ROOM_FOR_HTML_AND_SCRIPT = 12_000

GROUNDS = ["paper", "sheet", "shade"]
TEXT = [("ink", ground) for ground in GROUNDS]
TEXT += [("soft", ground) for ground in GROUNDS]
TEXT += [("accent", ground) for ground in GROUNDS]
TEXT += [("bad", "paper"), ("bad", "sheet"), ("on-accent", "accent"), ("on-accent", "accent-deep")]
TEXT += [(name, f"{name}-shade") for name in ("good", "wait", "bad", "calm")]
TEXT += [("ink", f"{name}-shade") for name in ("good", "wait", "bad", "calm")]
TEXT += [("soft", f"{name}-shade") for name in ("good", "wait", "bad", "calm")]
TEXT += [("accent", f"{name}-shade") for name in ("good", "wait", "bad", "calm")]
TEXT += [("on-night", "night"), ("on-night-soft", "night")]
EDGES = [("edge", ground) for ground in GROUNDS] + [("focus", ground) for ground in GROUNDS] + [("lamp", "night")]


def colours(scheme: str) -> dict[str, str]:
    """The colours by name as a browser would have them in this scheme."""
    light, dark = (STATIC / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    pattern = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    found = dict(pattern.findall(light))
    return found | dict(pattern.findall(dark)) if scheme == "dark" else found


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), TEXT)
def test_text_stands_out_from_its_ground(scheme: str, words: str, ground: str) -> None:
    named = colours(scheme)

    assert contrast(named[words], named[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    named = colours(scheme)

    assert contrast(named[edge], named[ground]) >= 3


def test_built_sheets_are_what_their_parts_make() -> None:
    check = subprocess.run(
        [sys.executable, ROOT / "assets/styles/build.py", "--check"], capture_output=True, text=True, check=False
    )

    assert (check.stdout, check.returncode) == ("", 0)


@pytest.mark.parametrize("sheet", ["magazine.css", "workplace.css"])
def test_sheet_loads_only_files_of_ours(sheet: str) -> None:
    css = (STATIC / sheet).read_text()

    addresses = re.findall(r'url\("?([^")]+)"?\)', css)

    assert "@import" not in css
    assert [address for address in addresses if not (STATIC / address).is_file()] == []


def test_look_of_a_story_page_leaves_room_below_fifty_kilobytes() -> None:
    fonts = sum((STATIC / "fonts" / name).stat().st_size for name in FONTS_OF_A_STORY)
    sheet = len(gzip.compress((STATIC / "magazine.css").read_bytes()))

    assert fonts + sheet + ROOM_FOR_HTML_AND_SCRIPT <= 51_200
