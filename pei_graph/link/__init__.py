"""RECORDS, IDENTIFIERS, ADDRESSES and FACTS -> LINKS: which records speak of one person.

Identifiers first, then Splink's weights, then what family life does to them. Out besides LINKS: the
table ``comparables``, the macro ``pair_veto(l, r)`` over two of its rows, and the model itself, so
that any pair can be judged afterwards as these were: the tables ``model`` (one row), ``company``
and ``frequencies``, and the macros of ``links.sql``. Nothing is clustered here.
"""

import json
from dataclasses import asdict
from math import log2
from typing import Any

import duckdb

from pei_graph.boundary import check
from pei_graph.contract import Contract
from pei_graph.link.company import find_company
from pei_graph.link.comparables import prepare
from pei_graph.link.decision import SCORED, Decision, decide, keep_frequencies
from pei_graph.link.household import Household, learn_household
from pei_graph.link.identifiers import find_strong
from pei_graph.link.scoring import scored
from pei_graph.link.settings import model
from pei_graph.link.training import train
from pei_graph.link.veto import create_veto
from pei_graph.tables import LINKS

__all__ = ["link"]


def link(con: duckdb.DuckDBPyConnection, contracts: dict[str, Contract]) -> None:  # noqa: ARG001
    """The table LINKS stands, with the model that made it and the macro ``pair_veto``."""
    described = model()
    find_strong(con)
    prepare(con)
    find_company(con)
    settings = train(con, described)
    household = learn_household(con, described, settings)
    with scored(con, settings, floor=SCORED):
        create_veto(con, described)
        decision = decide(con, settings, household)
    keep_frequencies(con, settings)
    _keep_model(con, settings, household=household, decision=decision)
    check(con, LINKS)


def _keep_model(
    con: duckdb.DuckDBPyConnection,
    settings: dict[str, Any],
    *,
    household: Household,
    decision: Decision,
) -> None:
    prior = settings["probability_two_random_records_match"]
    con.execute(
        "CREATE OR REPLACE TABLE model AS"
        " SELECT $prior::DOUBLE AS prior, $settings AS settings, $household AS household,"
        " $decision AS decision, $figures AS figures",
        {
            "prior": log2(prior / (1 - prior)),
            "settings": json.dumps(settings),
            "household": json.dumps(asdict(household)),
            "decision": decision.query,
            "figures": json.dumps(decision.figures),
        },
    )
