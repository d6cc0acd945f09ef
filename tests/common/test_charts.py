"""Charts for pages: well-formed, true to their numbers, without a style of their own, safe whatever they are called."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from hearthpress.common.charts import TALL, Column, Length, columns, lengths

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
NUMBERS = st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=1, max_size=30)


def read(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)


@given(NUMBERS, WORDS)
def test_columns_are_as_tall_as_their_numbers(numbers: list[tuple[int, int]], words: str) -> None:
    rows = [Column("", words, min(pair), max(pair)) for pair in numbers]

    svg = read(columns(words, rows))

    most = max(1, *(row.whole for row in rows))
    for row, group in zip(rows, svg.iter("g"), strict=True):
        heights = {rect.get("class"): int(rect.get("height", 0)) for rect in group.iter("rect")}
        assert abs(sum(heights.values()) - TALL * row.whole / most) <= 1
        assert abs(heights.get("bar", 0) - TALL * row.part / most) <= 1
    assert svg.findtext("title") == words


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=30), WORDS)
def test_lengths_are_as_long_as_their_numbers(numbers: list[int], words: str) -> None:
    svg = read(lengths(words, [Length(words, number, str(number)) for number in numbers]))

    widths = [float(rect.get("width", "0%").rstrip("%")) for rect in svg.iter("rect")]
    assert widths == [round(80 * number / max(numbers), 2) for number in numbers if number]
    assert [text.text for text in svg.iter("text")][1::2] == [str(number) for number in numbers]


def test_a_page_chart_has_no_style_of_its_own() -> None:
    drawn = columns("Some", [Column("a", "a: 1", 1, 2)]) + lengths("Others", [Length("b", 1, "1")])

    assert "style" not in drawn
    assert "<script" not in drawn


def test_charts_that_stand_together_have_one_scale() -> None:
    small = columns("Some", [Column("", "", 5, 5)], most=10)

    assert f'height="{TALL // 2}"' in small
    assert ">10</text>" in small


def test_words_are_escaped() -> None:
    assert "<b>" not in columns("<b>", [Column("<b>", "<b>", 1, 1)]) + lengths("<b>", [Length("<b>", 1, "<b>")])
