"""The truth agrees with itself, and faultless systems would agree with it."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from pei_graph.contract import vocabulary
from pei_graph.synthetic import FAULTS, Council, Faults, generate

Read = Callable[..., list[dict[str, str]]]
FAULTLESS = Faults(
    typo=0, nickname=0, spelling=0, former_name=0, known_as=0, half_surname=0, swapped_names=0,
    no_birth_date=0, placeholder_date=0, swapped_date=0, wrong_date=0, no_sex=0, wrong_sex=0,
    old_address=0, no_address=0, no_postcode=0, no_uprn=0, street_variant=0, no_identifier=0,
    wrong_identifier=0, duplicate=0,
)  # fmt: skip


def test_nobody_lives_in_two_families(rows: Read) -> None:
    """Each person has at most one current household."""
    people = [row["person"] for row in rows("truth/families.csv")]
    assert len(people) == len(set(people))


def test_the_truth_says_who_everybody_is(rows: Read) -> None:
    """Everybody recorded stands once among the people, with sex, birth and their names' origin."""
    people = rows("truth/people.csv")
    recorded = {row["person"] for row in rows("truth/persons.csv")}
    assert sorted(row["person"] for row in people) == sorted(recorded)
    assert {row["sex"] for row in people} == {"F", "M"}
    assert len({row["tradition"] for row in people}) >= 8
    assert all(row["born"] for row in people)


def test_no_record_is_two_peoples(rows: Read) -> None:
    """A source's key is one person's; adopters' numbers lie above the largest of a child's."""
    keys = Counter((row["source"], row["key"]) for row in rows("truth/persons.csv"))
    assert max(keys.values()) == 1
    adopters = [
        int(row["key"])
        for row in rows("truth/persons.csv")
        if row["source"] == "annex_a" and row["person"].startswith("A")
    ]
    assert min(adopters, default=10**8) > 5_000_000 + 9_000_011


def test_twins_share_a_birth(rows: Read) -> None:
    """Those who share a birth were born on one day; both of some twins are recorded."""
    births: dict[str, list[str]] = defaultdict(list)
    for row in rows("truth/people.csv"):
        if row["birth"]:
            births[row["birth"]].append(row["born"])
    assert any(len(days) == 2 for days in births.values())
    assert {birth for birth, days in births.items() if len(set(days)) > 1} == set()


def test_families_are_of_recorded_people(rows: Read) -> None:
    """Only those whom some system holds stand in a family: the rest cannot be found."""
    recorded = {row["person"] for row in rows("truth/persons.csv")}
    assert {row["person"] for row in rows("truth/families.csv")} <= recorded


def test_some_people_have_no_family(rows: Read) -> None:
    """People in a refuge, a children's home or a hostel stand in no family."""
    recorded = {row["person"] for row in rows("truth/persons.csv")}
    assert recorded - {row["person"] for row in rows("truth/families.csv")}


def test_every_area_is_met_by_someone(rows: Read) -> None:
    """All six problem areas occur, for families and for persons."""
    met = {(row["subject_kind"], row["area"]) for row in rows("truth/criteria.csv")}
    assert met == {(kind, area) for kind in ("family", "person") for area in vocabulary().areas}


def test_a_family_has_its_members_problems(rows: Read) -> None:
    """A family meets what its members meet, and of parents who live elsewhere one area at most."""
    family = {row["person"]: row["family"] for row in rows("truth/families.csv")}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows("truth/criteria.csv"):
        subject = row["subject"]
        if row["subject_kind"] == "family":
            found["family"].add((subject, row["area"]))
        elif subject in family:
            found["member"].add((family[subject], row["area"]))
    assert found["member"] <= found["family"]
    brought_in = Counter(subject for subject, _ in found["family"] - found["member"])
    assert brought_in
    assert set(brought_in.values()) == {1}


def test_faultless_clerks_agree(tmp_path: Path) -> None:
    """With every fault switched off, social care and schools write one date of birth and name."""
    council = Council(faults=dict.fromkeys(FAULTS, FAULTLESS))
    generate(tmp_path, people=250, seed=4, council=council)
    with (tmp_path / "truth/persons.csv").open(encoding="utf-8") as file:
        who = {(row["source"], row["key"]): row["person"] for row in csv.DictReader(file)}
    names: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for path, key, delimiter in (("lcs/clients.csv", "PERSON_ID", ","),
                                 ("capita_one/roll.txt", "STUD_ID", "\t"),
                                 ("childview/young_people.csv", "CV_ID", ",")):  # fmt: skip
        with (tmp_path / "sources" / path).open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter=delimiter):
                person = who[path.split("/")[0], row[key]]
                names[person].add((row["FORENAME"], row["SURNAME"], row["DOB"]))
    assert {person for person, written in names.items() if len(written) > 1} == set()
    assert len(names) > 50
