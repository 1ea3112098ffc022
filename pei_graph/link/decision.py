"""Scored pairs become LINKS: weights capped inside households, vetoed, and put in a state.

In: ``scored``, ``comparables``, ``company``, the trained settings and the household's figures. Out:
LINKS, and in the run's file what is needed to judge one more pair by the same rules: the macros
that ``links.sql`` reads the model through.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from pei_graph import sql
from pei_graph.link.household import Household
from pei_graph.link.learnt import Model
from pei_graph.link.left_over import LEFT_OVER, create_left_over_bits
from pei_graph.link.one_child import one_child_bits
from pei_graph.link.only_name import create_only_name_bits
from pei_graph.link.scripts import SQL
from pei_graph.link.settings import COMPARISONS, OPTIONAL
from pei_graph.link.veto import VETOING, veto_sql, written_out

ACCEPT = 2.0
"""Weight in bits from which a pair without a common dwelling is accepted, where :mod:`.elsewhere`
learnt what a weight means: odds of four to one. Above even odds, since a false link shows one
family another's record and costs more than a missed one, which review can still find."""

ACCEPT_UNLEARNT = 4.0
"""The same where that was not learnt: weights may promise twice as much as they keep, and more."""

ACCEPT_AT_HOME = 0.0
"""Weight from which a pair within one dwelling is accepted. Its prior and weights are learnt among
such pairs, so they mean what they say: from even odds up nineteen pairs in
twenty were right."""

COMPANY = 10.0
"""Bits for keeping the same company at another address, where the forenames agree: of such pairs 99
in 100 were one person's, however little else agreed."""

FLOOR = -4.0
"""Weight in bits from which a pair is worth a reviewer's look: odds of one to sixteen."""

NAMESAKES = 1
"""Birth dates on record under one full name, beyond which the name alone, without birth date or
dwelling, cannot tell people apart: such a pair stays a candidate."""

IDENTIFIER = 25.0
"""Bits of a shared strong identifier."""

SCORED = FLOOR - 3.0
"""Weight in bits under which no later step can bring a scored pair up to the floor. Pairs that keep
company or share an identifier are scored whatever they weigh."""

UNREACHED = 99
"""A level of address above any: no home is then a household."""

DIGITS = 6
"""Decimals to which bits are compared to tell a level by what it is worth."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How scored pairs were judged: the query and the figures it was given, by parameter."""

    query: str
    figures: Mapping[str, float]


def decide(con: duckdb.DuckDBPyConnection, model: Model) -> Decision:
    """The table LINKS stands; return how it was made."""
    decision = prepare(con, model)
    con.execute(
        "CREATE OR REPLACE TABLE links AS"
        f" SELECT * EXCLUDE (kept) FROM ({decision.query}) WHERE kept",
        decision.figures,
    )
    return decision


def prepare(con: duckdb.DuckDBPyConnection, model: Model) -> Decision:
    """Return how scored pairs are judged; the macros that the query asks of the model stand."""
    household = model.household
    create_macros(con, model.settings, household)
    create_left_over_bits(con, model.tables.get(LEFT_OVER))
    create_only_name_bits(con, model.tables["twin_signs"])
    bits = _bits(model.settings)
    return Decision(
        _query(bits, household),
        {
            "accept": ACCEPT_UNLEARNT if household.elsewhere is None else ACCEPT,
            "accept_unlearnt": ACCEPT_UNLEARNT,
            "accept_at_home": ACCEPT_AT_HOME,
            "company": COMPANY,
            "floor": FLOOR,
            "namesakes": NAMESAKES,
            "dwelling": len(bits["address"]) - 1 if household.of_families else UNREACHED,
            "same_forename": len(bits["forename"]) - 1,
            "same_surname": len(bits["surname"]) - 1,
            "identifier": IDENTIFIER,
            "elsewhere": household.elsewhere or 0.0,
            "parent": one_child_bits(model.tables["twin_signs"], "one name"),
            "renamed_parent": one_child_bits(model.tables["twin_signs"], "two names"),
        },
    )


def _query(made: Collection[str], household: Household) -> str:
    """Return ``links.sql`` for the comparisons that are made: any other says nothing."""
    veto = veto_sql(household, **{name: f"likely.{name}" for name in VETOING})
    query = written_out(SQL.text("links").replace("veto_of(l, r)", veto))
    for name in set(OPTIONAL) - set(made):
        query = query.replace(f"mw_{name} + mw_tf_adj_{name}", "0.0::DOUBLE")
        query = query.replace(f"{name}_level(mw_{name})", "NULL::INTEGER")
    return query


def create_macros(
    con: duckdb.DuckDBPyConnection, settings: dict[str, Any], household: Household
) -> None:
    """The macros that ``links.sql`` reads the model through stand in the run's file."""
    bits = _bits(settings)
    for name in bits:
        con.execute(
            f"CREATE OR REPLACE MACRO {name}_level(bits) AS"
            f" nullif(list_position({_list(bits[name])}, round(nullif(bits, 0), {DIGITS})), 0) - 1"
        )
    household_bits = " + ".join(
        f"coalesce({_list(bits)}[{name} + 1], 0)" for name, bits in household.levels.items()
    )
    con.execute(
        "CREATE OR REPLACE MACRO household_weight(forename, surname, birth_date, sex) AS"
        f" {household.prior!r} + {household_bits}"
    )
    signs = ", ".join(
        f"({_signs(name, len(bits[name]))})[{name} + 1]" for name in COMPARISONS if name in bits
    )
    con.execute(
        f"CREATE OR REPLACE MACRO match_key({', '.join(COMPARISONS)}) AS concat_ws(' ', {signs})"
    )


def _signs(name: str, levels: int) -> str:
    """Return SQL for what a match key says of each level: the highest is the same."""
    signs = ["-", *"~" * (levels - 2), "+"][-levels:]
    return f"[{', '.join(sql.text(sign + name) for sign in signs)}]"


def _bits(settings: dict[str, Any]) -> dict[str, list[float]]:
    """Return each comparison's bits by level, lowest level first."""
    return {
        comparison["output_column_name"]: [
            round(float(np.log2(level["m_probability"] / level["u_probability"])), DIGITS)
            for level in reversed(comparison["comparison_levels"])
            if not level.get("is_null_level")
        ]
        for comparison in settings["comparisons"]
    }


def _list(bits: list[float]) -> str:
    return f"[{', '.join(sql.double(round(value, DIGITS)) for value in bits)}]"
