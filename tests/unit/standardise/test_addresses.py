"""Addresses: one place has one id however it is written; places that are no homes are marked."""

from collections.abc import Callable
from typing import Any

POSTCODE = "ZZ1 1ZZ"


def _places(council: Any) -> dict[str, tuple[Any, ...]]:
    return {
        key: (row["house"], row["street"], row["postcode"])
        for key, row in council.records().items()
    }


def test_lines_are_taken_apart(people: Callable[..., Any]) -> None:
    """House, street and postcode are found in one line or in parts, written short or in full."""
    written = {
        "14 Invented Road, Inventon": ("14", "invented road"),
        "14, INVENTED RD., Inventon": ("14", "invented road"),
        "14a Invented St": ("14a", "invented street"),
        "14-16 St Testa's Road": ("14-16", "st testas road"),
        "Flat 2, 14 Invented Road": ("2/14", "invented road"),
        "Flat 2b Example House 14 Invented Road": ("2b/14", "invented road"),
        "Apartment 3, Example Court, Invented Lane": ("3", "example court"),
        "Example Cottage, Invented Lane, Inventon": ("example cottage", "invented lane"),
        "Invented Lane, Inventon": (None, "invented lane"),
        "14Invented Road Inventon": ("14", "invented road"),
    }
    made = people(*({"line": line, "postcode": POSTCODE} for line in written))
    assert list(_places(made).values()) == [(*parts, POSTCODE) for parts in written.values()]


SPELLINGS = {
    ("3/22", "invented road"): (
        "Flat 3, 22 Invented Road",
        "22 Invented Road, Flat 3",
        "22 INVENTED RD (FLAT 3), INVENTON",
        "Apartment no. 3 at 22 Invented Road",
        "Flat3 22 Invented Road Inventon",
        "Ground Floor\nFlat 3\n22 Invented Road",
        "Flat 3, First Floor, 22 Invented Rd",
        "3, 22 Invented Road",
        "3 Example House, 22 Invented Road",
        "3/22 Invented Road",
    ),
    ("12a", "invented road"): (
        "12A Invented Road",
        "12 A Invented Road",
        "No. 12a, Invented Road",
        "Flat A, 12 Invented Road",
        "012A INVENTED RD INVENTON",
    ),
    ("12-14", "invented road"): (
        "12-14 Invented Road",
        "12 - 14 Invented Rd",
        "12 to 14 Invented Road",
    ),
    ("first/9", "invented road"): (
        "First Floor Flat, 9 Invented Road",
        "1st Flr Flat 9 Invented Road",
        "Flat First Floor, 9 Invented Road",
        "FFF 9 Invented Road",
        "9 Invented Road, first floor",
    ),
    ("basement/9", "invented road"): (
        "Basement Flat, 9 Invented Road",
        "9 Invented Road, Flat Basement",
    ),
    ("12blockb", "example court"): (
        "Flat 12, Block B, Example Court",
        "Block B Flat 12 Example Court",
        "12 Block B, Example Court, Invented Road",
    ),
    ("7", "unity house"): (
        "7 Unity House, Invented Square",
        "Flat 7, Unity House",
        "Unit 7 Unity House Invented Square Inventon",
        "7 Unity Hse Invented Square",
    ),
    ("2", "st testas terrace"): ("2 St. Testa's Terrace", "2 Saint Testas Terr"),
    ("33", "cat and mouse lane"): ("33 Cat & Mouse Lane", "33 Cat and Mouse Ln"),
    ("1", "north road"): ("1 North Road", "1\nNorth Road\nInventon", "1;North Rd;Inventon"),
    ("21a", "unreal hill"): ("21a Unreal Hill",),
}
"""Houses and streets, and ways in which systems write them."""


def test_an_address_is_one_however_it_is_written(people: Callable[..., Any]) -> None:
    """Floors, blocks, flats written last, several lines in a cell: one house, one street.

    Each stands under a postcode of its own, so that nothing is told from how others write it.
    """
    written = [(parts, line) for parts, lines in SPELLINGS.items() for line in lines]
    made = people(
        *(
            {"line": line, "postcode": f"ZZ{number} 1ZZ"}
            for number, (_, line) in enumerate(written, start=10)
        )
    )
    found = [(house, street) for house, street, _ in _places(made).values()]
    assert found == [parts for parts, _ in written]


def test_a_number_alone_is_a_house(people: Callable[..., Any]) -> None:
    """Where a line holds nothing but a number its letter is no street."""
    made = people({"line": "21a", "postcode": POSTCODE})
    assert list(_places(made).values()) == [("21a", None, POSTCODE)]


def test_what_others_write_tells_house_and_town_apart(people: Callable[..., Any]) -> None:
    """Without a comma house and street, or street and town, are told apart by the neighbours."""
    made = people(
        {"line": "The Old Mill, Invented Lane", "postcode": POSTCODE},
        {"line": "OLD MILL INVENTED LANE", "postcode": POSTCODE},
        {"line": "The Old Mill Invented Lane", "postcode": POSTCODE},
        {"line": "34 Inventgate", "postcode": "ZZ2 2ZZ"},
        {"line": "34 Inventgate Inventon", "postcode": "ZZ2 2ZZ"},
        {"line": "5 Unreal", "postcode": "ZZ3 3ZZ"},
        {"line": "5 Unreal Park", "postcode": "ZZ3 3ZZ"},
        {"line": "5 Unreal View", "postcode": "ZZ3 3ZZ"},
    )
    ids = [row["address_id"] for row in made.records().values()]
    assert len(set(ids[:3])) == 1
    assert len(set(ids[3:5])) == 1
    assert len(set(ids[5:])) == 3


def test_postcodes_have_one_form(people: Callable[..., Any]) -> None:
    """Case and spaces do not matter, O for 0 is mended, and what is no postcode is told."""
    made = people(
        {"line": "1 Invented Road", "postcode": "bs14zz"},
        {"line": "1 Invented Road, BS1 4ZZ"},
        {"line": "1 Invented Road", "postcode": "BSI OZZ"},
        {"line": "2 Invented Road", "postcode": "SW1A  1AA"},
        {"line": "3 Unreal Road", "postcode": "nowhere"},
    )
    assert [place[2] for place in _places(made).values()] == [
        "BS1 4ZZ", "BS1 4ZZ", "BS1 0ZZ", "SW1A 1AA", None,
    ]  # fmt: skip
    assert made.issues() == {("bad_postcode", None, 6, 1)}


def test_one_dwelling_has_one_id(people: Callable[..., Any]) -> None:
    """Spellings, a missing street or postcode, and a UPRN known to one record meet in one id."""
    made = people(
        {"line": "14 Invented Road, Inventon", "postcode": POSTCODE},
        {"line": "14 INVENTED RD", "postcode": "zz11zz", "uprn": "000100012345"},
        {"line": "14 Invented Raod", "postcode": POSTCODE},
        {"line": "14 Invented Road"},
        {"uprn": "100012345"},
        {"line": "15 Invented Road", "postcode": POSTCODE},
    )
    ids = [row["address_id"] for row in made.records().values()]
    assert ids[:5] == ["u100012345"] * 5
    assert ids[5] not in ids[:5]
    assert {row["uprn"] for row in made.records().values()} == {"100012345", None}


def test_two_dwellings_never_share_an_id(people: Callable[..., Any]) -> None:
    """One house number in two streets, or two UPRNs under one address, stay apart."""
    made = people(
        {"line": "1 Invented Road", "postcode": POSTCODE},
        {"line": "1 Unreal Lane", "postcode": POSTCODE},
        {"line": "1 Unreal Close", "postcode": "ZZ2 2ZZ", "uprn": "1"},
        {"line": "1 Unreal Close", "postcode": "ZZ2 2ZZ", "uprn": "2"},
        {"line": "1 Unreal Close", "postcode": "ZZ2 2ZZ"},
    )
    ids = [row["address_id"] for row in made.records().values()]
    assert len(set(ids)) == 5


def test_homes_of_many_and_vague_places_are_no_dwellings(people: Callable[..., Any]) -> None:
    """A refuge or children's home is communal; a postcode or street alone is partial."""
    made = people(
        {"line": "14 Invented Road", "postcode": POSTCODE},
        {"line": "The Refuge, 1 Invented Road", "postcode": POSTCODE},
        {"line": "Testa's Children's Home, Invented Road", "postcode": POSTCODE},
        {"line": "Refuge", "postcode": POSTCODE},
        {"line": "2 Hospital Road", "postcode": POSTCODE},
        {"postcode": POSTCODE},
        {"line": "Invented Road", "postcode": "ZZ3 3ZZ"},
        {"line": "No fixed abode", "postcode": "ZZ99 3VZ"},
    )
    kinds = {row["address_id"]: row["kind"] for row in made.table("addresses")}
    assert [kinds[row["address_id"]] for row in made.records().values()] == [
        "dwelling", "communal", "communal", "communal", "dwelling", "partial", "partial", "partial",
    ]  # fmt: skip


def test_a_house_of_which_others_tell_flats_is_a_block(people: Callable[..., Any]) -> None:
    """A number or building that flats are told of is no one dwelling, unless a UPRN says so."""
    made = people(
        {"line": "22 Invented Road", "postcode": POSTCODE},
        {"line": "Flat 3, 22 Invented Road", "postcode": POSTCODE},
        {"line": "23 Invented Road", "postcode": POSTCODE},
        {"line": "Unity House, Unreal Square", "postcode": "ZZ2 2ZZ"},
        {"line": "Flat 3, Unity House", "postcode": "ZZ2 2ZZ"},
        {"line": "24 Invented Road", "postcode": POSTCODE, "uprn": "1001"},
        {"line": "Flat 1, 24 Invented Road", "postcode": POSTCODE},
        {"line": "22 Invented Road", "postcode": "ZZ3 3ZZ"},
    )
    kinds = {row["address_id"]: row["kind"] for row in made.table("addresses")}
    assert [kinds[row["address_id"]] for row in made.records().values()] == [
        "block", "dwelling", "dwelling", "block", "dwelling", "dwelling", "dwelling", "dwelling",
    ]  # fmt: skip


def test_a_flat_s_uprn_is_not_its_house_s(people: Callable[..., Any]) -> None:
    """A UPRN that one record gives with the house alone is not filled in where flats are told."""
    made = people(
        {"line": "22 Invented Road", "postcode": POSTCODE, "uprn": "1003"},
        {"line": "Flat 3, 22 Invented Road", "postcode": POSTCODE, "uprn": "1003"},
        {"line": "Flat 4, 22 Invented Road", "postcode": POSTCODE},
        {"line": "22 Invented Road", "postcode": POSTCODE},
    )
    ids = [row["address_id"] for row in made.records().values()]
    assert ids[:2] == ["u1003"] * 2
    assert len({"u1003", *ids[2:]}) == 3


def test_a_seal_covers_record_and_address(people: Callable[..., Any]) -> None:
    """Anything but a plain no seals; the address of a sealed record is sealed for everyone."""
    home = {"line": "14 Invented Road", "postcode": POSTCODE}
    made = people(
        {**home, "sealed": "yes"},
        home,
        {"line": "15 Invented Road", "postcode": POSTCODE, "sealed": "No"},
        {"sealed": "restricted"},
    )
    assert [row["sealed"] for row in made.records().values()] == [True, False, False, True]
    assert {(row["house"], row["sealed"]) for row in made.table("addresses")} == {
        ("14", True),
        ("15", False),
    }


def test_a_record_lives_at_its_open_and_latest_address(council: Callable[..., Any]) -> None:
    """Of several addresses the open one counts, of open ones that which began last."""
    text = """
dates: ["%Y-%m-%d"]
lists:
  homes:
    title: Homes
    files: "*.csv"
    people:
      - role: child
        key: id
        address: {line: line, postcode: postcode, from_date: since, to_date: until}
"""
    rows = [
        {"id": "1", "line": "1 Invented Road", "since": "2026-01-01", "until": "2026-02-01"},
        {"id": "1", "line": "2 Invented Road", "since": "2020-01-01", "until": None},
        {"id": "1", "line": "3 Invented Road", "since": "2024-01-01", "until": None},
        {"id": "1", "line": "4 Invented Road", "since": None, "until": None},
    ]
    made = council(text, ("homes", [{**row, "postcode": POSTCODE} for row in rows]))
    assert made.records()["lcs:1"]["house"] == "3"
    assert len(made.table("facts")) == 4


def test_a_coded_kind_outranks_the_words(council: Callable[..., Any]) -> None:
    """Where the contract says what a place is, its name is not asked."""
    text = """
codes: {kind: {Home: dwelling, Unit: communal}}
lists:
  homes:
    title: Homes
    files: "*.csv"
    people:
      - {role: child, key: id, address: {line: line, kind: {from: kind, codes: kind}}}
"""
    rows = [
        {"id": "1", "line": "1 Refuge House, Invented Road", "kind": "Home"},
        {"id": "2", "line": "2 Invented Road", "kind": "unit"},
    ]
    made = council(text, ("homes", rows))
    assert {(row["house"], row["kind"]) for row in made.table("addresses")} == {
        ("1", "dwelling"),
        ("2", "communal"),
    }


def test_an_address_is_shown_as_a_person_would_write_it(people: Callable[..., Any]) -> None:
    """Where one source shouts and another does not, the address is shown without shouting."""
    made = people(
        {"line": "14 INVENTED ROAD", "postcode": POSTCODE},
        {"line": "14 INVENTED ROAD", "postcode": POSTCODE},
        {"line": "14 Invented Road", "postcode": POSTCODE},
    )
    assert {row["line"] for row in made.table("addresses")} == {f"14 Invented Road, {POSTCODE}"}


def test_an_address_of_several_lines_is_shown_in_one(people: Callable[..., Any]) -> None:
    """Line breaks in a cell are commas on a page."""
    made = people({"line": "14\r\nInvented Road,\nInventon\n", "postcode": POSTCODE})
    assert [row["line"] for row in made.table("addresses")] == [
        f"14, Invented Road, Inventon, {POSTCODE}"
    ]


def test_postcodes_of_another_country_are_taken_as_written(
    empty_council: Callable[[], Any],
) -> None:
    """A contract that names their form has them; elsewhere four digits are no postcode."""
    council = empty_council()
    people = "{role: person, key: id, address: {line: line, postcode: postcode}}"
    lists = f"lists: {{people: {{title: People, files: '*.csv', people: [{people}]}}}}"
    rows = [{"id": "1", "line": "1 Invented Road", "postcode": "3172"}]
    council.deliver("abroad", f"postcodes: '[0-9]{{4}}'\n{lists}", ("people", rows))
    council.deliver("here", lists, ("people", rows))
    council.standardise()
    assert council.records()["abroad:1"]["postcode"] == "3172"
    assert "bad_postcode" in {row["rule"] for row in council.table("issues")}
