import pytest

from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.arriving.arrived import Arrived
from hearthpress.documents.arriving.file import read_file
from tests.documents.arriving.packages import docx, word_part, words

BOX = "<w:txbxContent>" + words("In a box.") + "</w:txbxContent>"
IN_TWO_FORMS = (
    f"<mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)


def read(body: str, members: dict[str, str | bytes] | None = None) -> Arrived:
    return read_file("a.docx", docx(body, members))


def run(inside: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbered}</w:pPr>{run(f'<w:t>{text}</w:t>')}</w:p>"


def numbering() -> dict[str, str | bytes]:
    levels = "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="decimal"/></w:lvl>' for level in range(2))
    abstract = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
    return {
        "word/numbering.xml": word_part(
            "numbering", f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        )
    }


@pytest.mark.parametrize(
    ("inside", "source"),
    [
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>today</w:t></w:r></w:fldSimple>', "today"),
        ("<w:r><w:t>one</w:t><w:cr/><w:t>two</w:t></w:r>", "one\ntwo"),
        ('<w:r><w:t>one</w:t><w:br w:type="page"/><w:t>two</w:t></w:r>', "one\ntwo"),
        ("<w:r><w:t>one</w:t><w:ptab/><w:t>two</w:t></w:r>", "one two"),
        ("<w:bdo><w:r><w:t>שלום</w:t></w:r></w:bdo>", "שלום"),
        ("<w:ruby><w:rt><w:r><w:t>no</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>b</w:t></w:r></w:rubyBase></w:ruby>", "b"),
        ("<m:oMath><m:r><m:t>x</m:t></m:r><m:r><m:t>=2</m:t></m:r></m:oMath>", "x=2"),
        ("<w:smartTag><w:customXml><w:r><w:t>tagged</w:t></w:r></w:customXml></w:smartTag>", "tagged"),
        ('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>', "* * *"),
    ],
)  # fmt: skip
def test_words_are_kept_that_mammoth_leaves_out(inside: str, source: str) -> None:
    assert read(f"<w:p>{inside}</w:p>") == Arrived(source)


@pytest.mark.parametrize(
    "drawn",
    [
        f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
        f"<w:drawing><a:graphic>{BOX}</a:graphic></w:drawing>",
        IN_TWO_FORMS,
    ],
)
def test_a_text_box_comes_after_its_paragraph_and_once(drawn: str) -> None:
    assert read(f"<w:p><w:r>{drawn}<w:t>Beside.</w:t></w:r></w:p>") == Arrived("Beside.\n\nIn a box.")


@pytest.mark.parametrize(
    ("inside", "source", "loss"),
    [
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new", told.CHANGES),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>a</w:t></w:r>", "a", told.CHANGES),
        ("<w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo>", "here", told.CHANGES),
        (run("<w:t>a</w:t>", "<w:strike/>"), "a", told.STRUCK),
        (run("<w:t>a</w:t>", '<w:u w:val="single"/>'), "a", told.UNDERLINED),
        (run("<w:t>hidden</w:t>", "<w:vanish/>") + run("<w:t>a</w:t>"), "a", told.HIDDEN),
        (run("<w:object/><w:t>a</w:t>"), "a", told.PICTURES),
        (run('<w:t>a</w:t><w:commentReference w:id="1"/>'), "a", told.COMMENTS),
    ],
)
def test_what_is_changed_or_left_out_is_told(inside: str, source: str, loss: str) -> None:
    assert read(f"<w:p>{inside}</w:p>") == Arrived(source, (loss,))


def test_hidden_switched_off_is_not_hidden() -> None:
    shown = run("<w:t>a</w:t>", '<w:vanish w:val="0"/>')

    assert read(f"<w:p>{shown}</w:p>") == Arrived("a")


def test_macros_are_left_out_and_told() -> None:
    assert read(words("A"), {"word/vbaProject.bin": b"\xd0\xcf"}) == Arrived("A", (told.MACROS,))


@pytest.mark.parametrize(("head", "losses"), [("Lee / The Kiln", (told.HEADERS,)), ("– 12 –", ())])
def test_a_header_with_words_is_told_and_a_page_number_is_not(head: str, losses: tuple[str, ...]) -> None:
    assert read(words("A"), {"word/header1.xml": word_part("hdr", words(head))}) == Arrived("A", losses)


def test_a_numbered_list_goes_on_after_a_paragraph() -> None:
    body = item("one") + item("two") + words("Between.") + item("three") + item("four")

    assert read(body, numbering()).source == "1. one\n2. two\n\nBetween.\n\n3. three\n\n4. four"


def test_an_inner_list_becomes_part_of_the_outer() -> None:
    assert read(item("one") + item("inner", 1) + item("two"), numbering()) == Arrived(
        "1. one\n2. inner\n3. two", (told.NESTED,)
    )


def test_notes_keep_their_paragraphs_and_their_numbers() -> None:
    def note(number: int, *paragraphs: str) -> str:
        return f'<w:footnote w:id="{number}">{"".join(map(words, paragraphs))}</w:footnote>'

    calls = '<w:r><w:t>A</w:t><w:footnoteReference w:id="5"/><w:t> b</w:t><w:footnoteReference w:id="3"/></w:r>'
    notes = {"word/footnotes.xml": word_part("footnotes", note(3, "Three.") + note(5, "Five.", "More."))}

    assert read(f"<w:p>{calls}</w:p>", notes) == Arrived("A[1] b[2]\n\n[1] Five.\n\nMore.\n\n[2] Three.", (told.NOTES,))


def test_words_styles_say_what_is_a_heading_and_a_quote() -> None:
    names = {"t": "Title", "h": "heading 1", "q": "Quote"}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names.items()
    )
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{key}"/></w:pPr>{run(f"<w:t>{key}</w:t>")}</w:p>' for key in "thqq")

    assert read(body, {"word/styles.xml": word_part("styles", styles)}).source == "## t\n\n## h\n\n> q\n>\n> q"


def test_words_strict_form_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = word_part(
        "document", f"<w:body>{words('A')}<w:p><w:fldSimple>{run('<w:t>b</w:t>')}</w:fldSimple></w:p></w:body>"
    )
    document = document.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)

    assert read("", {"word/document.xml": document}) == Arrived("A\n\nb")


def test_a_link_keeps_its_address_and_a_local_one_is_left_out() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relations = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}" TargetMode="External"/>'
        for key, target in {"r1": "https://x.org/a", "r2": "file:///C:/Users/ann/a.docx"}.items()
    )
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    body = "".join(f'<w:hyperlink r:id="{key}">{run(f"<w:t>{key}</w:t>")}</w:hyperlink>' for key in ("r1", "r2"))

    assert read(f"<w:p>{body}</w:p>", {"word/_rels/document.xml.rels": relations}) == Arrived(
        "[r1](https://x.org/a)r2", (told.LINKS,)
    )
