"""Documents and manuscripts for hypothesis, also for other packages' tests."""

from typing import Any

from hypothesis import strategies as st

from hearthpress.documents.schema import check

WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "a plain line", "word", " edge ", "**", "*", "_", "# no heading", "> no quote", "- no item", "1. no number",
            "--", "-- no signature", "RELATED: no line", "RELATED: no {line}", "— a dash", "\\", "\\&",
            "https://www.example.com/a_b", "[no](link)", "{key}", "a | b", "שלום", "👩‍👧", "<b>no & tag</b>", "“Said.”",
            "1986. A year", ">", "-",
            "http", "://x.org",
            "* * *", "***", "GENTLE END", "GENTLE: no passage", "PICTURE: no picture", "Picture: me",
        ]
    ),
)  # fmt: skip
HREFS = st.sampled_from(
    [
        "https://www.example.com/a_b(c)*d",
        "http://example.org",
        "https://www.example.com/write//",
        "mailto:editor@example.com?subject=A%20story",
        "https://example.org/é?q=1#top",
    ]
)
MARKS = st.lists(
    st.one_of(
        st.sampled_from([{"type": "em"}, {"type": "strong"}]),
        st.builds(lambda href: {"type": "link", "attrs": {"href": href}}, HREFS),
    ),
    max_size=3,
)
TEXTS = st.one_of(
    st.builds(lambda text, marks: {"type": "text", "text": text, "marks": marks}, WORDS, MARKS),
    st.builds(lambda href: {"type": "text", "text": href, "marks": [{"type": "link", "attrs": {"href": href}}]}, HREFS),
)
INLINE = st.lists(st.one_of(TEXTS, TEXTS, TEXTS, st.just({"type": "hard_break"})), max_size=6)
PARAGRAPHS = st.builds(lambda content: {"type": "paragraph", "content": content}, INLINE)
PARAGRAPH_LISTS = st.lists(PARAGRAPHS, min_size=1, max_size=3)
ITEMS = st.builds(lambda content: {"type": "list_item", "content": content}, PARAGRAPH_LISTS)
FIGURES = st.builds(
    lambda number, alt, caption, credit: {
        "type": "figure",
        "attrs": {"sha256": f"{number:064x}", "alt": alt, "caption": caption, "credit": credit},
    },
    st.integers(min_value=0, max_value=2**256 - 1),
    WORDS,
    WORDS,
    WORDS,
)
# What may stand within a passage that can be skipped too.
GENTLE_BLOCKS = st.one_of(
    PARAGRAPHS,
    st.builds(
        lambda level, content: {"type": "heading", "attrs": {"level": level}, "content": content},
        st.sampled_from([2, 3]),
        INLINE,
    ),
    st.builds(
        lambda kind, items: {"type": kind, "content": items},
        st.sampled_from(["bullet_list", "ordered_list"]),
        st.lists(ITEMS, max_size=3),
    ),
    st.builds(
        lambda speaker, source, date, permalink, permission, content: {
            "type": "quote",
            "attrs": {
                "speaker": speaker,
                "source": source,
                "date": date,
                "permalink": permalink,
                "permission": permission,
            },
            "content": content,
        },
        WORDS,
        WORDS,
        st.sampled_from(["", "2026-10-01", "last spring"]),
        st.sampled_from(["", "https://www.example.com/p/1(2)"]),
        WORDS,
        PARAGRAPH_LISTS,
    ),
    st.just({"type": "scene_break"}),
    FIGURES,
)
BLOCKS = st.one_of(
    GENTLE_BLOCKS,
    GENTLE_BLOCKS,
    st.builds(
        lambda says, content: {"type": "gentle", "attrs": {"says": says}, "content": content},
        WORDS,
        st.lists(GENTLE_BLOCKS, max_size=4),
    ),
    st.builds(
        lambda title, story: {"type": "related", "attrs": {"title": f"A{title}", "story": story}},
        WORDS,
        st.sampled_from(["", "k3y-of_it"]),
    ),
    st.builds(lambda content: {"type": "signature", "content": content}, PARAGRAPH_LISTS),
)
# Documents as an editor might send them: valid, not yet canonical.
DRAFTS: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda content: {"type": "doc", "content": content}, st.lists(BLOCKS, max_size=5)
)
DOCUMENTS = DRAFTS.map(check)

_PIECES = st.sampled_from(
    [
        "*", "**", "***", "_", "- ", "• ", "1. ", "2. ", "3) ", "# ", "## ", ">", "> ", "RELATED: ", "related:", "-- ",
        "— ", "--", "\n", "\n\n", "\n", " ", "[a](https://x.org/)", "[", "](", "](javascript:alert(1))",
        "https://a.org/c//", ".", "“", "”", '"', "word ", "Ann Lee ", "she tweeted, ", "wrote on Instagram", "\x00",
        "\ufeff", "שלום", "😀", "<script>alert(1)</script>", "\r\n", "\t", "\u2029", "\ud800", "The Hall Light",
        "* * *", "***", "~", "⁂", "- - -",
        "submit to our magazine", "a line of words that goes on until a program would have wrapped it for its writer",
    ]
)  # fmt: skip
# Any text at all, and text made of what the reader looks for.
MANUSCRIPTS = st.one_of(st.text(), st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=40).map("".join))
