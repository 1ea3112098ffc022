"""RECORDS and MEMBERS in; rows of ISSUES out, one for each list whose columns are in doubt."""

from collections.abc import Mapping
from itertools import chain, product

import duckdb
import pyarrow as pa

from pei_graph.boundary import check
from pei_graph.contract import Contract
from pei_graph.misread.issues import tell
from pei_graph.misread.queries import SQL
from pei_graph.misread.strangers import tell_strangers
from pei_graph.misread.told import MATTERS, Told, tellers, told_by
from pei_graph.misread.voices import Doubt, Voice, doubted
from pei_graph.misread.words import advice
from pei_graph.misread.zeros import tell_zeros
from pei_graph.tables import ISSUES, MISREAD

MOST_DRAWN = 2_000
"""Records of a list and role that are looked at: of more, a share is drawn."""

KINDS = pa.schema(
    {
        "delivery_id": pa.string(),
        "role": pa.string(),
        # Of the type of a hash: by a number of another one it is divided ten times as slowly.
        "one_in": pa.uint64(),
        **dict.fromkeys(MATTERS, pa.int32()),
    }
)
"""Records by what told of them: one in how many is drawn, and the number of who told each matter.
"""


def tell_misread(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """ISSUES holds where a contract reads what its source does not mean, and says it once.

    That is a column that holds the opposite, a key of people whom nobody describes, or one that has
    lost its zeros. Only what a run's tables hold is asked, so that a run upon the last says what a
    whole one does.
    """
    con.execute("DELETE FROM issues WHERE list_contains(?, rule)", [list(MISREAD.values())])
    told = _draw(con, contracts)
    found = chain(*(SQL.run(con, name).fetchall() for name in ("names", "people")))
    voices = [Voice(told[number], *counts) for number, *counts in found]
    for matter in MATTERS:
        for doubt in doubted(voice for voice in voices if voice.told.matter == matter):
            _tell(con, doubt)
    con.execute("DROP TABLE temp.drawn")
    tell_strangers(con, contracts)
    tell_zeros(con, contracts)
    check(con, ISSUES)


def _draw(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> list[Told]:
    """``drawn`` stands; return what told of its records, in the order of the numbers there."""
    numbers: dict[Told, int] = {}
    kinds = list(SQL.records(con, "kinds", most=MOST_DRAWN))
    for kind, matter in product(kinds, MATTERS):
        who = tellers(contracts[kind["source"]], matter)
        told = told_by(who, kind["list"], kind["role"])
        kind[matter] = numbers.setdefault(told, len(numbers)) if told else None
    con.register("kinds", pa.Table.from_pylist(kinds, schema=KINDS))
    SQL.run(con, "drawn")
    con.unregister("kinds")
    return list(numbers)


def _tell(con: duckdb.DuckDBPyConnection, doubt: Doubt) -> None:
    told = doubt.told
    tell(
        con, told.source, told.list, told.columns,
        of=told.matter, severity="error", rows=doubt.contrary[0].exchanged, advice=advice(doubt),
    )  # fmt: skip
