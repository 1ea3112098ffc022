"""Searches over a few hundred invented records, held against what they mean, record by record."""

import random
from collections.abc import Iterator

import duckdb
import pytest

from pei_graph.graph.search import Hit, NameIndex, find

FORENAMES = ("testa", "testra", "testina", "invento", "inventa", "robert", "rupert", "bob", "anna")
SURNAMES = ("example", "exampel", "sample", "fake", "fakes", "of made", "example sample")

COUNCIL = """
CREATE TABLE records (
    record_id VARCHAR, source VARCHAR, source_key VARCHAR, forenames VARCHAR[], surnames VARCHAR[],
    birth_date DATE, address_id VARCHAR, house VARCHAR, street VARCHAR, postcode VARCHAR
);
CREATE TABLE members (record_id VARCHAR, person_id VARCHAR, state VARCHAR);
CREATE TABLE persons (person_id VARCHAR, address_id VARCHAR);
CREATE TABLE identifiers (record_id VARCHAR, scheme VARCHAR, value VARCHAR);
CREATE TABLE addresses (
    address_id VARCHAR, uprn VARCHAR, house VARCHAR, street VARCHAR, postcode VARCHAR
);
CREATE TABLE family_list (family_id VARCHAR, address_id VARCHAR);
INSERT INTO addresses VALUES ('a1', '10001', '1', 'Invented Road', 'ZZ1 1ZZ');
INSERT INTO family_list VALUES ('F-7', 'a1');
INSERT INTO persons VALUES ('P-1', 'a1');
INSERT INTO identifiers VALUES ('made:Key1', 'nhs', 'ab-99')
"""

Names = tuple[list[str], list[str]]


def invented(number: int) -> Names:
    """Return forenames and surnames of an invented record, several or none among them."""
    draw = random.Random(number)  # noqa: S311 - invents, hides nothing
    return draw.choices(FORENAMES, k=draw.randint(0, 2)), draw.choices(
        SURNAMES, k=draw.randint(0, 2)
    )


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Three hundred records of a hundred persons; each may be of one more, and ten are nobody's."""
    with duckdb.connect() as con:
        con.execute(COUNCIL)
        for number in range(300):
            con.execute(
                "INSERT INTO records VALUES"
                " ($1, 'made', $2, $3, $4, '1990-02-01', 'a1', '1', 'Invented Road', 'ZZ1 1ZZ')",
                [f"made:Key{number}", f"Key{number}", *invented(number)],
            )
            if number >= 10:
                con.execute(
                    "INSERT INTO members VALUES ($1, $2, 'accepted'), ($1, $3, 'possible')",
                    [f"made:Key{number}", person_of(number), person_of(number + 1)],
                )
        yield con


def person_of(number: int) -> str:
    """Return the person of a record."""
    return f"P-{number * 37 % 101}"


def likeness(names: NameIndex, record: int, typed: str) -> float:
    """Return how alike what was typed is to what a record gives: 0 where it lacks a word."""
    words = " ".join(name for given in invented(record) for name in given).split()
    each = [
        max((alike for spelling, alike in names.alternatives(word).items() if spelling in words),
            default=0)
        for word in typed.split()
    ]  # fmt: skip
    return sum(each) / len(each) if all(each) else 0


@pytest.mark.parametrize(
    "typed",
    [
        "testa",
        "testa example",
        "bob sample",
        "tesat exampel",
        "example sample robert",
        "made",
        "testa testa",
    ],
)
def test_a_name_finds_whose_records_give_every_word(
    con: duckdb.DuckDBPyConnection, typed: str
) -> None:
    """Of each person the likest record counts, that gives all words; best first, then by id."""
    names = NameIndex(con)
    best: dict[str, float] = {}
    for record in range(10, 300):
        score = likeness(names, record, typed)
        best[person_of(record)] = max(score, best.get(person_of(record), 0))
    wanted = sorted(((-score, person) for person, score in best.items() if score))
    assert wanted
    for described in (typed, f"{typed} 1/2/1990"):
        found = find(con, names, described, most=len(wanted))
        assert not found.more
        assert [(hit.id, hit.score) for hit in found.hits] == [
            (person, pytest.approx(-score)) for score, person in wanted
        ]
        few = find(con, names, described, most=2)
        assert few.hits == found.hits[:2]
        assert few.more == (len(wanted) > 2)


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("key12", [Hit("person", person_of(12), 1.0, ("made id",))]),
        ("MADE:KEY12", [Hit("person", person_of(12), 1.0, ("made id",))]),
        ("other:key12", []),
        ("p-1", [Hit("person", "P-1", 1.0, ("person id",))]),
        ("f-7", [Hit("family", "F-7", 1.0, ("family id",))]),
        ("10001", [Hit("family", "F-7", 1.0, ("uprn",)), Hit("person", "P-1", 1.0, ("uprn",))]),
        ("key3", []),
    ],
)
def test_an_id_is_found_in_any_case(
    con: duckdb.DuckDBPyConnection, typed: str, hits: list[Hit]
) -> None:
    """A source's id, with or without the source, an id of the product, and a place's number."""
    assert list(find(con, NameIndex(con), typed).hits) == hits


def test_several_ids_of_one_person_are_told_together(con: duckdb.DuckDBPyConnection) -> None:
    """An identifier's value and a source's id that are one name one person once, by both."""
    con.execute("INSERT INTO identifiers VALUES ('made:Key12', 'upn', 'key12')")
    [hit] = find(con, NameIndex(con), "Key12").hits
    assert hit.matched == ("made id", "upn")


@pytest.mark.parametrize(
    ("typed", "families"),
    [
        ("flat 6, 31 made hill", ["F-8"]),
        ("Flat 6 31 Made Hill, Nowhere, ZZ1 2ZZ", ["F-8"]),
        ("31 made hill", ["F-8", "F-9"]),
        ("31 made hill nowhere", ["F-8", "F-9"]),
        ("made hill nowhere", ["F-10", "F-13", "F-8", "F-9"]),
        ("1 made hill", []),
        ("31 made hills", []),
        ("5 made rd", ["F-11"]),
        ("5, made Rd., Nowhere", ["F-11"]),
        ("made rd zz1 4zz", ["F-11"]),
        ("5 made st", []),
        ("6 st made's cl", ["F-12"]),
        ("St. Mades Close", ["F-12"]),
        ("Fake Cottage, Made Hill", ["F-13"]),
        ("fake cottage made hill nowhere zz1 3zz", ["F-13"]),
        ("The Fake Cottage", ["F-13"]),
        ("fake cottage made rd", []),
    ],
)
def test_a_home_is_found_as_its_address_is_written(
    con: duckdb.DuckDBPyConnection, typed: str, families: list[str]
) -> None:
    """With its flat and its town, its street in short, or the name of the house alone.

    The number of the house finds its flats, and no other house.
    """
    con.execute(
        "INSERT INTO addresses VALUES ('a2', NULL, '6/31', 'made hill', 'ZZ1 2ZZ'),"
        " ('a3', NULL, '31', 'made hill', 'ZZ1 3ZZ'), ('a4', NULL, '3', 'made hill', 'ZZ1 3ZZ'),"
        " ('a5', NULL, '5', 'made road', 'ZZ1 4ZZ'), ('a6', NULL, '6', 'st mades close', NULL),"
        " ('a7', NULL, 'fake cottage', 'made hill', 'ZZ1 3ZZ');"
        "INSERT INTO family_list VALUES ('F-8', 'a2'), ('F-9', 'a3'), ('F-10', 'a4'),"
        " ('F-11', 'a5'), ('F-12', 'a6'), ('F-13', 'a7')"
    )
    hits = find(con, NameIndex(con), typed).hits
    assert [hit.id for hit in hits if hit.kind == "family"] == families
