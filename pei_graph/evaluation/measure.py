"""A run held against the truth: who was found, which families, which criteria.

Persons are compared record by record. Families and criteria are compared on true persons: each
stands for the found person that holds most of its records (ties: the smaller id), and for that
person's family. A true person whom no system recorded cannot be found and does not count; one who
lives in no family lives alone.
"""

from datetime import date
from pathlib import Path

import duckdb

from pei_graph.evaluation import agreement, groups
from pei_graph.evaluation import truth as files
from pei_graph.evaluation.agreement import Compared
from pei_graph.evaluation.calibration import calibrate_by_truth
from pei_graph.evaluation.intervals import wilson
from pei_graph.evaluation.report import Agreement, Measure, Report
from pei_graph.evaluation.scripts import SQL

_COUNTED = (
    "truth records", "truth records not found", "records without truth", "true persons",
    "found persons",
)  # fmt: skip


def evaluate(con: duckdb.DuckDBPyConnection, truth: Path) -> Report:
    """Return how far the run in ``con`` agrees with the truth in a CSV file.

    ``con`` may be read-only. Files ``people.csv``, ``families.csv`` and ``criteria.csv`` beside
    ``truth`` are used where they stand. Raises ``TruthError`` where a file cannot be used, or names
    no record at all.
    """
    _read(con, truth)
    agreement.prepare(con)
    groups.attribute(con)
    whole, *parts = agreement.compare(con)
    counts, errors = _counted(con), list(SQL.records(con, "errors"))
    calibration = calibrate_by_truth(con)
    twins, twin_counts = _twins(con, truth)
    SQL.run(con, "stands_for")
    families = _families(con, truth)
    return Report(
        persons=whole.pairwise("person"),
        b_cubed=whole.b_cubed("person"),
        counts=counts | _pairs(whole, "person") | twin_counts | _members(families),
        errors=errors,
        clusters=whole.clusters("person"),
        twins=twins,
        families=families.pairwise("family") if families else None,
        membership=families.membership("family") if families else None,
        criteria=_criteria(con, truth) if families else None,
        groups=groups.groups(parts),
        gaps=groups.gaps(parts),
        calibration=calibration,
    )


def newest_day(con: duckdb.DuckDBPyConnection) -> date | None:
    """Return the day on which the newest record was last seen."""
    [(day,)] = con.execute("SELECT max(last_seen) FROM records").fetchall()
    found: date | None = day
    return found


def _read(con: duckdb.DuckDBPyConnection, truth: Path) -> None:
    files.read_persons(con, truth)
    files.read_people(con, truth)
    SQL.run(con, "compared_records")
    [(found,)] = con.execute("SELECT count(*) FROM compared").fetchall()
    if not found:
        raise files.TruthError(
            "The truth names no record of this run",
            do="Check that it belongs to this council and that its sources are named as here",
        )


def _counted(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    [row] = SQL.run(con, "counts").fetchall()
    return dict(zip(_COUNTED, row, strict=True))


def _pairs(compared: Compared, name: str) -> dict[str, int]:
    return {f"{name} pairs {kind}": count for kind, count in compared.pairs().items()}


def _twins(con: duckdb.DuckDBPyConnection, truth: Path) -> tuple[Measure | None, dict[str, int]]:
    """Return the share of twins of whom one found person holds both, and the counts behind it."""
    [(told,)] = con.execute("SELECT count(birth) FROM true_people").fetchall()
    if not told and not files.read_families(con, truth):
        return None, {}
    SQL.run(con, "twins_told" if told else "twins_recorded")
    [(twins, mixed)] = SQL.run(con, "twins").fetchall()
    counts = {"pairs of twins": twins, "pairs of twins mixed": mixed}
    if not twins:
        return None, counts
    share = mixed / twins
    return Measure("twins mixed", share, wilson(share, twins)), counts


def _families(con: duckdb.DuckDBPyConnection, truth: Path) -> Compared | None:
    if not files.read_families(con, truth):
        return None
    SQL.run(con, "compared_persons")
    agreement.prepare(con)
    [whole] = agreement.compare(con)
    return whole


def _members(families: Compared | None) -> dict[str, int]:
    if families is None:
        return {}
    members = {f"family members {kind}": count for kind, count in families.members().items()}
    return _pairs(families, "family") | members


def _criteria(con: duckdb.DuckDBPyConnection, truth: Path) -> Agreement | None:
    evaluated = "SELECT table_name FROM duckdb_tables() WHERE table_name = 'family_areas'"
    if not con.execute(evaluated).fetchall():
        return None
    if not files.read_criteria(con, truth):
        return None
    return agreement.of_pairs(SQL.run(con, "criteria").fetchnumpy(), "area").pairwise("area")
