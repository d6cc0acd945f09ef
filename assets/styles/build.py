"""Join the style sheets' parts into the files that pages load: `magazine.css`, `search.css` and `workplace.css`.

Run `python assets/styles/build.py` after changing a part; `--check` fails when the committed files differ.
"""

import re
import sys
from pathlib import Path

PARTS = Path(__file__).resolve().parent
OUT = PARTS.parents[1] / "hearthpress/masthead/static/masthead"
TOKENS = OUT / "tokens.css"
MAGAZINE = ["fonts", "base", "pictures", "furniture", "lists", "story", "pages"]
SHEETS = {
    "magazine.css": MAGAZINE,
    # Everything of the magazine, on the public pages that are neither a list nor a story.
    "pages.css": [*MAGAZINE, "plain"],
    # Beside the magazine's own, on the one public page with a form.
    "search.css": ["search"],
    "workplace.css": [
        "fonts",
        "fonts-workplace",
        "base",
        "pictures",
        "story",
        "forms",
        "workplace",
        "tables",
        "working-parts",
    ],
}


def main() -> int:
    built = {OUT / name: needed(squeezed(joined(parts))) for name, parts in SHEETS.items()}
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, text in built.items() if not path.exists() or path.read_text() != text]
        print("\n".join(f"{name} is not what its parts make" for name in stale), end="\n" if stale else "")
        return 1 if stale else 0
    for path, text in built.items():
        path.write_text(text)
        print(f"{path.name} {len(text.encode()):,} bytes")
    return 0


def joined(parts: list[str]) -> str:
    paths = [TOKENS, *(PARTS / f"{part}.css" for part in parts)]
    return "\n".join(path.read_text() for path in paths)


def squeezed(css: str) -> str:
    """The sheet without comments and without white space that carries no meaning.

    Spaces around `+` and `-` stay, since calc() needs them; no string in our sheets holds a brace or a comment.
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    return css.replace(";}", "}").strip() + "\n"


def needed(css: str) -> str:
    """The sheet without the tokens that nothing in it asks for, nor another token that is asked for."""
    asked = set(re.findall(r"var\((--[\w-]+)", css))
    smaller = re.sub(r"(--[\w-]+):[^;}]*(;|(?=}))", lambda token: token[0] if token[1] in asked else "", css)
    return smaller.replace(";}", "}") if smaller == css else needed(smaller)


if __name__ == "__main__":
    sys.exit(main())
