"""Pairs go out as a sheet, are judged elsewhere, and come back."""

import csv
from pathlib import Path
from typing import Any

import pytest

from pei_graph.ledger import Ledger, history
from pei_graph.review import (
    SheetError,
    UnknownRecord,
    queue,
    read_judgements,
    write_judgements,
    write_sheet,
)

TIM, LOOSE, BABY = "lcs:1022", "asp:N1044", "lcs:1024"


@pytest.fixture
def sheet(con: Any, ledger: Ledger, links: Any, tmp_path: Path) -> Path:
    """A sheet of two pairs, nothing filled in."""
    links.add(LOOSE, TIM)
    links.add(LOOSE, BABY)
    con.execute("UPDATE records SET address_given = '=1+1' WHERE record_id = 'asp:N1044'")
    file = tmp_path / "sheet.csv"
    assert write_sheet(con, queue(con, history(ledger)), file) == 2
    return file


def fill_in(sheet: Path, **cells: str) -> list[dict[str, str]]:
    """The first line of the sheet holds these cells; return its lines as they were."""
    with sheet.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    with sheet.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows([{**rows[0], **cells}, *rows[1:]])
    return rows


def test_a_filled_sheet_becomes_judgements(con: Any, ledger: Ledger, sheet: Path) -> None:
    """Lines with a verdict are taken once, with what was seen; empty lines are left."""
    rows = fill_in(sheet, verdict="Different", why="-not his street")
    assert rows[0]["address_l"] == "'=1+1"
    brought = read_judgements(con, ledger, sheet, by="clerk")
    assert (brought.taken, brought.known, brought.empty) == (1, 0, 1)
    (kept,) = history(ledger)
    assert (kept.pair, kept.verdict, kept.by) == ((LOOSE, TIM), "different", "clerk")
    assert (kept.digest, kept.shown) == (rows[0]["digest"], "queue")
    again = read_judgements(con, ledger, sheet, by="clerk")
    assert (again.taken, again.known) == (0, 1)


def test_a_change_while_the_sheet_was_out_is_seen(con: Any, ledger: Ledger, sheet: Path) -> None:
    """A record that changed after the sheet was written flags the judgement."""
    fill_in(sheet, verdict="different")
    con.execute("UPDATE records SET surname_given = 'Roe' WHERE record_id = 'asp:N1044'")
    read_judgements(con, ledger, sheet, by="clerk")
    assert queue(con, history(ledger))[0].kind == "again"


def test_the_same_said_of_changed_records_is_new(con: Any, ledger: Ledger, sheet: Path) -> None:
    """Who judges changed records as before has looked at them: they are not asked about again."""
    fill_in(sheet, verdict="different")
    read_judgements(con, ledger, sheet, by="clerk")
    con.execute("UPDATE records SET surname_given = 'Roe' WHERE record_id = 'asp:N1044'")
    asked = queue(con, history(ledger))
    write_sheet(con, asked, sheet)
    fill_in(sheet, verdict="different")
    brought = read_judgements(con, ledger, sheet, by="clerk")
    assert (asked[0].kind, brought.taken, brought.known) == ("again", 1, 0)
    assert asked[0].pair not in [question.pair for question in queue(con, history(ledger))]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"verdict": "perhaps"}, SheetError),
        ({"verdict": "same", "record_r": LOOSE}, SheetError),
        ({"verdict": "same", "record_l": "asp:nobody"}, UnknownRecord),
    ],
)
def test_a_wrong_line_takes_nothing_in(
    con: Any, ledger: Ledger, sheet: Path, cells: dict[str, str], problem: type[Exception]
) -> None:
    """An unknown verdict, a record twice or an unknown one is an error before anything is taken."""
    fill_in(sheet, **cells)
    with pytest.raises(problem):
        read_judgements(con, ledger, sheet, by="clerk")
    assert history(ledger) == []


def test_a_file_that_is_no_sheet_is_refused(con: Any, ledger: Ledger, tmp_path: Path) -> None:
    """A missing column is named, with what to do."""
    file = tmp_path / "other.csv"
    file.write_text("record_l,record_r\n")
    with pytest.raises(SheetError, match="lacks the column verdict"):
        read_judgements(con, ledger, file, by="clerk")


def test_exported_judgements_come_back_as_they_were(
    con: Any, ledger: Ledger, sheet: Path, tmp_path: Path
) -> None:
    """What is written out and read into the same ledger changes nothing."""
    fill_in(sheet, verdict="same", why="one mother")
    read_judgements(con, ledger, sheet, by="clerk")
    before = history(ledger)
    assert write_judgements(before, tmp_path / "all.csv") == 1
    assert read_judgements(con, ledger, tmp_path / "all.csv", by="nobody").known == 1
    assert history(ledger) == before
