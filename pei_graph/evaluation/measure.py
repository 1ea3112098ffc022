"""A run held against the truth: who was found, which families, which criteria.

Persons are compared record by record. Families and criteria are compared on true persons: each
stands for the found person that holds most of its records (ties: the smaller id), and for that
person's family. A true person whom no system recorded cannot be found and does not count; one who
lives in no family lives alone.
"""

from pathlib import Path
from typing import Any

import duckdb

from pei_graph.evaluation import agreement
from pei_graph.evaluation import truth as files
from pei_graph.evaluation.agreement import f1, wilson
from pei_graph.evaluation.report import Agreement, Measure, Report

_COMPARED_RECORDS = """
CREATE OR REPLACE TEMP TABLE compared AS
SELECT t.record_id AS item, t.person AS truth, m.person_id AS found
FROM true_person t
JOIN members m ON m.record_id = t.record_id AND m.state = 'accepted'
"""

_COUNTS = """
SELECT
    (SELECT count(*) FROM true_person),
    (SELECT count(*) FROM true_person ANTI JOIN records USING (record_id)),
    (SELECT count(*) FROM records ANTI JOIN true_person USING (record_id)),
    (SELECT count(DISTINCT truth) FROM compared),
    (SELECT count(DISTINCT found) FROM compared)
"""

_COUNTED = (
    "truth records", "truth records not found", "records without truth", "true persons",
    "found persons",
)  # fmt: skip

_STANDS_FOR = """
CREATE OR REPLACE TEMP TABLE stands_for AS
SELECT truth AS person, found AS person_id
FROM compared
GROUP BY truth, found
QUALIFY row_number() OVER (PARTITION BY truth ORDER BY count(*) DESC, found) = 1
"""

_COMPARED_PERSONS = """
CREATE OR REPLACE TEMP TABLE compared AS
SELECT
    s.person AS item,
    coalesce('family ' || t.family, 'alone ' || s.person) AS truth,
    coalesce('family ' || f.family_id, 'alone ' || s.person_id) AS found
FROM stands_for s
LEFT JOIN true_families t ON t.person = s.person
LEFT JOIN families f ON f.person_id = s.person_id
"""

_TWINS = """
WITH born AS (
    SELECT t.person, r.birth_date
    FROM true_person t
    JOIN records r USING (record_id)
    WHERE r.birth_date_quality = 'exact'
    GROUP BY t.person, r.birth_date
    QUALIFY row_number() OVER (PARTITION BY t.person ORDER BY count(*) DESC, r.birth_date) = 1
),
twins AS (
    SELECT a.person AS one, b.person AS other
    FROM true_families a
    JOIN true_families b ON b.family = a.family AND b.person > a.person
    JOIN born x ON x.person = a.person
    JOIN born y ON y.person = b.person AND y.birth_date = x.birth_date
),
holds AS (
    SELECT DISTINCT t.person, m.person_id
    FROM true_person t
    JOIN members m ON m.record_id = t.record_id AND m.state = 'accepted'
),
mixed AS (
    SELECT DISTINCT one, other
    FROM twins
    JOIN holds a ON a.person = one
    JOIN holds b ON b.person = other AND b.person_id = a.person_id
)
SELECT (SELECT count(*) FROM twins), (SELECT count(*) FROM mixed)
"""

_ERRORS = """
WITH sourced AS (
    SELECT c.truth, c.found, r.source, count(*) AS n
    FROM compared c
    JOIN records r ON r.record_id = c.item
    GROUP BY ALL
),
wrong AS (
    SELECT a.source AS source_l, b.source AS source_r, sum(a.n * b.n) AS pairs
    FROM sourced a
    JOIN sourced b ON b.found = a.found AND b.truth > a.truth
    GROUP BY ALL
),
missed AS (
    SELECT a.source AS source_l, b.source AS source_r, sum(a.n * b.n) AS pairs
    FROM sourced a
    JOIN sourced b ON b.truth = a.truth AND b.found > a.found
    GROUP BY ALL
),
either AS (
    SELECT source_l, source_r, pairs AS wrong, 0 AS missed
    FROM wrong
    UNION ALL
    SELECT source_l, source_r, 0 AS wrong, pairs AS missed
    FROM missed
)
SELECT
    least(source_l, source_r) AS one,
    greatest(source_l, source_r) AS other,
    sum(wrong)::BIGINT AS wrong,
    sum(missed)::BIGINT AS missed
FROM either
GROUP BY one, other
ORDER BY sum(wrong) + sum(missed) DESC, one, other
"""

_CRITERIA = """
WITH subject AS (
    SELECT c.area, f.person
    FROM true_criteria c
    JOIN true_families f ON f.family = c.subject
    WHERE c.subject_kind = 'family'
        AND c.state = 'met'
    UNION
    SELECT c.area, f.person
    FROM true_criteria c
    JOIN true_families own ON own.person = c.subject
    JOIN true_families f ON f.family = own.family
    WHERE c.subject_kind = 'person'
        AND c.state = 'met'
),
truly AS (
    SELECT area, person
    FROM subject
    JOIN stands_for USING (person)
),
held AS (
    SELECT DISTINCT a.area, s.person
    FROM family_areas a
    JOIN families f ON f.family_id = a.family_id
    JOIN stands_for s ON s.person_id = f.person_id
    JOIN true_families t ON t.person = s.person
    WHERE a.state = 'met'
)
SELECT
    (SELECT count(*) FROM truly JOIN held USING (area, person)),
    (SELECT count(*) FROM held),
    (SELECT count(*) FROM truly)
"""


def evaluate(con: duckdb.DuckDBPyConnection, truth: Path) -> Report:
    """Return how far the run in ``con`` agrees with the truth in a CSV file.

    ``con`` may be read-only. Files ``families.csv`` and ``criteria.csv`` beside ``truth`` are used
    where they stand. Raises ``TruthError`` where a file cannot be used, or names no record at all.
    """
    _read(con, truth)
    persons, pairs = agreement.pairwise(con, "person")
    counts = _counted(con) | pairs
    b_cubed, errors = agreement.b_cubed(con, "person"), _errors(con)
    con.execute(_STANDS_FOR)
    families, more = _families(con, truth)
    criteria = _criteria(con, truth) if families else None
    return Report(persons, b_cubed, counts | more, errors, families, criteria)


def _read(con: duckdb.DuckDBPyConnection, truth: Path) -> None:
    files.read_persons(con, truth)
    con.execute(_COMPARED_RECORDS)
    [(found,)] = con.execute("SELECT count(*) FROM compared").fetchall()
    if not found:
        raise files.TruthError(
            "The truth names no record of this run",
            do="Check that it belongs to this council and that its sources are named as here",
        )


def _counted(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    [row] = con.execute(_COUNTS).fetchall()
    return dict(zip(_COUNTED, row, strict=True))


def _errors(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = ("source_l", "source_r", "wrong", "missed")
    return [dict(zip(names, row, strict=True)) for row in con.execute(_ERRORS).fetchall()]


def _families(
    con: duckdb.DuckDBPyConnection, truth: Path
) -> tuple[Agreement | None, dict[str, int]]:
    if not files.read_beside(con, truth, name="families.csv", columns=("person", "family")):
        return None, {}
    [(twins, mixed)] = con.execute(_TWINS).fetchall()
    con.execute(_COMPARED_PERSONS)
    families, pairs = agreement.pairwise(con, "family")
    return families, {"pairs of twins": twins, "pairs of twins mixed": mixed} | pairs


def _criteria(con: duckdb.DuckDBPyConnection, truth: Path) -> Agreement | None:
    columns = ("subject_kind", "subject", "area", "state")
    evaluated = "SELECT table_name FROM duckdb_tables() WHERE table_name = 'family_areas'"
    if not con.execute(evaluated).fetchall():
        return None
    if not files.read_beside(con, truth, name="criteria.csv", columns=columns):
        return None
    [(right, held, true)] = con.execute(_CRITERIA).fetchall()
    precision = _share("area precision", right, held)
    recall = _share("area recall", right, true)
    return Agreement(precision, recall, Measure("area F1", f1(precision.value, recall.value)))


def _share(name: str, right: int, number: int) -> Measure:
    return (
        Measure(name, right / number, wilson(right / number, number))
        if number
        else (Measure(name, 1.0))
    )
