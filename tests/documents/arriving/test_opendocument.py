import pytest

from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.arriving.arrived import Arrived
from hearthpress.documents.arriving.file import read_file
from tests.documents.arriving.packages import named_styles, odt

STYLES = (
    '<style:style style:name="a" style:family="text" style:parent-style-name="b"/>'
    '<style:style style:name="b" style:family="text" style:parent-style-name="a">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="p" style:family="paragraph" style:parent-style-name="q">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<text:list-style style:name="n"><text:list-level-style-number text:level="1"/></text:list-style>'
)
NAMED = (
    '<style:style style:name="q" style:display-name="Quotations" style:family="paragraph">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
)
NUMBERED_HEADING = (
    '<text:list><text:list-item><text:h text:outline-level="1">Head</text:h></text:list-item></text:list>'
)
RUBY = "<text:p>a <text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>c</text:ruby-text></text:ruby></text:p>"
CONTENTS = (
    "<text:table-of-content><text:table-of-content-source><text:index-title-template>no</text:index-title-template>"
    "</text:table-of-content-source><text:index-body><text:p>yes</text:p></text:index-body></text:table-of-content>"
)


def read(body: str, members: dict[str, str | bytes] | None = None) -> Arrived:
    return read_file("a.odt", odt(body, {"styles.xml": named_styles(NAMED), **(members or {})}, STYLES))


@pytest.mark.parametrize(
    ("body", "source"),
    [
        ('<text:p>a<text:s text:c="99999999"/>b<text:tab/>c</text:p>', "a b c"),
        ('<text:p>a <text:span text:style-name="a">b</text:span> c</text:p>', "a *b* c"),
        ('<text:p text:style-name="p">By hand</text:p>', "> **By hand**"),
        ('<text:p text:style-name="q">By its style</text:p>', "> By its style"),
        (NUMBERED_HEADING, "## Head"),
        (RUBY, "a b"),
        (CONTENTS, "yes"),
        ("<text:p>&lt;b&gt;no tag&lt;/b&gt; &amp;amp;</text:p>", "<b>no tag</b> &amp;"),
        ("<draw:frame><draw:text-box><text:p>On the page</text:p></draw:text-box></draw:frame>", "On the page"),
    ],
)  # fmt: skip
def test_what_opendocument_says_is_read(body: str, source: str) -> None:
    assert read(body) == Arrived(source)


def test_a_list_goes_on_where_it_says_so() -> None:
    def listed(more: str, *items: str) -> str:
        inside = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in items)
        return f'<text:list text:style-name="n" {more}>{inside}</text:list>'

    body = (
        listed("", "one", "two") + "<text:p>Between.</text:p>" + listed('text:continue-numbering="true"', "three")
        + "<text:p>And.</text:p>" + listed("", "new", "next")
    )  # fmt: skip

    assert read(body).source == "1. one\n2. two\n\nBetween.\n\n3. three\n\nAnd.\n\n1. new\n2. next"


def test_macros_are_left_out_and_told() -> None:
    assert read("<text:p>A</text:p>", {"Basic/Standard/Module1.xml": "<a/>"}) == Arrived("A", (told.MACROS,))


def test_a_template_is_read() -> None:
    kind = "application/vnd.oasis.opendocument.text-template"

    assert read("<text:p>A</text:p>", {"mimetype": kind}) == Arrived("A")
