"""Settling the part that changed says what resolving everything would say."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.long

MakeTown = Callable[[], Any]
TABLES = (
    "members", "persons", "residences", "families", "relations", "identity_log", "heirs", "issues",
)  # fmt: skip
RECORDS = [f"{source}:{number:02}" for source in "abc" for number in range(20)]
CROWDED, SCATTERED = 9, 40
"""Homes of a town where everybody is near everybody, and of one where most are out of reach."""

WITH_ONE_BACK = 10
"""Draws a record that left and comes back as somebody else's, when it matters whose it was."""

DAYS = (date(2026, 11, 1), date(2026, 11, 1), date(2030, 1, 5), date(2030, 1, 20))
"""Of four refreshes."""
EARLY, BETWEEN, LATE = date(2030, 1, 5), date(2030, 1, 15), date(2030, 1, 28)
OF_AGE = date(2012, 1, 15)
"""The birthday of those who come of age between the two days."""


def _case_family(record: str) -> str | None:
    return f"a:{int(record[2:]) // 3}" if record[0] == "a" else None


def _draw_record(town: Any, record: str, draw: random.Random, homes: int) -> None:
    """A record stands, with where it lives and lived and to whom it is related."""
    home = f"home {draw.randrange(homes)}" if draw.random() < 0.8 else None
    town.record(
        record,
        forename=draw.choice(["testa", "tim", "mona", None]),
        surname=draw.choice(["example", "other"]),
        sex=draw.choice(["F", "M", None, None]),
        birth_date=draw.choice([date(2015, 1, 2), date(1980, 1, 2), None]),
        birth_date_quality=draw.choice(["exact"] * 5 + ["expected"]),
        address_id=home,
        case_family=_case_family(record),
    )
    for _ in range(draw.choice([0, 0, 1, 2])):
        start = date(2010 + draw.randrange(15), 1, 1)
        end = date(2026, 1, 1) if record in {"c:03", "c:07", "c:11"} else None
        town.lives(
            record, f"home {draw.randrange(homes)}", from_date=start, to_date=end,
            type="placement" if int(record[2:]) % 4 == 1 else "residence",
        )  # fmt: skip
    if record > "b:10":
        town.fact(record, "involvement", from_date=date(2000 + int(record[2:]), 1, 1))
    if int(record[2:]) % 7 == 2:
        taken = date(2010 + draw.randrange(15), 1, 1)
        town.fact(record, "involvement", type="looked_after", from_date=taken)
        town.fact(record, "involvement", type="adoption_order", from_date=date(2025, 1, 1))
    if draw.random() < 2.7 / homes:
        town.fact(record, "relationship", type="parent", other_record_id=draw.choice(RECORDS))


def _draw_links(town: Any, record: str, others: list[str], draw: random.Random) -> set[str]:
    """The record has a few links; return their other ends."""
    ends = set(draw.sample(others, min(len(others), draw.choice([0, 1, 1, 2]))))
    for other in sorted(ends):
        state = draw.choice(["accepted", "accepted", "possible"])
        reason = draw.choice(["model", "model", "identifier"])
        town.link(record, other, draw.choice([4.0, 7.0, 9.0, 20.0]), state=state, reason=reason)
    return ends


def _begin(town: Any, seed: int, homes: int = CROWDED) -> None:
    draw = random.Random(seed)  # noqa: S311 - invented people need no secret
    flats = {1: "2/3", 5: "1/3"}
    for home in range(6):
        house = flats.get(home, str(home))
        where = {"postcode": f"ZZ1 {home % 2}AA", "house": house, "street": "sham street"}
        town.address(f"home {home}", "block" if home == 3 else "dwelling", **where)
    town.address("home 6", "partial", postcode="ZZ1 0AA")
    town.address("home 7", house="3", street="sham street")
    town.address("home 8", "communal")
    for home in range(CROWDED, homes):
        town.address(f"home {home}", postcode=f"ZZ{home} 1AA", house="1", street="sham road")
    standing: list[str] = []
    for record in RECORDS[:45]:
        _draw_record(town, record, draw, homes)
        if standing:
            _draw_links(town, record, standing, draw)
        standing.append(record)
    for _ in range(4):
        town.judge(*draw.sample(standing, 2), draw.choice(["same", "different", "unsure"]))
    town.resolve()


def _change(town: Any, seed: int, homes: int = CROWDED) -> tuple[set[str], set[str]]:
    """Some records are gone, changed or new, some verdicts too.

    Return the records of which something else is told, and those linked or judged otherwise.
    """
    draw = random.Random(seed)  # noqa: S311
    standing = [row[0] for row in town.rows("SELECT record_id FROM records ORDER BY record_id")]
    told: set[str] = set()
    linked_otherwise: set[str] = set()
    for record in draw.sample(RECORDS, 5):
        linked = f"'{record}' IN (record_l, record_r)"
        ends = town.rows(f"SELECT unnest([record_l, record_r]) FROM links WHERE {linked}")
        linked_otherwise |= {row[0] for row in ends}
        told |= {record}
        told |= {each for each in RECORDS if _case_family(each) == (_case_family(record) or "-")}
        town.forget("links", linked)
        town.forget("facts", f"record_id = '{record}'")
        town.forget("records", f"record_id = '{record}'")
        standing = [each for each in standing if each != record]
        if draw.random() < 0.8:
            _draw_record(town, record, draw, homes)
            linked_otherwise |= _draw_links(town, record, standing, draw)
            standing.append(record)
    if draw.random() < 0.5 and town.judgements:
        gone = town.judgements.pop(draw.randrange(len(town.judgements)))
        linked_otherwise |= {gone.record_l, gone.record_r}
    if draw.random() < 0.5:
        town.judge(*draw.sample(standing, 2), draw.choice(["same", "different", "unsure"]))
    return told, linked_otherwise


def _settle(town: Any, seed: int, homes: int = CROWDED) -> None:
    told, linked_otherwise = _change(town, seed, homes)
    town.settle(*told, linked=linked_otherwise)


def _said(town: Any) -> dict[str, list[tuple[Any, ...]]]:
    said = {table: town.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}
    said["register"] = town.rows(f"SELECT * FROM read_parquet('{town.register}') ORDER BY ALL")
    return said


@pytest.mark.parametrize("seed", [0, 1, 2, WITH_ONE_BACK])
@pytest.mark.parametrize("homes", [CROWDED, SCATTERED])
def test_a_part_is_settled_as_the_whole_would_be(
    make_town: MakeTown, homes: int, seed: int
) -> None:
    """Over four refreshes every table, every id and the register are those of full runs.

    The third is years later, the fourth another day of that month.
    """
    whole, part = make_town(), make_town()
    for town in (whole, part):
        _begin(town, seed, homes)
    for step in range(4):
        whole.day = part.day = DAYS[step]
        _change(whole, 100 * seed + step, homes)
        _settle(part, 100 * seed + step, homes)
        whole.forget("issues")
        whole.resolve()
        said, wanted = _said(part), _said(whole)
        for table, rows in wanted.items():
            assert said[table] == rows, f"{table} at step {step}"


def _born(town: Any, record: str, *columns: date | None) -> None:
    town.con.execute(
        "UPDATE records SET birth_date = ?, born_from = ?, born_to = ? WHERE record_id = ?",
        [*columns, record],
    )


DATES: dict[str, Callable[[Any, str, str], None]] = {
    "is born": lambda town, record, _: _born(town, record, OF_AGE, None, None),
    "is born later": lambda town, record, _: _born(
        town, record, None, OF_AGE, OF_AGE + timedelta(9000)
    ),
    "is born before": lambda town, record, _: _born(town, record, None, None, OF_AGE),
    "is likely born": lambda town, record, _: _born(
        town, record, None, OF_AGE - timedelta(900), OF_AGE + timedelta(100)
    ),
    "moves in": lambda town, record, home: town.lives(record, home, from_date=BETWEEN),
    "moves out": lambda town, record, home: town.lives(record, home, to_date=BETWEEN),
    "is met": lambda town, record, _: town.fact(record, "involvement", from_date=BETWEEN),
}
"""What may be dated between two days of a month, or by those who come of age then."""


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dated", DATES)
def test_a_day_touches_those_alone_for_whom_it_matters(
    make_town: MakeTown, dated: str, seed: int
) -> None:
    """Nothing else having changed, homes on another day of the month are those of a full run."""
    whole, part = make_town(), make_town()
    for town in (whole, part):
        _begin(town, seed, SCATTERED)
        draw = random.Random(seed)  # noqa: S311
        for (record,) in town.rows("SELECT record_id FROM records ORDER BY record_id"):
            if draw.random() < 0.3:
                DATES[dated](town, record, f"home {draw.randrange(CROWDED)}")
        town.day = EARLY
        town.resolve()
    for day in (LATE, EARLY):
        whole.day = part.day = day
        part.settle()
        whole.forget("issues")
        whole.resolve()
        said, wanted = _said(part), _said(whole)
        for table, rows in wanted.items():
            assert said[table] == rows, f"{table} on {day}"


@pytest.mark.parametrize("seed", [40, 50])
def test_unchanged_persons_keep_their_ids_over_twenty_refreshes(
    make_town: MakeTown, seed: int
) -> None:
    """Whatever else changes, whoever is made of the same records is called the same."""
    town = make_town()
    _begin(town, seed)
    kept = 0
    for step in range(20):
        before = {people: town.ids()[min(people)] for people in town.people()}
        _settle(town, 10 * seed + step)
        after = {people: town.ids()[min(people)] for people in town.people()}
        unchanged = before.keys() & after.keys()
        kept += len(unchanged)
        assert {p: after[p] for p in unchanged} == {p: before[p] for p in unchanged}
        assert len(set(after.values())) == len(after)
    assert kept > 100


def test_a_verdict_touches_only_what_it_speaks_of(make_town: MakeTown) -> None:
    """People whom no judged record can reach keep their rows: their persons are not touched."""
    town = make_town()
    town.records("a:1", "b:1", "a:2", "b:2")
    town.link("a:1", "b:1")
    town.link("a:2", "b:2")
    town.resolve()
    other = town.ids()["a:2"]
    town.judge("a:1", "b:1", "different")
    town.settle(linked=("a:1", "b:1"))
    assert town.people() == {frozenset({"a:1"}), frozenset({"b:1"}), frozenset({"a:2", "b:2"})}
    assert (other,) not in town.rows("SELECT id FROM person_touched")


def test_withdrawing_a_verdict_restores_what_was(make_town: MakeTown) -> None:
    """Settled with a verdict and then without it, the same records are one person as before."""
    town = make_town()
    _begin(town, 7)
    before = town.people()
    town.judge("a:01", "b:01", "same")
    town.settle(linked=("a:01", "b:01"))
    assert town.people() != before
    town.judgements.pop()
    town.settle(linked=("a:01", "b:01"))
    assert town.people() == before
