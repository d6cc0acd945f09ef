from typing import Any

import pytest
from hypothesis import given, settings

from hearthpress.common.canonical import canonical_bytes, sha256
from hearthpress.documents.schema import MAX_SIZE, BadDocument, check
from tests.documents.strategies import DRAFTS


def doc(*blocks: Any) -> dict[str, Any]:
    return {"type": "doc", "content": list(blocks)}


def text(words: str, *marks: str) -> dict[str, Any]:
    node: dict[str, Any] = {"type": "text", "text": words}
    return {**node, "marks": [{"type": mark} for mark in marks]} if marks else node


def paragraph(*nodes: Any) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(nodes)}


def link(words: str, href: Any = "https://www.example.com/") -> dict[str, Any]:
    return {"type": "text", "text": words, "marks": [{"type": "link", "attrs": {"href": href}}]}


def linked(href: Any) -> dict[str, Any]:
    return paragraph(link("words", href))


BREAK = {"type": "hard_break"}
SHA = "c0de".zfill(64)


def figure(**attrs: Any) -> dict[str, Any]:
    return {"type": "figure", "attrs": {"sha256": SHA, **attrs}}


def gentle(*blocks: Any, **attrs: Any) -> dict[str, Any]:
    return {"type": "gentle", "attrs": attrs, "content": list(blocks)}


@settings(max_examples=100)
@given(DRAFTS)
def test_checking_twice_changes_nothing_more(draft: dict[str, Any]) -> None:
    checked = check(draft)

    assert check(checked) == checked


@pytest.mark.parametrize(
    ("draft", "canonical"),
    [
        ([paragraph(text("a"), text("b"))], [paragraph(text("ab"))]),
        ([paragraph(text("a", "em"), text("", "strong"), text("b", "em"))], [paragraph(text("ab", "em"))]),
        ([paragraph(text("a ", "strong", "em"))], [paragraph(text("a", "em", "strong"))]),
        ([paragraph(text("a"), text(" b ", "em"), text("c"))], [paragraph(text("a "), text("b", "em"), text(" c"))]),
        ([paragraph(text("a"), link(" b "), text("c"))], [paragraph(text("a "), link("b"), text(" c"))]),
        ([paragraph(BREAK, text(" a "), BREAK, text("b"), BREAK)], [paragraph(text("a"), BREAK, text("b"))]),
        ([paragraph(), {"type": "paragraph"}, paragraph(text(" "))], []),
        ([paragraph(text("a\x00\ufeff\nb"))], [paragraph(text("a b"))]),
    ],
)
def test_what_reads_the_same_is_the_same(draft: list[Any], canonical: list[Any]) -> None:
    assert check(doc(*draft)) == doc(*canonical)


def test_defaults_are_written_out() -> None:
    quote = {"type": "quote", "attrs": {"speaker": " Ann\nLee ", "unknown": 1}, "content": [paragraph(text("a"))]}
    related = {"type": "related", "attrs": {"title": "A Title"}}
    heading = {"type": "heading", "content": [text("a"), BREAK, text("b")]}

    checked = check(doc(quote, related, heading))

    attrs = {"speaker": "Ann Lee", "source": "", "date": "", "permalink": "", "permission": ""}
    assert checked == doc(
        {**quote, "attrs": attrs},
        {"type": "related", "attrs": {"title": "A Title", "story": ""}},
        {"type": "heading", "attrs": {"level": 2}, "content": [text("a b")]},
    )


@pytest.mark.parametrize(
    "href", ["https://www.example.com/a?b=c#d", "HTTP://example.org", "mailto:ann@example.com", "https://a.example//"]
)
def test_web_and_mail_links_are_kept(href: str) -> None:
    assert check(doc(linked(href))) == doc(linked(href))


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.com",
        "/stories/x/",
        "https://",
        "https://user:word@example.com/",
        "https://example.com/a b",
        'https://example.com/"onclick="x',
        "https://exa..mple.com",
        "https://example.com:99999/",
        "https://example.com/%zz",
        "https://example.com/" + "a" * 2000,
        "",
        None,
        7,
    ],
)
def test_other_links_are_refused(href: Any) -> None:
    with pytest.raises(BadDocument):
        check(doc(linked(href)))


def nested(depth: int) -> Any:
    block: Any = paragraph(text("a"))
    for _ in range(depth):
        block = {"type": "list_item", "content": [{"type": "bullet_list", "content": [block]}]}
    return {"type": "bullet_list", "content": [block]}


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "doc",
        {"type": "paragraph"},
        {"type": "doc", "content": "a"},
        doc("a"),
        doc({"type": "script"}),
        doc({"type": ["paragraph"]}),
        doc(paragraph({"type": "image"})),
        doc(paragraph({"type": "text", "text": 7})),
        doc(paragraph(text("a", "suggestion"))),
        doc({"type": "heading", "attrs": {"level": 1}, "content": [text("a")]}),
        doc({"type": "heading", "attrs": {"level": "2"}, "content": [text("a")]}),
        doc({"type": "heading", "attrs": [], "content": [text("a")], "level": 2} | {"attrs": ["level"]}),
        doc({"type": "related", "attrs": {"title": ""}}),
        doc({"type": "related", "attrs": {"title": "a" * 301}}),
        doc({"type": "related", "attrs": {"title": "a", "story": "../x"}}),
        doc({"type": "quote", "attrs": {"permalink": "javascript:x"}, "content": [paragraph(text("a"))]}),
        doc({"type": "quote", "attrs": {"speaker": ["x"]}, "content": [paragraph(text("a"))]}),
        doc({"type": "quote", "content": [{"type": "quote", "content": [paragraph(text("a"))]}]}),
        doc(nested(2_000)),
        doc({"type": "figure"}),
        doc(figure(sha256="C0DE".zfill(64))),
        doc(figure(sha256="c0de")),
        doc(figure(sha256="../" + "0" * 61)),
        doc(figure(alt="a" * 401)),
        doc(figure(caption="a" * 401)),
        doc(figure(credit="a" * 201)),
        doc(figure(alt=["x"])),
        doc(gentle(paragraph(text("a")), says="a" * 121)),
        doc(gentle(paragraph(text("a")), says=7)),
        doc(gentle(gentle(paragraph(text("a"))))),
        doc(gentle({"type": "related", "attrs": {"title": "a"}})),
        doc(gentle({"type": "signature", "content": [paragraph(text("a"))]})),
        doc(gentle("a")),
        doc(paragraph(text("a" * MAX_SIZE))),
    ],
)
def test_what_is_no_document_is_refused(document: Any) -> None:
    with pytest.raises(BadDocument):
        check(document)


def test_what_is_said_of_pictures_and_hard_passages_is_written_out() -> None:
    inside = {"type": "quote", "content": [paragraph(text("a"))]}

    checked = check(doc(figure(alt=" A\nkettle "), {"type": "scene_break", "attrs": {"x": 1}}, gentle(inside)))

    attrs = {"speaker": "", "source": "", "date": "", "permalink": "", "permission": ""}
    assert checked == doc(
        {"type": "figure", "attrs": {"sha256": SHA, "alt": "A kettle", "caption": "", "credit": ""}},
        {"type": "scene_break"},
        {"type": "gentle", "attrs": {"says": ""}, "content": [{**inside, "attrs": attrs}]},
    )


def test_a_hard_passage_of_nothing_is_none() -> None:
    assert check(doc(gentle(paragraph(text(" ")), says="a loss"))) == doc()


def test_documents_from_before_there_were_pictures_in_them_keep_their_hash() -> None:
    old = doc(
        paragraph(text("Picture: a "), text("kettle", "em"), BREAK, link("here")),
        paragraph(text("* * *")),
        paragraph(text("GENTLE END")),
        {"type": "heading", "content": [text("Ward")]},
        {"type": "bullet_list", "content": [{"type": "list_item", "content": [paragraph(text("one"))]}]},
        {"type": "bullet_list", "content": [{"type": "list_item", "content": [paragraph(text("two"))]}]},
        {"type": "quote", "attrs": {"speaker": "Ann Lee"}, "content": [paragraph(text("Said."))]},
        {"type": "related", "attrs": {"title": "A title", "story": "k3y"}},
        {"type": "signature", "content": [paragraph(text("Ours."))]},
    )

    hashed = sha256(canonical_bytes(check(old)))

    assert hashed == "f31517864de0728e3f4c4f2246642c19ef8b34bdbd34e932636486912c7fb498"
