"""Judgements and questions as CSV, so that people can judge elsewhere and bring it back.

A sheet has a line for each pair with both sides' values, and the columns ``verdict`` and ``why`` to
fill in. Whatever is read needs ``record_l``, ``record_r`` and ``verdict``; other columns that the
ledger knows are kept, the rest is passed over. A plan of ``pei sample`` is read too: its pairs were
drawn by chance, with the ``probability`` it gives.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast, get_args

import duckdb

from pei_graph.errors import PeiError, Place
from pei_graph.ledger import (
    Choice,
    Entry,
    Judgement,
    Ledger,
    Seen,
    Showing,
    Shown,
    history,
    judge,
)  # fmt: skip
from pei_graph.review.question import Question
from pei_graph.review.scripts import SQL
from pei_graph.review.verdicts import (
    Content,
    contents,
    digest_of,
    model_name,
    require_known,
    takes_two,
)  # fmt: skip
from pei_graph.writing import harmless, is_formula, written

NEEDED = ("record_l", "record_r", "verdict")


class SheetError(PeiError):
    """A file of judgements cannot be read as one."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file of judgements: how many were taken, known already, or left empty."""

    taken: int
    known: int
    empty: int


def write_judgements(judged: Sequence[Judgement], file: Path) -> int:
    """Every judgement stands in ``file`` as CSV, withdrawn ones too; return how many."""
    columns = [field.name for field in fields(Judgement)]
    rows = [[getattr(judgement, name) for name in columns] for judgement in judged]
    _write(file, columns, rows)
    return len(rows)


def write_sheet(con: duckdb.DuckDBPyConnection, asked: Sequence[Question], file: Path) -> int:
    """A line for each question, to be filled in, stands in ``file`` as CSV; return how many."""
    left, right = [q.record_l for q in asked], [q.record_r for q in asked]
    answer = con.execute(SQL.text("sheet"), {"left": left, "right": right})
    columns = [column[0] for column in answer.description or ()]
    rows = answer.fetchall()
    known = contents(con, [*left, *right])
    given = {question.pair: question for question in asked}
    _write(
        file,
        [*columns, "match_key", "digest", "shown", "stratum", "verdict", "why"],
        [_line(row, given[row[0], row[1]], known) for row in rows],
    )
    return len(rows)


def _line(row: Sequence[object], asked: Question, known: Mapping[str, Content]) -> list[object]:
    digest = digest_of(asked.pair, known)
    return [*row, asked.match_key, digest, "queue", asked.stratum, "", ""]


def _write(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (
        written(file, SheetError),
        file.open("w", encoding="utf-8-sig", newline="") as opened,
    ):
        writer = csv.writer(opened)
        writer.writerow(columns)
        writer.writerows([harmless(cell) for cell in row] for row in rows)


def read_judgements(
    con: duckdb.DuckDBPyConnection, ledger: Ledger, file: Path, *, by: str
) -> Brought:
    """The verdicts in ``file`` are in the ledger; those there already and empty ones are not again.

    ``by`` judged the lines whose column ``by`` is empty. Raises ``SheetError`` or ``UnknownRecord``
    for the first line that is wrong, before any is taken.
    """
    found = list(_lines(file))
    known = contents(con, {row.get(name, "") for _, row in found for name in NEEDED[:2]})
    there = {mark for judgement in history(ledger) for mark in _marks(judgement)}
    given = [(line, {"by": by, **row}) for line, row in found if "verdict" in row]
    for line, row in given:
        _require_sound(row, known, where=Place(file=file.name, row=line))
    new = [row for _, row in given if _mark_of(row) not in there and "withdrawn_at" not in row]
    for row in new:
        _take(con, ledger, row, known=known)
    return Brought(len(new), len(given) - len(new), len(found) - len(given))


def _marks(judgement: Judgement) -> Iterator[tuple[str | None, ...]]:
    """Give what a line says that brings a judgement again, with or without what was seen."""
    said = (*judgement.pair, judgement.verdict, judgement.by, judgement.why)
    yield (*said, judgement.digest)
    yield (*said, None)


def _mark_of(row: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return what a line says; of records that have changed since, the same says something new."""
    record_l, record_r = sorted((row["record_l"], row["record_r"]))
    said = record_l, record_r, row["verdict"].lower(), row["by"], row.get("why", "")
    return (*said, row.get("digest"))


def _require_sound(row: Mapping[str, str], known: Mapping[str, Content], *, where: Place) -> None:
    if row["verdict"].lower() not in get_args(Choice):
        raise SheetError(
            "The verdict is none of same, different, unsure", where=where, do="Correct the line"
        )
    if not {"record_l", "record_r"} <= set(row) or row["record_l"] == row["record_r"]:
        raise SheetError("A line needs two records", where=where, do="Correct the line")
    require_known((row["record_l"], row["record_r"]), known)


def _take(
    con: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    row: Mapping[str, str],
    *,
    known: Mapping[str, Content],
) -> None:
    pair = row["record_l"], row["record_r"]
    verdict = cast("Choice", row["verdict"].lower())
    chance = row.get("chance") or row.get("probability")
    shown = row.get("shown", "audit" if chance else "import")
    risky = verdict == "same" and takes_two(con, ledger, pair, known=known)
    judge(
        ledger,
        pair,
        verdict=verdict,
        by=row["by"],
        why=row.get("why", ""),
        seen=Seen(row.get("model") or model_name(con), row.get("digest") or digest_of(pair, known)),
        showing=Showing(
            cast("Shown", shown if shown in get_args(Shown) else "import"),
            row.get("stratum"),
            float(chance) if chance else None,
            four_eyes=risky,
        ),
        told=Entry(row["by"], "judge", "a sheet judged elsewhere", sorted(pair)),
    )


def _lines(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each line's number and cells; a mark that made a cell harmless is taken off again."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise SheetError(
                f"The file lacks the column {missing[0]}",
                where=Place(file=file.name),
                do="Write it with `pei queue --sheet FILE`, or name the columns like that",
            )
        for line, row in enumerate(reader, start=2):
            yield line, {name: _plain(cell) for name, cell in row.items() if name and cell}


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell
