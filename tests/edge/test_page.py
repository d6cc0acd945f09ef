import os
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.edge.encodings import SUFFIXES
from hearthpress.edge.page import LONGEST, Page, etag, file_of, is_keepable

pytestmark = pytest.mark.anywhere

PARTS = st.sampled_from(
    ["/", "//", ".", "..", "%2e%2e", "%2F", "%", "\\", ";a=1", "\0", "\n", " ", "~", "é", "a", "B-_", "a.b"]
)
PATHS = st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=12).map(lambda parts: "/" + "".join(parts)))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/stories/the-kettle/",
        "/feed.atom",
        "/sitemap-stories-0.xml",
        "/static/magazine.0123456789ab.css",
        "/a_b/C/",
    ],
)
def test_paths_of_ours_are_kept(path: str) -> None:
    assert is_keepable(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "//",
        "/stories//the-kettle/",
        "/..",
        "/../etc/passwd",
        "/a/../b",
        "/./a",
        "/.hidden",
        "/%2e%2e/",
        "/a%2fb/",
        "/a;b/",
        "/a\\b/",
        "/a\0b/",
        "/a\n",
        "/a b/",
        "/é/",
        "a",
        "http://evil.example/",
        "/?a",
        "/index.html",
        "/stories/the-kettle/index.html",
        "/feed.atom.br",
        "/feed.atom.gz",
        "/feed.atom.zst",
        "/" + "a" * 201,
        "/" + "a/" * 13,
        "/" + "abcdefghi/" * 12 + "x" * 400,
    ],
)
def test_paths_that_can_be_read_in_two_ways_are_not_kept(path: str) -> None:
    assert not is_keepable(path)


@given(PATHS)
def test_the_file_of_a_kept_path_lies_in_the_folder_and_is_no_other_pages(path: str) -> None:
    if not is_keepable(path):
        return

    file = file_of(path)

    assert os.path.normpath(f"/store/{file}") == f"/store/{file}"
    assert len(file) <= LONGEST + len("index.html")
    assert all(not part.startswith(".") and len(part) <= 200 for part in PurePosixPath(file).parts)
    assert unquote(path) == path
    # The page itself, and its compressed forms, are the files of no other page that may be kept.
    others = {f"/{file}{suffix}" for suffix in SUFFIXES.values()} - {path}
    assert not any(is_keepable(other) for other in others)


def test_each_content_and_each_encoding_has_its_own_tag() -> None:
    one, same, other = Page("/a", 200, (), b"one"), Page("/b", 410, (), b"one"), Page("/a", 200, (), b"two")

    assert one.digest == same.digest != other.digest
    assert len({etag(one.digest, encoding) for encoding in SUFFIXES}) == len(SUFFIXES)


def test_a_page_for_now_asks_no_cache_to_keep_it() -> None:
    said = (("content-type", "text/html"), ("cache-control", "max-age=0, s-maxage=9"), ("surrogate-key", "front"))
    page = Page("/", 200, said, b"hello")

    assert page.for_now.headers == (("content-type", "text/html"), ("cache-control", "no-cache"))
    assert not page.for_now.kept
