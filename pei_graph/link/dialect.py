"""The model in Spark's SQL: the same settings, so that every pair reaches the same levels.

In: Splink settings whose conditions are DuckDB's. Out: the same with Spark's. sqlglot, which Splink
itself reads SQL by, translates what both name otherwise; this module knows the few rest.
"""

from collections.abc import Collection
from typing import Any

import sqlglot
from sqlglot import expressions as exp

_TF = "tf_adjustment_column"

FUNCTIONS: dict[type[exp.Expr], str] = {
    exp.JarowinklerSimilarity: "duckdb_jaro_winkler",
    exp.ArrayOverlaps: "arrays_overlap",
}
"""Functions by the name that Spark, or ``spark.sql``, has for them."""


def in_spark(settings: dict[str, Any], *, lists: Collection[str]) -> dict[str, Any]:
    """Return the settings with every condition in Spark's SQL; ``lists`` names the list columns."""
    return {
        **settings,
        "comparisons": [
            {
                **comparison,
                "comparison_levels": [
                    _level(level, lists) for level in comparison["comparison_levels"]
                ],
            }
            for comparison in settings["comparisons"]
        ],
        "blocking_rules_to_generate_predictions": [
            {**rule, "blocking_rule": _condition(rule["blocking_rule"], lists)}
            for rule in settings["blocking_rules_to_generate_predictions"]
        ],
    }


def _level(level: dict[str, Any], lists: Collection[str]) -> dict[str, Any]:
    """Return a level that finds in a column of its own how common a value is.

    DuckDB's run finds that in the row. On Spark Splink looks it up by a column's value and nowhere
    else, so the value it looks up is the frequency itself; the level's own u is then the one to
    hold it against, as it is where Splink sees that both are of one column.
    """
    level = {**level, "sql_condition": _condition(level["sql_condition"], lists)}
    if _TF in level:
        level |= {_TF: share_of(level[_TF]), "disable_tf_exact_match_detection": True}
    return level


def share_of(column: str) -> str:
    """Return the column that says how common a value of ``column`` is, as Spark reads it."""
    return f"{column}_share"


def frequencies_read(settings: dict[str, Any]) -> list[str]:
    """Return the columns of which the settings ask how common a value is, in their order."""
    levels = [
        level for comparison in settings["comparisons"] for level in comparison["comparison_levels"]
    ]
    return list(dict.fromkeys(level[_TF] for level in levels if _TF in level))


def columns_read(settings: dict[str, Any], having: Collection[str]) -> list[str]:
    """Return those of the columns ``having`` that the settings' conditions read, in their order."""
    conditions = [
        level["sql_condition"]
        for comparison in settings["comparisons"]
        for level in comparison["comparison_levels"]
    ]
    conditions += [
        rule["blocking_rule"] for rule in settings["blocking_rules_to_generate_predictions"]
    ]
    read = {_bare(column) for text in conditions for column in _columns(text)}
    read |= {settings["unique_id_column_name"]}
    return [column for column in having if column in read]


def _columns(text: str) -> list[exp.Column]:
    return [] if text == "ELSE" else list(_parsed(text).find_all(exp.Column))


def _parsed(text: str) -> exp.Expr:
    return sqlglot.parse_one(text, read="duckdb")


def _bare(column: exp.Column) -> str:
    """Return a column of ``comparables`` without the side it is asked of."""
    return column.name if column.table else column.name.removesuffix("_l").removesuffix("_r")


def _condition(text: str, lists: Collection[str]) -> str:
    if text == "ELSE":
        return text
    return _parsed(text).transform(_translated, lists).sql(dialect="spark")


def _translated(node: exp.Expr, lists: Collection[str]) -> exp.Expr:
    if isinstance(node, exp.Length) and _is_list(node.this, lists):
        return exp.func("size", node.this)
    if isinstance(node, exp.Split) and node.expression.name == "":
        return exp.Anonymous(this="split", expressions=[node.this, node.expression])
    name = FUNCTIONS.get(type(node))
    if name is None:
        return node
    return exp.Anonymous(this=name, expressions=[node.this, node.expression])


def _is_list(node: exp.Expr, lists: Collection[str]) -> bool:
    return isinstance(node, exp.Column) and _bare(node) in lists
