"""The council's people are believable, and nobody could take them for real."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from stdnum.gb.nhs import is_valid as is_valid_nhs_number
from stdnum.gb.upn import is_valid as is_valid_upn

from pei_graph.synthetic.identifiers import nhs_number, upn

ROLL = {"path": "sources/capita_one/roll.txt", "delimiter": "\t", "encoding": "cp1252"}
Read = Callable[..., list[dict[str, str]]]


def test_identifiers_pass_their_checks() -> None:
    """NHS numbers and pupil numbers carry sound check digits, and no two people share one."""
    numbers = [number for serial in range(2000) if (number := nhs_number(serial))]
    pupils = [upn(serial, 2015) for serial in range(2000)]
    assert all(is_valid_nhs_number(number) for number in numbers)
    assert all(is_valid_upn(number) for number in pupils)
    assert len({*numbers, *pupils}) == len(numbers) + len(pupils)


def test_nhs_numbers_lie_in_the_range_for_tests() -> None:
    """Every NHS number starts 999."""
    assert {(nhs_number(serial) or "999")[:3] for serial in range(2000)} == {"999"}


def test_nothing_points_at_a_real_place(council: Path) -> None:
    """Postcodes lie in areas that do not exist, telephones in the range kept for drama."""
    text = "".join(
        file.read_text("latin-1") for file in (council / "sources").rglob("*.[ct][sx][vt]")
    )
    postcodes = re.findall(r"\b([A-Z]{1,2})\d{1,2} \d[A-Z]{2}\b", text)
    telephones = re.findall(r"\b0\d{3,4} \d{5,6}\b", text)
    assert set(postcodes) <= {"ZZ", "ZY"}
    assert telephones
    assert {number[:9] for number in telephones} == {"01632 960"}


def test_dwellings_have_invented_property_numbers(rows: Read) -> None:
    """A property reference is twelve digits and starts 99."""
    found = {row["UPRN"] for row in rows(**ROLL)} - {""}
    assert {number for number in found if not re.fullmatch(r"99\d{10}", number)} == set()


def test_twins_are_born(rows: Read) -> None:
    """Some pupils of one address share a birthday under two forenames."""
    births = Counter((r["ADDRESS"], r["DOB"]) for r in rows(**ROLL) if r["ADDRESS"] and r["DOB"])
    assert any(count > 1 for count in births.values())


def test_names_come_from_many_traditions(rows: Read) -> None:
    """Pupils of a small council stand under at least eight ethnicities."""
    assert len({row["ETHNICITY"] for row in rows(**ROLL)}) >= 8


def test_schools_know_every_pupil_twice(rows: Read) -> None:
    """Whoever stands in a School Census stands in the education system too."""
    persons = rows("truth/persons.csv")
    known = {source: {r["person"] for r in persons if r["source"] == source}
             for source in ("school_census", "capita_one")}  # fmt: skip
    assert known["school_census"] < known["capita_one"]


def test_each_source_knows_a_believable_share(rows: Read) -> None:
    """Social care knows some people in ten, schools a third of them, police fewer than half."""
    persons = rows("truth/persons.csv")
    everybody = len({row["person"] for row in persons})
    known = Counter(s for s, _ in {(row["source"], row["person"]) for row in persons})
    shares = {source: count / everybody for source, count in known.items()}
    assert 0.05 < shares["lcs"] < 0.25
    assert 0.25 < shares["school_census"] < 0.45
    assert 0.1 < shares["asp"] < 0.4
    assert 2 < len(persons) / everybody < 3.5


def test_police_hold_second_records_and_strangers(council: Path, rows: Read) -> None:
    """The police know some people twice, and some from out of the area."""
    with sqlite3.connect(council / "sources/asp/asp_export.sqlite") as con:
        strangers = con.execute("SELECT count(*) FROM nominals WHERE OUT_OF_FORCE = '1'").fetchone()
    con.close()
    nominals = Counter(r["person"] for r in rows("truth/persons.csv") if r["source"] == "asp")
    assert strangers[0] > 0
    assert max(nominals.values()) == 2
