"""Any pair of records, judged from the saved model as the run judged its own pairs.

In: record ids; the run's ``comparables``, ``frequencies``, ``company``, macros and model. Out: rows
shaped as LINKS, for every pair of the records asked about. Splink is not needed: its sum is the
prior and each comparison's bits, which is what is added up here, and the rest is the run's own
decision, word for word.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import log2

from pei_graph.explain.model import Comparison, Level, SavedModel
from pei_graph.explain.reading import Connection, Row, ask, run

ALL = -1e9
"""A floor in bits under which no pair lies: whoever asks wants an answer."""

Shares = Mapping[tuple[str, str], float]


def score(con: Connection, model: SavedModel, records: Sequence[str]) -> list[Row]:
    """Return each pair of the records as the run would have judged it, strongest first."""
    con.execute("CREATE OR REPLACE TEMP TABLE asked AS FROM comparables LIMIT 0")
    ask(con, "asked", records=list(records))
    pairs = run(con, _levels(model.comparisons), {})
    if not pairs:
        return []
    shares = _shares(con, pairs, model.comparisons)
    scored = [_scored(pair, model, shares) for pair in pairs]
    return run(con, _judging(scored, model.decision), {**model.figures, "floor": ALL})


@lru_cache(maxsize=4)
def _levels(comparisons: tuple[Comparison, ...]) -> str:
    """Return the query for the levels that each pair of ``asked`` reaches, and its values."""
    levels = ",\n".join(_level(one) for one in comparisons)
    fields = {level.frequency for one in comparisons for level in one.levels if level.frequency}
    values = "".join(f",\n{field}_l,\n{field}_r" for field in sorted(fields))
    return f"""
WITH sides AS (
    SELECT
        COLUMNS(l.*) AS '\\0_l',
        COLUMNS(r.*) AS '\\0_r'
    FROM asked AS l
    JOIN asked AS r ON l.n < r.n
)
SELECT
    n_l,
    n_r,
    {levels}{values}
FROM sides
"""


def _level(comparison: Comparison) -> str:
    """Return SQL for the level that a pair reaches; -1 where nothing can be said."""
    cases = [
        f"WHEN {level.condition} THEN {at}"
        for at, level in reversed(list(enumerate(comparison.levels)))
        if level.condition != "ELSE"
    ]
    rules = f"CASE WHEN {comparison.empty} THEN -1 {' '.join(cases)} ELSE 0 END"
    return f"{rules} AS level_{comparison.id}"


def _shares(
    con: Connection, pairs: Sequence[Row], comparisons: Sequence[Comparison]
) -> dict[tuple[str, str], float]:
    """Return how common each value is that the pairs share, by field and value."""
    fields = {level.frequency for one in comparisons for level in one.levels if level.frequency}
    values = {str(pair[f"{f}_{side}"]) for pair in pairs for f in fields for side in "lr"}
    rows = ask(con, "frequencies", values=sorted(values))
    return {(row["field"], row["value"]): row["share"] for row in rows}


def _scored(pair: Row, model: SavedModel, shares: Shares) -> Row:
    """Return a pair with its weight and bits, under the names that the decision reads."""
    row: Row = {"n_l": pair["n_l"], "n_r": pair["n_r"]}
    weight = model.prior
    for comparison in model.comparisons:
        at = pair[f"level_{comparison.id}"]
        level = comparison.levels[at] if at >= 0 else None
        row[f"mw_{comparison.id}"] = level.bits if level else 0.0
        row[f"mw_tf_adj_{comparison.id}"] = _commonness(level, pair, shares)
        weight += row[f"mw_{comparison.id}"] + row[f"mw_tf_adj_{comparison.id}"]
    row["match_weight"] = weight
    return row


def _commonness(level: Level | None, pair: Row, shares: Shares) -> float:
    """Return Splink's adjustment in bits: sharing a rare value says more than a common one."""
    if level is None or not level.frequency or not level.frequency_weight:
        return 0.0
    field = level.frequency
    found = [shares.get((field, str(pair[f"{field}_{side}"]))) for side in "lr"]
    known = [share for share in found if share is not None]
    return level.frequency_weight * (log2(level.u) - log2(max(known))) if known else 0.0


def _judging(scored: Sequence[Row], decision: str) -> str:
    """Return the run's decision over these pairs; they are numbers alone, so they stand in it."""
    names = ", ".join(scored[0])
    rows = ", ".join(f"({', '.join(_numbers(row))})" for row in scored)
    numbered = ", ".join(str(row["n_l"]) for row in scored)
    return f"""
WITH comparables AS (
    FROM asked
),
company AS (
    SELECT *
    FROM company
    WHERE n_l IN ({numbered})
),
scored AS (
    SELECT
        *,
        'asked' AS match_key
    FROM (VALUES {rows}) AS pairs ({names})
)
SELECT * EXCLUDE (kept)
FROM ({decision})
ORDER BY weight DESC, record_l, record_r
"""


def _numbers(row: Row) -> Iterator[str]:
    for value in row.values():
        yield f"{value!r}::DOUBLE" if isinstance(value, float) else str(value)
