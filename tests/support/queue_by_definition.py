"""What a review queue asks, in order, told question by question: what its SQL must find."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import log2
from typing import Any

from random_run import Row, Run

from pei_graph.review.ranking import EXPECTED

SOURCES = "abcdefghijklmn"
RECORDS = tuple(f"{SOURCES[number % len(SOURCES)]}:{number}" for number in range(60))
PERSONS = tuple(f"P{number}" for number in range(12))
STANDS = (
    ("accepted", None), ("possible", None), ("possible", "identifier_conflict"), ("refused", "sex"),
    ("refused", "birth_date"), ("refused", "unheard_of"),
)  # fmt: skip
HELD_BY = (3.0, 9.0, 31.0)
WEIGHTS = (-9.0, -0.5, 3.0 - 5e-7, 3.0 + 5e-7, 12.0, *HELD_BY, *HELD_BY)

Answers = Mapping[str, tuple[int, int]]
"""How many questions of each stratum were answered, and how many of them changed what stood."""


def drawn_run(dice: random.Random) -> Run:
    """Return a run of many links between few persons, in which weights and chances often tie."""
    held = {record: dice.choice(PERSONS) for record in RECORDS}
    records = [
        {"record_id": record, "source": record[0], "source_key": record[2:], "role": "person",
         "forenames": [], "surnames": [], "in_latest": True, "sealed": False}
        for record in RECORDS
    ]  # fmt: skip
    members = [
        {"record_id": record, "person_id": person, "state": "accepted",
         "weakest_link": dice.choice([None, *HELD_BY])}
        for record, person in held.items()
    ]  # fmt: skip
    members += [
        {"record_id": record, "person_id": person, "state": "possible", "weakest_link": 3.0}
        for record in RECORDS for person in PERSONS
        if person != held[record] and dice.random() < 0.05
    ]  # fmt: skip
    of = {person: [record for record in RECORDS if held[record] == person] for person in PERSONS}
    persons = [
        {"person_id": person, "records": len(records), "sealed": False,
         "sources": sorted({record[0] for record in records})}
        for person, records in of.items()
    ]  # fmt: skip
    pairs = [
        (left, right) for left, right in combinations(sorted(RECORDS), 2)
        if dice.random() < (0.6 if held[left] == held[right] else 0.1)
    ]  # fmt: skip
    facts = [
        {"fact_id": number, "record_id": dice.choice(RECORDS), "type": "case", "worker": "w",
         "kind": dice.choice(["involvement", "address"]), "from_date": date(2026, 1, 2),
         "to_date": dice.choice([None, date(2026, 2, 3)])}
        for number in range(24)
    ]  # fmt: skip
    return {
        "records": records,
        "members": members,
        "persons": persons,
        "links": [_link(dice, *pair) for pair in pairs],
        "facts": facts,
    }


def _link(dice: random.Random, left: str, right: str) -> Row:
    state, veto = dice.choice(STANDS)
    return {
        "record_l": left,
        "record_r": right,
        "weight": dice.choice(WEIGHTS),
        "state": state,
        "veto": veto,
        "probability": 0.5,
        "reason": "model",
        "match_key": f"{left}{right}",
    }


def asked(run: Run, answers: Answers) -> list[dict[str, Any]]:
    """Return every question that a run raises, in order."""
    questions = [*_joins(run), *_splits(run)]
    busy = {
        fact["record_id"] for fact in run["facts"]
        if fact["kind"] == "involvement" and fact["to_date"] is None
    }  # fmt: skip
    for question in questions:
        question["open_case"] = bool({question["record_l"], question["record_r"]} & busy)
        question["stratum"] = _stratum(question)
        given, changing = answers.get(question["stratum"], (0, 0))
        question["chance"] = (_expected(question) * 10 + changing) / (10 + given)
        question["priority"] = (
            question["chance"] * question["settled"] * (1.5 if question["open_case"] else 1.0)
        )
    return sorted(questions, key=lambda q: (-q["priority"], q["record_l"], q["record_r"]))


def own(run: Run) -> dict[str, str]:
    """Return whose each record is."""
    return {
        row["record_id"]: row["person_id"] for row in run["members"] if row["state"] == "accepted"
    }


def _joins(run: Run) -> Iterator[dict[str, Any]]:
    """Of the links between two persons the strongest, of what is not refused if there is any."""
    person = own(run)
    believed = {
        tuple(sorted((person[row["record_id"]], row["person_id"]))) for row in run["members"]
        if row["state"] == "possible"
    }  # fmt: skip
    known = {row["person_id"]: row for row in run["persons"]}
    between: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for link in run["links"]:
        ends = tuple(sorted({person[link["record_l"]], person[link["record_r"]]}))
        if len(ends) > 1:
            between[ends].append(link)
    for ends, links in between.items():
        states = [link["state"] for link in links]
        best = min(
            links, key=lambda k: (k["state"] != "accepted", k["state"] != "possible", *_by(k))
        )
        left, right = (known[end] for end in ends)
        if best["state"] == "possible" and ends not in believed:
            best = best | {"state": "outweighed"}
        yield _question("join", best, ends) | {
            "torn": {"accepted", "refused"} <= set(states),
            "twice": len({*left["sources"]} & {*right["sources"]}),
            "settled": left["records"] * right["records"],
        }


def _splits(run: Run) -> Iterator[dict[str, Any]]:
    """Where a weak link alone holds records in, those against the records held in better."""
    members = {row["record_id"]: row for row in run["members"] if row["state"] == "accepted"}
    holding: dict[tuple[str, float], list[Row]] = defaultdict(list)
    for link in run["links"]:
        left, right = (members[link[end]] for end in ("record_l", "record_r"))
        weakest = {left["weakest_link"], right["weakest_link"]}
        if left["person_id"] != right["person_id"] or None in weakest or len(weakest) == 1:
            continue
        if link["weight"] < 12 and abs(link["weight"] - min(weakest)) <= 1e-6:
            holding[left["person_id"], min(weakest)].append(link)
    for (person, held_by), links in holding.items():
        best = min(links, key=_by)
        hanging, better = _sides(run["members"], person, held_by)
        twice = len({record[0] for record in hanging} & {record[0] for record in better})
        if better and (best["weight"] < 6 or twice):
            yield _question("split", best, (person, person)) | {
                "torn": False,
                "twice": twice,
                "settled": len(hanging) * len(better),
            }


def _sides(members: Sequence[Row], person: str, held_by: float) -> tuple[list[str], list[str]]:
    held = {
        row["record_id"]: row["weakest_link"] for row in members
        if row["person_id"] == person and row["state"] == "accepted" and row["weakest_link"]
    }  # fmt: skip
    hanging = [record for record, weakest in held.items() if weakest == held_by]
    return hanging, [record for record, weakest in held.items() if weakest > held_by]


def _by(link: Row) -> tuple[float, str, str]:
    return -link["weight"], link["record_l"], link["record_r"]


def _question(kind: str, link: Row, ends: Sequence[str]) -> dict[str, Any]:
    told = {name: link[name] for name in ("record_l", "record_r", "weight", "state", "veto")}
    return {"kind": kind, **told, "person_l": ends[0], "person_r": ends[1]}


def _stratum(question: Mapping[str, Any]) -> str:
    band = min(max(question["weight"], -4), 12) // 2 * 2
    twice = {0: "never", 1: "once"}.get(question["twice"], "often")
    return f"{question['kind']} {question['veto'] or question['state']} {band:+.0f} twice {twice}"


def _expected(question: Mapping[str, Any]) -> float:
    """Return how likely the answer is to change what stands, before anybody has answered."""
    if question["kind"] == "split":
        least = 3.0 if question["state"] == "possible" else 0.0
        bits = 3.0 * question["twice"] - 2.0 - max(question["weight"], least)
    else:
        stands = question["veto"] or question["state"]
        bits = EXPECTED.get(stands, 0.0) - 3.0 * question["twice"]
        if stands != "accepted":
            bits -= 2 * max(log2(question["settled"] / 2), 0.0)
    return float(1 / (1 + 2**-bits))
