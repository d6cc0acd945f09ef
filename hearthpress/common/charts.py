"""Charts as SVG, drawn here: no script, readable in light and dark, with words for whoever cannot see them.

`bars` makes a file that stands alone, with its colours in it. `columns` and `lengths` stand inside a page of ours,
whose policy allows no style of their own: the page's sheet colours them by their classes. They have no viewBox: what
lies across is told in percent, so that a chart is as wide as its place while its words keep their size.
"""

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


TOP, TALL, BELOW = 22, 130, 24  # pixels: room for the number at the top, the tallest column, the names below
LINE, THICK = 46, 14  # pixels: one row of `lengths`, and its bar
LONGEST = 80  # percent of the width; the rest is for the number behind it


@dataclass(frozen=True)
class Column:
    """`part` of `whole` is drawn full, the rest as an outline. `name` stands below it; `told` are its words in full."""

    name: str
    told: str
    part: int
    whole: int


@dataclass(frozen=True)
class Length:
    """One bar with its name above it, and `value` written at its end."""

    name: str
    number: int
    value: str


def columns(title: str, rows: Sequence[Column], most: int = 0) -> str:
    """Upright columns from left to right. `most` is the number that a column of full height has: the largest of them,
    unless charts are to be compared with each other.
    """
    most = max([most, 1, *(row.whole for row in rows)])
    drawn = "".join(_column(place, len(rows), row, most) for place, row in enumerate(rows))
    ground = TOP + TALL
    return _in_page(
        title,
        ground + BELOW,
        f'<text x="0" y="{TOP - 8}">{most}</text><line class="line" x1="0" x2="100%" y1="{TOP}" y2="{TOP}"/>{drawn}'
        f'<line class="ground" x1="0" x2="100%" y1="{ground}" y2="{ground}"/>',
    )


def lengths(title: str, rows: Sequence[Length]) -> str:
    """Bars from the left, one below the other, the longest number the longest bar."""
    most = max([1, *(row.number for row in rows)])
    return _in_page(title, LINE * len(rows), "".join(_length(place, row, most) for place, row in enumerate(rows)))


def _in_page(title: str, height: int, drawn: str) -> str:
    return f'<svg class="chart" width="100%" height="{height}" role="img"><title>{escape(title)}</title>{drawn}</svg>'


def _column(place: int, number: int, row: Column, most: int) -> str:
    room = 100 / number
    whole, part = (round(TALL * count / most) for count in (row.whole, row.part))
    across = f'x="{room * (place + 0.12):.2f}%" width="{room * 0.76:.2f}%"'
    ground = TOP + TALL
    rest = f'<rect class="rest" {across} y="{ground - whole}" height="{whole - part}"/>' if whole > part else ""
    full = f'<rect class="bar" {across} y="{ground - part}" height="{part}"/>' if part else ""
    return f"<g><title>{escape(row.told)}</title>{rest}{full}</g>{_name_below(place, number, row.name)}"


def _name_below(place: int, number: int, name: str) -> str:
    """The first begins where its column does and the last ends there, so that neither is cut off."""
    anchor = "start" if place == 0 else "end" if place == number - 1 else "middle"
    x = {"start": 0.0, "middle": 100 * (place + 0.5) / number, "end": 100.0}[anchor]
    return f'<text x="{x:.2f}%" y="{TOP + TALL + 18}" text-anchor="{anchor}">{escape(name)}</text>' if name else ""


def _length(place: int, row: Length, most: int) -> str:
    top, width = LINE * place, LONGEST * row.number / most
    bar = f'<rect class="bar" x="0" y="{top + 20}" width="{width:.2f}%" height="{THICK}"/>' if row.number else ""
    return (
        f'<text x="0" y="{top + 14}">{escape(row.name)}</text>{bar}'
        f'<text x="{width:.2f}%" dx="{6 if row.number else 0}" y="{top + 32}">{escape(row.value)}</text>'
    )
