"""Only pairs that may weigh otherwise than in the last run are scored again.

In: the records that stand now, the last run's tables and model. Out: LINKS as a full run makes it
by that model. A pair's weight depends on the two rows of ``comparables``, on whether they keep the
same company, and on the model; so where neither row nor company has changed, nor what puts the pair
together, the link of the last run stands.
"""

import duckdb

from pei_graph.boundary import check
from pei_graph.link.decision import SCORED, decide
from pei_graph.link.learnt import Model, use_again
from pei_graph.link.parts import blocking_rules, compared_by, holds_either_way
from pei_graph.link.scoring import scored
from pei_graph.link.scripts import SQL
from pei_graph.tables import LINKS
from pei_graph.workspace import in_memory, looking_in

_TO_BLOCK = """
CREATE OR REPLACE TEMP TABLE to_block AS
WITH asked AS (
    SELECT record_id, true AS affected
    FROM affected
    UNION ALL
    SELECT unnest([record_l, record_r]), false
    FROM unpaired
),
once AS (
    SELECT record_id, bool_or(affected) AS affected
    FROM asked
    GROUP BY record_id
)
SELECT record_id, affected, {columns}
FROM comparables
JOIN once USING (record_id)
"""
"""The rows that the rules are asked of, as wide as the rules need."""


def link_again(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """LINKS says what the model says of the records that stand now.

    The model may not judge by who is left over, which any record may change.
    Needs LINKS as the last run made it by the same model, that run's tables attached as ``before``,
    ``restated`` (record_id), every record of which anything may be told otherwise since, and
    ``readdressed`` (address_id), every place that may be another. The temporary tables
    ``affected`` and ``relinked`` (record_id) say which records are compared otherwise now, and
    which are in a link that is new, gone or another.
    """
    use_again(con, model)
    SQL.run(con, "unpaired")
    _block(con, model)
    with in_memory(con, "part"):
        SQL.run(con, "part")
        with (
            looking_in(con, "part"),
            scored(con, model.settings, floor=SCORED, pairs="blocked_pairs"),
        ):
            decide(con, model)
        SQL.run(con, "replace")
    check(con, LINKS)


def _block(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """``blocked`` holds the pairs to score again that the rules find, the lower record first."""
    rules = blocking_rules(model.settings)
    con.execute(_TO_BLOCK.format(columns=compared_by(rules)))
    con.execute("CREATE OR REPLACE TEMP VIEW affected_rows AS FROM to_block WHERE affected")
    for rule in rules:
        if holds_either_way(rule, rules):
            _block_either_way(con, rule)
        else:
            _block_by(con, rule)
        con.execute(
            "INSERT INTO blocked SELECT l.n, r.n FROM unpaired"
            " JOIN to_block AS l ON l.record_id = record_l"
            f" JOIN to_block AS r ON r.record_id = record_r AND ({rule})"
        )


def _block_either_way(con: duckdb.DuckDBPyConnection, rule: str) -> None:
    """As :func:`_block_by` for the rule of affected records on the left, whichever is lower.

    The same rule with left and right exchanged is asked too, and finds what this leaves.
    """
    con.execute(
        "INSERT INTO blocked SELECT least(l.n, r.n), greatest(l.n, r.n)"
        f" FROM affected_rows AS l JOIN comparables AS r ON l.n <> r.n AND ({rule})"
    )


def _block_by(con: duckdb.DuckDBPyConnection, rule: str) -> None:
    for left, right in (("affected_rows", "comparables"), ("comparables", "affected_rows")):
        con.execute(
            "INSERT INTO blocked SELECT l.n, r.n"
            f" FROM {left} AS l JOIN {right} AS r ON l.n < r.n AND ({rule})"
        )
