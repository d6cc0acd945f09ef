"""What the style of an element says about its words: CSS as word processors and mail programs write it."""

import re
from typing import NamedTuple

_BOLD_FROM = 600
_NUMBER = re.compile(r"\d{1,4}")


class Style(NamedTuple):
    """The declarations that say something about words; None where the style says nothing."""

    em: bool | None = None
    strong: bool | None = None
    is_struck: bool = False
    is_underlined: bool = False
    is_hidden: bool = False
    list_level: str = ""
    part: str = ""


def read_style(css: str) -> Style:
    """What a style attribute says.

    `list_level` is Word's mso-list ("l0 level2 lfo1"), `part` its mso-element or mso-special-character ("comment").
    """
    if not css:
        return Style()
    said = {}
    for declaration in css.lower().split(";"):
        name, _, value = declaration.partition(":")
        said[name.strip()] = value.strip()
    line = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}"
    return Style(
        em=_is_em(said.get("font-style", "")),
        strong=_is_strong(said.get("font-weight", "")),
        is_struck="line-through" in line,
        is_underlined="underline" in line,
        is_hidden=said.get("display") == "none" or said.get("mso-hide") == "all",
        list_level=said.get("mso-list", ""),
        part=said.get("mso-element", "") or said.get("mso-special-character", ""),
    )


def _is_em(value: str) -> bool | None:
    return {"italic": True, "oblique": True, "normal": False}.get(value)


def _is_strong(value: str) -> bool | None:
    if _NUMBER.fullmatch(value):
        return int(value) >= _BOLD_FROM
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(value)
