"""Runs of a handful of invented records, drawn by dice: two of them share much and differ much."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb

from pei_graph import tables

Row = dict[str, Any]
Run = dict[str, list[Row]]
"""Rows by the names of the tables they stand in."""
TABLES = {table.name: table for table in tables.STAGE_TABLES}

RECORDS = tuple(f"s{number % 3}:{number}" for number in range(9))
PERSONS, FAMILIES, PLACES = ("P1", "P2", "P3", "P4"), ("F1", "F2"), ("A1", "A2", "A3")
TEXTS = (None, "", "one", "two\nlines")
BITS = dict.fromkeys(("forename", "surname", "birth_date", "sex"), 0.0)
DAYS = (None, date(2020, 1, 2), date(2021, 3, 4))


def drawn(dice: random.Random) -> Run:
    """Return the rows of a run's tables: whoever is spoken of stands there."""
    records = [record for record in RECORDS if dice.random() < 0.7]
    held = {record: dice.choice(PERSONS) for record in records}
    persons, places = sorted(set(held.values())), [p for p in PLACES if dice.random() < 0.8]
    run: Run = {table: list(rows) for table, rows in _of_records(dice, held, places)}
    run |= {table: list(rows) for table, rows in _of_persons(dice, persons, places)}
    run["findings"] = _findings(dice, run)
    run["ended"] = [
        {"fact_id": fact["fact_id"], "record_id": fact["record_id"],
         "because": dice.choice(["closed", "elsewhere"])}
        for fact in run["facts"] if dice.random() < 0.3
    ]  # fmt: skip
    run["deliveries"] = [
        {"delivery_id": f"{source}-{day}", "source": source, "list": "l", "file": "f",
         "sha256": "0", "delivered_on": day, "sequence": 1, "rows_in": 1,
         "status": dice.choice(["loaded", "loaded", "refused"])}
        for source in ("s0", "s1", "s2") for day in DAYS[1:] if dice.random() < 0.7
    ]  # fmt: skip
    run["addresses"] = [
        {"address_id": place, "kind": "dwelling", "line": dice.choice(TEXTS),
         "sealed": dice.random() < 0.2}
        for place in places
    ]  # fmt: skip
    return run


def _of_records(
    dice: random.Random, held: dict[str, str], places: list[str]
) -> Iterator[tuple[str, Iterator[Row]]]:
    yield "records", (
        {"record_id": record, "source": record[:2], "source_key": record, "role": "person",
         "forename": dice.choice(TEXTS), "forenames": [], "surnames": [],
         "birth_date": dice.choice(DAYS), "address_id": dice.choice([None, *places]),
         "delivery_id": dice.choice("de"), "row": dice.randrange(9), "last_seen": dice.choice(DAYS),
         "in_latest": dice.random() < 0.7, "sealed": dice.random() < 0.2}
        for record in held
    )  # fmt: skip
    yield "identifiers", (
        {"record_id": record, "scheme": scheme, "value": dice.choice("12"), "valid": True}
        for record in held for scheme in ("one", "two") if dice.random() < 0.5
    )  # fmt: skip
    possible = {(record, dice.choice(list(held.values()))) for record in held}
    states = dict.fromkeys(possible, "possible") | dict.fromkeys(held.items(), "accepted")
    yield "members", (
        {"record_id": record, "person_id": person, "state": state,
         "probability": dice.choice([None, 0.25, 0.75]), "match_key": dice.choice(TEXTS)}
        for (record, person), state in states.items()
    )  # fmt: skip
    yield "links", (
        {"record_l": one, "record_r": other, "weight": dice.choice([1.5, 7.25]),
         "probability": 0.5, "reason": "model", "match_key": "", "bits": BITS,
         "state": dice.choice(["accepted", "refused"]), "veto": dice.choice([None, "sex"])}
        for one in held for other in held if one < other and dice.random() < 0.2
    )  # fmt: skip
    yield "facts", (
        {"fact_id": number, "record_id": dice.choice(list(held)), "kind": kind, "type": "home",
         "detail": dice.choice(TEXTS), "from_date": dice.choice(DAYS),
         "value": dice.choice([None, 1.5]), "address_id": dice.choice([None, *places]),
         "source": "s1", "delivery_id": "d", "row": 1}
        for number, kind in enumerate(["involvement", "address"] * 8)
        if held and dice.random() < 0.7
    )  # fmt: skip


def _of_persons(
    dice: random.Random, persons: list[str], places: list[str]
) -> Iterator[tuple[str, Iterator[Row]]]:
    yield "persons", (
        {"person_id": person, "forename": dice.choice(TEXTS), "birth_date": dice.choice(DAYS),
         "records": dice.choice([1, 2]), "sources": ["s1"], "sealed": dice.random() < 0.2,
         "died": dice.choice(DAYS), "said_died": dice.choice(DAYS)}
        for person in persons
    )  # fmt: skip
    homes = {person: dice.choice([None, *places]) for person in persons}
    yield "residences", (
        {"person_id": person, "address_id": place, "from_date": dice.choice(DAYS),
         "current": place == homes[person], "sources": dice.choice([[], ["s1"], ["s1", "s2"]])}
        for person in persons for place in places if dice.random() < 0.4
    )  # fmt: skip
    yield "families", (
        {"family_id": dice.choice(FAMILIES), "person_id": person,
         "role": dice.choice(["adult", "child"]), "address_id": dice.choice(places),
         "from_date": dice.choice(DAYS)}
        for person in persons if places and dice.random() < 0.8
    )  # fmt: skip
    yield "relations", (
        {"person_id": one, "other_person_id": other, "kind": kind, "source": "s1",
         "from_date": dice.choice(DAYS)}
        for one in persons for other in persons for kind in ("parent", "sibling")
        if one != other and dice.random() < 0.3
    )  # fmt: skip
    yield "criteria", (
        {"pack": "p", "criterion": name, "area": "a", "subject": "person", "why": "",
         "parameters": "{}", "title": dice.choice("ab"), "as_of": dice.choice(DAYS[1:])}
        for name in ("one", "two") if dice.random() < 0.9
    )  # fmt: skip


def _findings(dice: random.Random, run: Run) -> list[Row]:
    """Return what criteria of a run find for its persons and families."""
    subjects = [("person", row["person_id"]) for row in run["persons"]]
    subjects += [("family", each) for each in {row["family_id"] for row in run["families"]}]
    return [
        {"pack": "p", "criterion": row["criterion"], "area": "a", "subject_kind": kind,
         "subject": subject, "state": dice.choice(["met", "cusp"]),
         "value": dice.choice([1.0, 2.0]), "evidence": dice.choice([[], [1], [1, 2]])}
        for row in run["criteria"] for kind, subject in sorted(subjects) if dice.random() < 0.3
    ]  # fmt: skip


def put(con: duckdb.DuckDBPyConnection, run: Run) -> None:
    """The tables, which are there, hold the run's rows and no others."""
    for name, rows in run.items():
        columns = TABLES[name].columns
        con.execute(f"DELETE FROM {name}")
        values = [[row.get(column) for column in columns] for row in rows]
        if values:
            marks = ", ".join("?" * len(columns))
            con.executemany(f"INSERT INTO {name} VALUES ({marks})", values)
