"""Who is named in a text: names that are somebody’s, in every form, and no place or first word of a sentence."""

import re
from pathlib import Path

import pytest
from hypothesis import given

from hearthpress.documents.manuscript import parse_manuscript
from hearthpress.documents.mentions import Mention, mentions
from hearthpress.documents.notation import from_notation
from hearthpress.documents.passages import Passage, passages
from tests.documents.strategies import DOCUMENTS

SAMPLE = Path(__file__).parents[2] / "hearthpress/sample/content"
# Everybody whom the sample's stories name, by story; those without a name are not listed.
NAMED = {
    "01": ["Beto", "Rey"],
    "02": ["Harlan", "Doris Weaver"],
    "04": ["Patrice"],
    "05": ["Gordy"],
    "06": ["Kayleigh", "Dustin"],
    "07": ["Maeve", "Nora", "Colleen"],
    "08": ["Bo-ra", "Hannah"],
    "09": ["Destiny", "Renée", "Carol"],
    "10": ["Leela", "Abel"],
    "11": ["Fliss", "Clive"],
    "12": ["Dale Stoltzfus", "Harlan"],
    "13": ["Joe", "Delphine Arkwright"],
    "14": ["Amaya", "Mozelle Tarver"],
    "15": ["Wes"],
    "16": ["Gary"],
    "17": ["Nils"],
    "19": ["Colleen", "Rick Sather", "Tom", "Maeve", "Nora"],
    "20": ["Lorraine"],
    "21": ["Patty", "Jaylen", "Carol Ann"],
    "22": ["Peg"],
    "23": ["Colleen", "Tom", "Maeve"],
    "24": ["Edna", "Harlan Kessler", "Ruth Anne"],
    "26": ["Brooke", "Dombrowski"],
    "27": ["Leela", "Rodney"],
    "28": ["Bernadette"],
    "29": ["Nils", "Jo Quill"],
    "30": ["Tyler", "Dave"],
    "a-list-of-what-helped": ["Pete"],
    "godmother-on-call": ["Bo-ra"],
    "the-left-hand-alone": ["Walter Eby"],
    "the-last-good-coat": ["Chela", "Lupe", "Nacho", "Irma"],
    "the-post-we-all-read-twice": ["Corinna Vale", "Theo Lasker", "Arlo", "Ines", "Rafe"],
}


def found(*texts: str, **more: object) -> list[Mention]:
    return mentions([Passage(f"text.{n}/0", text) for n, text in enumerate(texts)], **more)  # type: ignore[arg-type]


def named(*texts: str) -> list[str]:
    return [mention.name for mention in found(*texts)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I rang my sister Zelmira, who was awake.", ["Zelmira"]),
        ("A nurse named Oyelaran held my hand.", ["Oyelaran"]),
        ("We walked past Mrs. Dombrowski’s geraniums.", ["Dombrowski"]),
        ("Doris rang. Kwabena said nothing at all.", ["Doris", "Kwabena"]),
        ("We buried her beside Ana de la Cruz.", ["Ana de la Cruz"]),
        ("“Don’t,” Fliss said.", ["Fliss"]),
        ("It was Papá Beto’s oven.", ["Beto"]),
        ("Took Leela to the shop. I took her coat.", ["Leela"]),
    ],
)
def test_who_is_named(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Silence. Lights out. Nobody spoke.",
        "In May we drove from New York to Lake Tahoe in a Honda, past the Erie Canal.",
        "On Monday the Korean church on Maple Street sang; it was Mother’s Day.",
        "Mom and Grandma put the Pyrex in the oven. Honey, said my father.",
        "Grace is a hard word. Hope, too; I lost hope.",
        "I had IVF at St. Mary’s Hospital in Sacramento before Christmas.",
        "We met at Denver, near Calvary Hill, in Courtroom Four.",
        "A. M. rang.",
    ],
)
def test_places_days_makes_and_first_words_are_nobody(text: str) -> None:
    assert named(text) == []


def test_a_person_under_several_forms_is_asked_about_once() -> None:
    (anna,) = found("Anna Miller rang. I love Anna’s laugh.", "“Miller,” they called her at work, and Anna came.")

    assert (anna.name, set(anna.forms)) == ("Anna Miller", {"Anna Miller", "Anna", "Miller"})
    assert [seen.words for seen in anna.seen] == ["Anna Miller", "Anna", "Miller", "Anna"]
    assert (anna.seen[1].before, anna.seen[1].after) == ("Anna Miller rang. I love ", "’s laugh.")


def test_a_surname_of_two_persons_is_nobody_s_own() -> None:
    assert [mention.forms for mention in found("Ruth Vale and Theo Vale came. Vale wept.")] == [
        ("Ruth Vale",),
        ("Theo Vale",),
    ]


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("My son Jack asked.", True),
        ("Our daughter, Luna, slept.", True),
        ("She has a son, Rafe, 3, and a cat.", True),
        ("It was Ezekiel, aged 7, who asked.", True),
        ("Our two-year-old, Oskar, slept.", True),
        ("Baby Arlo, my nephew Arlo, was six weeks old.", True),
        ("My sons, Beau and Thatcher, ate.", True),
        ("Our 19-year-old son, Kai, works.", False),
        ("My son’s teacher, Anna Abernathy, wrote.", False),
        ("Corinna Vale, 36, wrote.", False),
        ("My husband Theo laughed.", False),
        ("My daughter slept. Doris rang.", False),
    ],
)
def test_who_is_taken_for_a_child(text: str, child: bool) -> None:
    assert [mention.is_child for mention in found(text)][:1] == [child]


def test_the_web_address_and_the_files_names_are_looked_at_too() -> None:
    siobhan, anna = found("Siobhan rang.", slug="a-letter-to-siobhan", files=["IMG_0001.jpg", "porchWithAnna.jpeg"])

    assert [seen.place for seen in siobhan.seen] == ["text.0/0", "slug"]
    assert (anna.name, [seen.words for seen in anna.seen]) == ("Anna", ["porchWithAnna.jpeg"])


def test_the_writer_is_not_asked_about_themselves() -> None:
    assert found("“Wilma,” said Doris. I am Wilma Writer.", signed=["Wilma Writer"])[0].name == "Doris"


def test_a_headline_s_capitals_name_nobody_unknown() -> None:
    headline = Passage("headline", "My Grandmother Cheated and Doris Hung It All Outside", titled=True)

    assert [mention.name for mention in mentions([headline])] == ["Doris"]


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("s*/*.md")), ids=lambda path: path.stem)
def test_the_sample_s_stories_name_just_these(path: Path) -> None:
    text = re.sub(r"^\+\+\+.*?\+\+\+", "", path.read_text("utf-8"), flags=re.DOTALL)
    expected = NAMED.get(path.stem[:2], NAMED.get(path.stem, []))

    told = [mention.name for mention in mentions(passages(parse_manuscript(text).document))]

    assert [name for name in told if name not in expected] == []
    assert len(told) >= len(expected) - 1


@given(DOCUMENTS)
def test_any_document_can_be_asked_about(document: dict[str, object]) -> None:
    text = {passage.place: passage.text for passage in passages(document)}

    for mention in mentions(passages(document)):
        assert mention.seen
        assert all(seen.words in text[seen.place] for seen in mention.seen)


def test_what_a_passage_that_can_be_skipped_speaks_of_and_a_picture_s_words_are_read() -> None:
    text = f"GENTLE: the death of Ada Quill\n\nWords.\n\nPICTURE: {'0' * 64} | Bo Lee at sea\n\nGENTLE END"

    found = {passage.place: passage.text for passage in passages(from_notation(text))}

    assert found["text.0@says"] == "the death of Ada Quill"
    assert found["text.0.1@alt"] == "Bo Lee at sea"
