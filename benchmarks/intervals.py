"""How often the intervals of a clerical sample hold the truth.

    .venv/bin/python benchmarks/intervals.py --workspace W --truth truth/persons.csv

Draws many samples of each size from one run of an invented council, lets the truth judge them, and
prints how many of a hundred intervals hold the value that judging every pair would give.
"""

import argparse
from pathlib import Path

import duckdb

from pei_graph import evaluation
from pei_graph.evaluation.truth import read_persons
from pei_graph.settings import settings
from pei_graph.workspace import Workspace, connect

SIZES = (150, 300, 600, 1200)
NAMES = ("precision", "recall", "F1")

JUDGED = """
CREATE OR REPLACE TEMP TABLE judged AS
SELECT
    record_l,
    record_r,
    CASE WHEN l.person = r.person THEN 'same' ELSE 'different' END AS verdict,
    stratum_pairs AS size,
    stratum,
    links.weight,
    links.probability AS expected
FROM drawn
JOIN true_person AS l ON l.record_id = record_l
JOIN true_person AS r ON r.record_id = record_r
LEFT JOIN links USING (record_l, record_r)
"""

EVERYTHING = """
SELECT
    count(*) FILTER (part = 'one person' AND l.person = r.person),
    count(*) FILTER (part = 'one person'),
    count(*) FILTER (l.person = r.person)
FROM frame
JOIN true_person AS l ON l.record_id = record_l
JOIN true_person AS r ON r.record_id = record_r
"""


def _true_values(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    [(right, claimed, true)] = con.execute(EVERYTHING).fetchall()
    values = (right / claimed, right / true, 2 * right / (claimed + true))
    return dict(zip(NAMES, values, strict=True))


def _estimated(con: duckdb.DuckDBPyConnection, *, pairs: int, seed: int) -> evaluation.Clerical:
    evaluation.draw(con, pairs=pairs, seed=seed)
    con.execute(JUDGED)
    con.execute("CREATE OR REPLACE TEMP TABLE sample AS SELECT NULL::INTEGER AS run")
    return evaluation.estimate(con)


def _row(con: duckdb.DuckDBPyConnection, *, pairs: int, samples: int) -> str:
    held, width = dict.fromkeys(NAMES, 0), dict.fromkeys(NAMES, 0.0)
    for seed in range(samples):
        found = _estimated(con, pairs=pairs, seed=seed)
        true = _true_values(con)
        for measure in found.measures:
            low, high = measure.interval
            if measure.name in held and low is not None and high is not None:
                held[measure.name] += low <= true[measure.name] <= high
                width[measure.name] += 100 * (high - low)
    cells = (f"{100 * held[n] / samples:.0f} | {width[n] / samples:.1f}" for n in NAMES)
    return f"| {pairs:,} | {' | '.join(cells)} |"


def main() -> None:
    """The table stands on the terminal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=200)
    asked = parser.parse_args()
    tables = Workspace(asked.workspace).require_current().tables
    heads = (f"{name} held, of 100 | width, points" for name in NAMES)
    print(f"| pairs | {' | '.join(heads)} |\n|{'---:|' * (1 + 2 * len(NAMES))}")
    with connect(tables, settings(), read_only=True) as con:
        read_persons(con, asked.truth)
        for pairs in SIZES:
            print(_row(con, pairs=pairs, samples=asked.samples), flush=True)


if __name__ == "__main__":
    main()
