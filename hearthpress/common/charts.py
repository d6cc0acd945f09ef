"""Charts as SVG, drawn here: no script, readable in light and dark, with words for whoever cannot see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW, LABEL, WIDTH, VALUE = 26, 380, 360, 60  # pixels
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#232840}.bar{fill:#96390f}.marked{fill:#b3261e}.line{stroke:#5b5447}"
    "@media(prefers-color-scheme:dark){text{fill:#ebe4d5}.bar{fill:#eea766}.marked{fill:#ff8a80}.line{stroke:#b5ae9f}}"
)


@dataclass(frozen=True)
class Bar:
    """`share` of the full width (1.0 is the line; more is drawn as 1.15 at most), and what is written at its end."""

    label: str
    share: float
    value: str
    marked: bool = False


def bars(title: str, rows: Sequence[Bar]) -> str:
    """A chart of horizontal bars, with a line where a bar is full."""
    height = ROW * len(rows) + 20
    lines = [_bar(number, row) for number, row in enumerate(rows)]
    full = LABEL + WIDTH
    told = "; ".join(f"{row.label}: {row.value}" for row in rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full + WIDTH // 5 + VALUE} {height}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc><style>{STYLE}</style>"
        f'{"".join(lines)}<line class="line" x1="{full}" x2="{full}" y1="4" y2="{height - 8}" stroke-dasharray="3 3"/>'
        "</svg>\n"
    )


def _bar(number: int, row: Bar) -> str:
    top = ROW * number + 10
    width = round(min(row.share, 1.15) * WIDTH)
    kind = "marked" if row.marked else "bar"
    return (
        f'<text x="{LABEL - 10}" y="{top + 13}" text-anchor="end">{escape(row.label)}</text>'
        f'<rect class="{kind}" x="{LABEL}" y="{top}" width="{width}" height="16" rx="2"/>'
        f'<text x="{LABEL + width + 6}" y="{top + 13}">{escape(row.value)}</text>'
    )
