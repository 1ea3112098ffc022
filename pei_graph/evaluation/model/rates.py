"""How much of a run's data was linked, and how much could never be.

In: the tables of a run. Out: a :class:`Rates`. No record is named.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from pei_graph.evaluation.scripts import SQL

_SIDES = ("_l", "_r")


@dataclass(frozen=True, slots=True)
class SourceRate:
    """A source's records: how many share a person with another source's, how many never could."""

    source: str
    records: int
    linked: int
    unlinkable: int
    """Records whose weight against themselves does not reach the threshold: they say too little."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Match rates of a run's sources, and what was scored."""

    sources: list[SourceRate]
    matrix: Mapping[tuple[str, str], float]
    """Share of the first source's records whose person the second knows too; the first with itself:
    the share whose person it holds twice."""
    weights: list[tuple[float, Mapping[str, int]]]
    """Links by state in each band of two bits, from its lower bound."""
    counts: Mapping[str, int]
    vetoes: Mapping[str, int]


def rates(con: duckdb.DuckDBPyConnection) -> Rates:
    """Return the match rates of the run in ``con``."""
    con.execute(_self_weights(con))
    return Rates(
        sources=[SourceRate(**row) for row in SQL.records(con, "match_rates")],
        matrix={
            (row["source"], row["other"]): row["share"] for row in SQL.records(con, "match_matrix")
        },
        weights=_weights(con),
        counts=next(SQL.records(con, "model_counts")),
        vetoes={row["veto"]: row["links"] for row in SQL.records(con, "vetoes")},
    )


def _weights(con: duckdb.DuckDBPyConnection) -> list[tuple[float, Mapping[str, int]]]:
    bands: dict[float, dict[str, int]] = {}
    for row in SQL.records(con, "weights"):
        bands.setdefault(row["low"], {})[row["state"]] = row["links"]
    return list(bands.items())


def _self_weights(con: duckdb.DuckDBPyConnection) -> str:
    """Return the statement that makes ``alone``: what each record weighs against itself, in bits.

    Without a dwelling by the model's levels, within one by the household's.
    """
    [(settings, household, figures)] = con.execute(
        "SELECT settings, household, figures FROM model"
    ).fetchall()
    told, home, figures = json.loads(settings), json.loads(household), json.loads(figures)
    bits = " + ".join(_bits(comparison) for comparison in told["comparisons"])
    unlearnt = {"elsewhere": 0.0, "accept": figures["accept_unlearnt"]}
    named, nameless = (
        f"(SELECT prior FROM model) + {of['elsewhere']!r}::DOUBLE + {bits} - commoner"
        f" >= {of['accept']!r}::DOUBLE"
        for of in (figures, unlearnt)
    )
    at_home = " + ".join(
        f"CASE WHEN {_empty(comparison)} THEN 0 ELSE {home['levels'][name][-1]!r}::DOUBLE END"
        for comparison in told["comparisons"]
        if (name := comparison["output_column_name"]) in home["levels"]
    )
    return f"""
        CREATE OR REPLACE TEMP TABLE alone AS
        SELECT
            source,
            CASE
                WHEN coalesce(len(identifiers), 0) > 0 THEN true
                WHEN place IS NOT NULL
                THEN {home["prior"]!r}::DOUBLE + {at_home} >= {figures["accept_at_home"]!r}::DOUBLE
                WHEN birth_date IS NULL AND namesakes > {figures["namesakes"]!r}::DOUBLE THEN false
                WHEN forename IS NULL OR surname IS NULL THEN {nameless}
                ELSE {named}
            END AS linkable
        FROM comparables
        """  # figures and conditions come from the model that the run itself keeps


def _empty(comparison: Mapping[str, Any]) -> str:
    condition = str(comparison["comparison_levels"][0]["sql_condition"])
    for side in _SIDES:
        condition = condition.replace(side, "")
    return condition


def _bits(comparison: Mapping[str, Any]) -> str:
    top = comparison["comparison_levels"][1]
    weight = f"log2({top['m_probability']!r}::DOUBLE / {top['u_probability']!r}::DOUBLE)"
    if field := top.get("tf_adjustment_column"):
        often = f"log2({top['u_probability']!r}::DOUBLE / tf_{field})"
        weight += f" + {top['tf_adjustment_weight']!r}::DOUBLE * coalesce({often}, 0)"
    return f"CASE WHEN {_empty(comparison)} THEN 0 ELSE {weight} END"
