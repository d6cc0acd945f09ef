import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.edge.encodings import IDENTITY, LEAST, PREFERRED, compressed, has_already, wanted

pytestmark = pytest.mark.anywhere

# Anything that a client may write there, and pieces of what it should write.
HEADERS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["gzip", "br", "zstd", "*", "identity", ";q=", "; q = ", "0", "1", "0.5", "nan", "-1", ",", " "]
        ),
        max_size=20,
    ).map("".join),
)


@pytest.mark.parametrize(
    ("accept", "first"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("*;q=0.1, gzip", "gzip"),
        ("*, br;q=0", "zstd"),
        ("GZIP;Q=1.0", "gzip"),
        ("br;q=nan, gzip;q=x", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip", "gzip"),
        ("gzip, identity", "gzip"),
        ("deflate", "identity"),
    ],
)
def test_the_encoding_that_is_asked_for_is_sent(accept: str | None, first: str) -> None:
    assert wanted(accept)[0] == first


@given(HEADERS)
def test_no_header_leaves_anybody_without_a_page(accept: str) -> None:
    found = wanted(accept)

    assert found[-1] == IDENTITY
    assert set(found[:-1]) <= set(PREFERRED)
    assert len(found) == len(set(found))


@given(
    st.binary(max_size=2000), st.sampled_from(["text/html; charset=utf-8", "application/atom+xml", "image/webp", ""])
)
def test_every_form_of_a_body_is_that_body(body: bytes, kind: str) -> None:
    forms = compressed(body, kind)

    opened = {
        IDENTITY: forms[IDENTITY],
        "br": brotli.decompress(forms["br"]) if "br" in forms else body,
        "zstd": zstandard.decompress(forms["zstd"]) if "zstd" in forms else body,
        "gzip": gzip.decompress(forms["gzip"]) if "gzip" in forms else body,
    }
    assert set(opened.values()) == {body}
    assert all(len(small) < len(body) for name, small in forms.items() if name != IDENTITY)


def test_what_is_small_or_compressed_already_is_left_alone() -> None:
    words = b"the kettle was on " * 100

    assert set(compressed(words, "text/html")) == {IDENTITY, *PREFERRED}
    assert set(compressed(words, "image/webp")) == {IDENTITY}
    assert set(compressed(words[: LEAST - 1], "text/html")) == {IDENTITY}
    assert compressed(words, "text/html")["gzip"] == compressed(words, "text/html")["gzip"], "no time stands in it"
    assert zlib.crc32(compressed(words, "text/plain")[IDENTITY]) == zlib.crc32(words)


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", "abc"', True),
        ('"x",W/"abc" , "y"', True),
        ("*", True),
        (" * ", True),
        ('"ab"', False),
        ("abc", False),
        ('"abc-br"', False),
        ("", False),
    ],
)
def test_a_browser_that_has_the_page_is_believed(header: str, known: bool) -> None:
    assert has_already(header, '"abc"') is known
