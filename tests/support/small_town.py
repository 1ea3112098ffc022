"""Towns small enough to count by hand: what a run found of them, and what is true."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pei_graph.evaluation import Report

Found = Mapping[str, str]


def fill(con: duckdb.DuckDBPyConnection, found: Found, born: str | None = None) -> None:
    """A run found these persons, by record id of the source ``a``."""
    for table in ("records", "members"):
        con.execute(f"DELETE FROM {table}")
    for record, person in found.items():
        con.execute(
            "INSERT INTO records BY NAME"
            " SELECT $id AS record_id, split_part($id, ':', 1) AS source,"
            " $born::DATE AS birth_date, 'exact' AS birth_date_quality",
            {"id": record, "born": born},
        )
        con.execute(
            "INSERT INTO members (record_id, person_id, state) VALUES (?, ?, 'accepted')",
            [record, person],
        )


def write(file: Path, *lines: str) -> Path:
    """A file holds the lines; return it."""
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def truth(folder: Path, people: Found) -> Path:
    """A truth file says who each record is; return it."""
    rows = (f"{record},{person}" for record, person in people.items())
    return write(folder / "persons.csv", "record_id,person", *rows)


def values(report: Report) -> dict[str, float]:
    """Return each measure's value."""
    return {measure.name: round(measure.value, 4) for measure in report.measures()}
