import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.edge.ranges import BadRange, one_range

pytestmark = pytest.mark.anywhere


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-", (0, 9)),
        ("bytes=2-4", (2, 4)),
        ("bytes=2-400", (2, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-300", (0, 9)),
        ("bytes=4-2", None),
        ("bytes=90-20", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        ("bytes=\u0660-\u0661", None),
        ("", None),
    ],
)
def test_one_part_of_ten_bytes(header: str, part: tuple[int, int] | None) -> None:
    assert one_range(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-20", "bytes=-0"])
def test_a_part_behind_the_end_is_refused(header: str) -> None:
    with pytest.raises(BadRange):
        one_range(header, 10)


@given(
    st.one_of(st.text(max_size=30), st.from_regex(r"bytes=[0-9]{0,16}-[0-9]{0,16}", fullmatch=True)),
    st.integers(min_value=0, max_value=50),
)
def test_a_part_always_lies_within_the_body(header: str, length: int) -> None:
    try:
        part = one_range(header, length)
    except BadRange:
        return

    assert part is None or 0 <= part[0] <= part[1] < length
