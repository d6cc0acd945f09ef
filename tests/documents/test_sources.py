import pytest

from hearthpress.documents.sources import published_in, said_there


@pytest.mark.parametrize(
    ("outside", "source"),
    [
        ("She wrote “” on Instagram.", "Instagram"),
        ("Following her Instagram post, she tweeted, “”", "Twitter"),
        ("“” she said in her first interview.", "a first interview"),
        ("“” she posted on X.", "X"),
        ("“” he said, and went back to Instagram on his phone.", "Instagram"),
        ("“” he said, scrolling Instagram.", ""),
        ("“” he said in a Facebook post and an Instagram story.", ""),
        ("I marked it on x, and lost the threads.", ""),
    ],
)
def test_quoted_words_have_the_one_source_they_are_tied_to(outside: str, source: str) -> None:
    assert said_there(outside) == source


@pytest.mark.parametrize(
    ("outside", "source"),
    [
        ("They announced it in a post on Instagram.", "Instagram"),
        ("Her tweets were shared all day.", "Twitter"),
        ("She posts what she thinks on Twitter and Instagram.", ""),
        ("We bought the cot on Facebook.", ""),
        ("I found the bank statement in a drawer.", ""),
    ],
)
def test_something_published_is_carried_from_the_one_source_it_names(outside: str, source: str) -> None:
    assert published_in(outside) == source
