"""Names, as sources write them, become comparable without losing what was written."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

WHOLE = """
lists:
  {order}:
    title: Whole names
    files: "*.csv"
    people: [{{role: person, key: id, fields: {{name: {{from: name, order: "{words}"}}}}}}]
"""

ORDERS = {
    "given_first": "forename surname",
    "comma": "surname, forename",
    "family_first": "surname forename",
}


def test_names_become_lower_case_ascii(people: Callable[..., Any]) -> None:
    """Capitals, accents, apostrophes, hyphens and other scripts fold to plain letters."""
    written = {
        ("TESTA", "EXAMPLE"): ("testa", "example"),
        ("  Testa ", "O'Example"): ("testa", "oexample"),
        ("Têstá", "Exämple-Smith"): ("testa", "example smith"),
        ("Anne-Testa", "O Example"): ("anne testa", "oexample"),
        ("Žofíja", "Ελένη"): ("zofija", "eleni"),
        ("T3sta", "Mac Example"): ("testa", "macexample"),
    }
    made = people(*({"forename": f, "surname": s} for f, s in written)).records()
    assert {
        (row["forename_given"], row["surname_given"]): (row["forename"], row["surname"])
        for row in made.values()
    } == {(f.strip(), s): plain for (f, s), plain in written.items()}


def test_titles_and_suffixes_are_no_part_of_a_name(people: Callable[..., Any]) -> None:
    """Mr, Dr, Jr and the like fall away; a name that is only such a word stays."""
    made = people(
        {"forename": "Mrs. Testa", "surname": "Example Jr."},
        {"forename": "Dr", "surname": "Lord"},
    ).records()
    assert {(row["forename"], row["surname"]) for row in made.values()} == {
        ("testa", "example"),
        ("dr", "lord"),
    }


def test_several_given_names_are_one_forename_and_middle_names(
    people: Callable[..., Any],
) -> None:
    """The first given name is the forename; all of them together remain a spelling too."""
    record = people({"forename": "Testa Maria", "middle": "Ann", "surname": "Example"}).records()[
        "lcs:1"
    ]
    assert record["forename"] == "testa"
    assert record["middle_names"] == "maria ann"
    assert record["forenames"] == ["testa", "testa maria"]


def test_every_spelling_is_kept_main_one_first(people: Callable[..., Any]) -> None:
    """Known-as, former and preferred names, and halves of double surnames, are spellings too."""
    record = people(
        {
            "forename": "Testa",
            "known": "Tess",
            "surname": "Example-Smith",
            "former": "Oldname",
            "preferred": "Example",
        }
    ).records()["lcs:1"]
    assert record["forenames"] == ["testa", "tess"]
    assert record["surnames"][0] == "example smith"
    assert set(record["surnames"]) == {"example smith", "example", "smith", "oldname"}
    assert len(record["surnames"]) == len(set(record["surnames"]))


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("Twin 1", 1), ("TWIN B", 2), ("twin one", 1), ("Baby girl 2", 2), ("Baby-B", 2),
        ("Twin (three)", 3), ("Triplet 3", 3), ("Baby", None), ("Baby boy", None),
    ],
)  # fmt: skip
def test_which_of_several_born_together_is_kept_of_an_unnamed_child(
    people: Callable[..., Any], written: str, order: int | None
) -> None:
    """What stands for the name of one of twins is no name, but says which of them it is."""
    record = people({"forename": written, "surname": "Example"}).records()["lcs:1"]
    assert (record["forename"], record["birth_order"]) == (None, order)


def test_which_twin_it_is_counts_until_the_name_is_known(people: Callable[..., Any]) -> None:
    """A known name is shown and counts, though the source says Twin 1 as well."""
    record = people({"forename": "Twin 1", "known": "Tess", "surname": "Example"}).records()[
        "lcs:1"
    ]
    assert (record["forename"], record["forename_given"]) == ("tess", "Tess")
    assert record["birth_order"] is None


def test_particles_are_no_halves_of_a_surname(people: Callable[..., Any]) -> None:
    """Of *van der Example* only *Example* is a part that may stand alone."""
    record = people({"surname": "van der Example"}).records()["lcs:1"]
    assert record["surnames"] == ["van der example", "example"]


def test_nobody_is_called_unknown(people: Callable[..., Any]) -> None:
    """A cell that says the name is not known is empty, and an issue counts such cells."""
    made = people(
        {"forename": "Baby", "surname": "Example"},
        {"forename": "UNKNOWN", "surname": "N/A"},
        {"forename": "Testa", "surname": "N/K"},
    )
    assert {(row["forename"], row["surname"]) for row in made.records().values()} == {
        (None, "example"),
        (None, None),
        ("testa", None),
    }
    assert made.issues("placeholder_name") == {
        ("placeholder_name", "forename", 2, 2),
        ("placeholder_name", "surname", 3, 1),
    }


def test_words_about_a_child_or_an_entry_are_no_names(people: Callable[..., Any]) -> None:
    """Whose baby it is, which twin, who somebody is to the child, or that the entry is none."""
    words = ("Baby of Testa", "B/O Testa", "Twin 2", "baby girl A", "Mum", "Mrs", "DUPLICATE")
    made = people(
        *({"forename": word, "surname": "Example"} for word in words),
        {"forename": "Testa (Mother)", "surname": "Example"},
        {"forename": "Testa - step mother", "surname": "Example [carer]"},
        {"forename": "Babita", "surname": "Fatherill"},
    )
    assert [(row["forename"], row["surname"]) for row in made.records().values()] == [
        *[(None, "example")] * len(words),
        *[("testa", "example")] * 2,
        ("babita", "fatherill"),
    ]


def test_other_names_told_in_a_cell_are_spellings(people: Callable[..., Any]) -> None:
    """Née, formerly and known as stand between two names, and are none themselves."""
    made = people(
        {"forename": "Testa", "surname": "Example (née Sample)"},
        {"forename": "Testa", "surname": "Example formerly Sample"},
        {"forename": "Testa aka Tess", "surname": "Example"},
        {"forename": "Testa known as Tess", "surname": "Example"},
    ).records()
    told = [(row["forename"], row["middle_names"], row["surnames"]) for row in made.values()]
    assert told == [
        *[("testa", None, ["example sample", "example", "sample"])] * 2,
        *[("testa", "tess", ["example"])] * 2,
    ]


def test_a_whole_name_in_one_cell_is_taken_apart(empty_council: Callable[..., Any]) -> None:
    """The contract says in which order a cell holds forename and surname."""
    written = {
        "given_first": {
            "Testa Example": ("testa", "example"),
            "Mr Tim Testa van der Example": ("tim", "van der example"),
            "Example, Testa": ("testa", "example"),
            "Testa": ("testa", None),
            "Mrs Example": (None, "example"),
            "Mr & Mrs T Example": ("t", "example"),
            "Testa Example (mother)": ("testa", "example"),
        },
        "comma": {
            "EXAMPLE, Mrs Testa": ("testa", "example"),
            "Example-Smith,Testa": ("testa", "example smith"),
            "Example": (None, "example"),
            "Example, Mrs": (None, "example"),
        },
        "family_first": {
            "EXAMPLE Testa": ("testa", "example"),
            "de la Example Testa Maria": ("testa", "de la example"),
            "Mr T Example": ("t", "example"),
        },
    }
    council = empty_council()
    for source, words in ORDERS.items():
        rows = [{"id": name, "name": name} for name in written[source]]
        council.deliver(source, WHOLE.format(order=source, words=words), (source, rows))
    records = council.standardise().records().values()
    assert {
        (row["source"], row["source_key"]): (row["forename"], row["surname"]) for row in records
    } == {(source, name): parts for source in written for name, parts in written[source].items()}
    assert all(row["surname_given"] == row["source_key"] for row in records)


def test_older_spellings_remain(council: Callable[..., Any]) -> None:
    """The newest delivery gives the main name; what older ones gave is a spelling."""
    text = """
lists:
  people:
    title: People
    files: "*.csv"
    people: [{role: child, key: id, fields: {forename: forename, surname: surname}}]
"""
    made = council(
        text,
        ("people", [{"id": "1", "forename": "Tim", "surname": "Oldname"}], date(2025, 1, 1)),
        ("people", [{"id": "1", "forename": None, "surname": "Example"}], date(2026, 1, 1)),
    )
    record = made.records()["lcs:1"]
    assert (record["forename"], record["surname"]) == ("tim", "example")
    assert record["surnames"] == ["example", "oldname"]
    assert (record["first_seen"], record["last_seen"]) == (date(2025, 1, 1), date(2026, 1, 1))
