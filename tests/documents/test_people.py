import pytest

from hearthpress.documents.people import People, names, words_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yesterday Corinna Vale, 36, and her husband Theo Lasker wrote.", ["Corinna Vale", "Theo Lasker"]),
        ("We met Ana de la Cruz’s sister.", ["Ana de la Cruz"]),
        ("A book by J.K. Rowling and one by Maeve O’Brien-Shaw.", ["J.K. Rowling", "Maeve O’Brien-Shaw"]),
        ("On Monday She Said IVF and Instagram.", ["Said"]),
        ("שלום and nobody at all", []),
    ],
)
def test_names_are_words_written_as_names(text: str, found: list[str]) -> None:
    assert [name.text for name in names(words_of(text))] == found


def test_the_person_a_paragraph_is_about_is_the_first_it_names_in_full() -> None:
    people = People()

    people.read(words_of("In New York, Chrissy Marlowe and John Hallam wrote. Hallam had told nobody."))

    assert people.latest == "Chrissy Marlowe"


def test_a_surname_stands_for_its_person_where_there_is_only_one() -> None:
    people = People()
    people.read(words_of("Ann Lee met Ruth Vale and Theo Vale."))

    assert (people.full_name("Lee"), people.full_name("Vale")) == ("Ann Lee", "Vale")
