"""What one run read, made and took, as numbers that add up."""

import json
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

import duckdb

from pei_graph import __version__
from pei_graph.layout import layout
from pei_graph.tables import FEWER_ROWS, MISREAD, STAGE_TABLES

PEAKS_PER_MIB = 1024**2 if sys.platform == "darwin" else 1024
"""What a process has held at most is told in bytes on macOS, and in KiB elsewhere."""


@dataclass(frozen=True, slots=True)
class Made:
    """How a run was made: all anew and why, or upon the last run, and how much was touched."""

    full: str | None = None
    touched: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run's counts, timings and the code that made it."""

    run: int
    as_of: date
    version: str
    layout: str
    """Digest of what the run's tables and graph hold: other versions may lay them out otherwise."""
    model: int
    """Number of the model that linked the records."""
    full: str | None
    """Why everything was made anew; None where only what had changed was made again."""
    touched: dict[str, int]
    """How much was made again; empty where everything was."""
    scored: str
    """What scored the pairs, and in how many parts; empty where none had to be scored."""
    seconds: dict[str, float]
    peak_mib: int
    """Most memory the main process held at once, MiB; the graph is built by a child process."""
    tables: dict[str, int]
    sources: dict[str, dict[str, int]]
    """Per source: deliveries, rows in, rows quarantined, records."""
    misread: list[dict[str, str | int]]
    """Where columns hold the opposite of what their contract says: source, list, column, rule, rows
    that show it, and advice."""
    amiss: list[dict[str, str | int]]
    """Deliveries that were refused, that lack most of what was there before, or of which half the
    rows were set aside by one rule or not understood in one way: source, list, file, column, rule,
    severity, and advice."""
    unknown: int
    """How many files no contract speaks of."""
    noted: int
    """How many issues there are, but for those of deliveries that a later one came after."""

    def to_json(self) -> str:
        """Return the report as JSON, keys in a fixed order."""
        return json.dumps(asdict(self), indent=2, default=str)


def report_on(
    con: duckdb.DuckDBPyConnection,
    run: int,
    *,
    as_of: date,
    model: int,
    made: Made,
    seconds: dict[str, float],
) -> RunReport:
    """Return the report of the run whose tables are in ``con``."""
    return RunReport(
        run=run,
        as_of=as_of,
        version=__version__,
        layout=layout(),
        model=model,
        full=made.full,
        touched=dict(made.touched),
        scored=_scored(con),
        seconds=seconds,
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // PEAKS_PER_MIB,
        tables={table.name: _count(con, table.name) for table in STAGE_TABLES},
        sources=_sources(con),
        misread=_misread(con),
        amiss=_amiss(con),
        unknown=_unknown(con),
        noted=_noted(con),
    )


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    return int(row[0]) if row else 0


def _scored(con: duckdb.DuckDBPyConnection) -> str:
    try:
        return str(con.execute("SELECT how FROM temp.scoring").fetchall()[0][0])
    except duckdb.CatalogException:
        return ""


def _sources(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, int]]:
    rows = con.execute(
        """
        WITH delivered AS (
            SELECT source, count(*) AS deliveries, sum(rows_in)::BIGINT AS rows_in
            FROM deliveries
            GROUP BY source
        ),
        set_aside AS (SELECT source, count(*) AS quarantined FROM quarantine GROUP BY source),
        kept AS (SELECT source, count(*) AS records FROM records GROUP BY source)
        SELECT source, deliveries, rows_in, coalesce(quarantined, 0), coalesce(records, 0)
        FROM delivered
        LEFT JOIN set_aside USING (source)
        LEFT JOIN kept USING (source)
        ORDER BY source
        """,
    ).fetchall()
    names = ("deliveries", "rows_in", "quarantined", "records")
    return {source: dict(zip(names, counts, strict=True)) for source, *counts in rows}


def _misread(con: duckdb.DuckDBPyConnection) -> list[dict[str, str | int]]:
    names = ("source", "list", "column", "rule", "rows", "advice")
    rows = con.execute(
        """
        SELECT source, list, "column", rule, rows, advice
        FROM issues
        WHERE list_contains(?, rule)
        ORDER BY ALL
        """,
        [list(MISREAD.values())],
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


_STANDING = "issues ANTI JOIN (FROM deliveries WHERE overtaken) AS past USING (delivery_id)"
"""What was not understood, but for what is past."""


MOSTLY = 0.5
"""Of a delivery's rows, from which what is not understood in them stands at the end of a run."""

FEWEST = 10
"""Rows from which it stands there: half of a handful is no sign of a wrong contract."""

_AMISS = f"""
WITH told AS (
    SELECT
        source, list, file, delivery_id, "column", rule, severity, advice,
        coalesce(sum(rows), 0) AS rows
    FROM {_STANDING}
    WHERE NOT list_contains($misread, rule)
    GROUP BY source, list, file, delivery_id, "column", rule, severity, advice
    UNION ALL BY NAME
    SELECT
        source, list, file, delivery_id, "column", rule, 'warning' AS severity, advice,
        count(*) AS rows
    FROM quarantine
    ANTI JOIN (FROM deliveries WHERE overtaken) AS past USING (delivery_id)
    WHERE rule <> 'no_person'
    GROUP BY source, list, file, delivery_id, "column", rule, advice
)
SELECT DISTINCT
    coalesce(t.source, ''), coalesce(t.list, ''), t.file, coalesce(t."column", ''),
    t.rule, t.severity, t.advice
FROM told AS t
LEFT JOIN deliveries AS d ON d.delivery_id = t.delivery_id
WHERE t.severity = 'error'
    OR t.rule = $fewer
    OR (t.severity = 'warning' AND t.rows >= greatest($fewest, $mostly * d.rows_in))
ORDER BY ALL
"""


def _amiss(con: duckdb.DuckDBPyConnection) -> list[dict[str, str | int]]:
    names = ("source", "list", "file", "column", "rule", "severity", "advice")
    given = {
        "misread": list(MISREAD.values()),
        "fewer": FEWER_ROWS,
        "fewest": FEWEST,
        "mostly": MOSTLY,
    }
    rows = con.execute(_AMISS, given).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def _unknown(con: duckdb.DuckDBPyConnection) -> int:
    asked = con.execute("SELECT count(*) FROM issues WHERE rule = 'unknown_file'")
    [(files,)] = asked.fetchall()
    return int(files)


def _noted(con: duckdb.DuckDBPyConnection) -> int:
    [(issues,)] = con.execute(f"SELECT count(*) FROM {_STANDING}").fetchall()
    return int(issues)
