"""RECORDS, IDENTIFIERS, ADDRESSES and FACTS -> LINKS: which records speak of one person.

Identifiers first, then Splink's weights, then what family life does to them. Out besides LINKS: the
table ``comparables``, the macro ``pair_veto(l, r)`` over two of its rows, and the model itself, so
that any pair can be judged afterwards as these were: the tables ``model`` (one row) and
``company``, and the macros of ``links.sql``. Nothing is clustered here.
"""

import json
from dataclasses import asdict

import duckdb

from pei_graph.boundary import check
from pei_graph.contract import Contract
from pei_graph.link.cluster import Cluster, find_cluster
from pei_graph.link.decision import SCORED, Decision, decide, prepare
from pei_graph.link.elsewhere import learn_elsewhere
from pei_graph.link.household import Household, learn_household
from pei_graph.link.learnt import Model, by_source, learn, read_model, use
from pei_graph.link.left_over import LEFT_OVER, learn_left_over, mark_left_over
from pei_graph.link.part import link_again
from pei_graph.link.scoring import scored
from pei_graph.link.settings import level_sql
from pei_graph.link.settings import model as described_model
from pei_graph.link.veto import create_veto
from pei_graph.tables import LINKS

__all__ = [
    "Cluster",
    "Household",
    "Model",
    "by_source",
    "find_cluster",
    "learn",
    "learn_household",
    "level_sql",
    "link",
    "link_again",
    "read_model",
]


def link(
    con: duckdb.DuckDBPyConnection,
    contracts: dict[str, Contract],  # noqa: ARG001
    *,
    model: Model | None = None,
    cluster: Cluster | None = None,
) -> Model:
    """The table LINKS stands, with the macro ``pair_veto``; return the model that made it.

    Without a ``model`` one is trained on the records at hand. Whoever keeps it fills ``number`` of
    the table ``model``. Where there is a ``cluster`` it scores the pairs.
    """
    given = model
    if given:
        use(con, given)
    model = given or learn(con)
    with scored(con, model.settings, floor=SCORED, cluster=cluster):
        create_veto(con, described_model(), household=model.household)
        if not given and model.household.of_families:
            model = model.with_elsewhere(learn_elsewhere(con, prepare(con, model)))
        decision = decide(con, model)
        if not model.household.of_families:
            model, decision = _judge_left_over(con, model)
    _note_model(con, model, decision)
    check(con, LINKS)
    return model


def _judge_left_over(con: duckdb.DuckDBPyConnection, model: Model) -> tuple[Model, Decision]:
    """LINKS stands, judged again with who is left over in two sources that hold nobody twice."""
    mark_left_over(con)
    if LEFT_OVER not in model.tables:
        model = model.with_tables({LEFT_OVER: learn_left_over(con, prior=model.prior)})
    return model, decide(con, model)


def _note_model(con: duckdb.DuckDBPyConnection, model: Model, decision: Decision) -> None:
    con.execute(
        "CREATE OR REPLACE TABLE model AS SELECT $prior::DOUBLE AS prior, $settings AS settings,"
        " $household AS household, $decision AS decision, $figures AS figures,"
        " NULL::INTEGER AS number",
        {
            "prior": model.prior,
            "settings": json.dumps(model.settings),
            "household": json.dumps(asdict(model.household)),
            "decision": decision.query,
            "figures": json.dumps(decision.figures),
        },
    )
