"""What is wrong with contracts and deliveries, in plain words, without loading anything for good.

In: contracts and the files a user names. Out: findings in the order of the files; never a value.
Files are read, and their values understood, by the stages that a run reads them with.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pei_graph import sql
from pei_graph.contract import Contract, SourceList
from pei_graph.errors import Place
from pei_graph.extract import (
    ask_databases,
    contradictions,
    extract,
    is_ignored,
    wrong_patterns,
)
from pei_graph.misread import tell_zeros
from pei_graph.standardise import standardise

SEVERITIES = ("error", "warning", "note", "fine")


@dataclass(frozen=True, slots=True)
class Checked:
    """One finding: how grave, about which file and place, how many rows, and what to do.

    ``severity`` is ``error``, ``warning``, ``note``, or ``fine`` for a delivery that would load.
    """

    severity: str
    file: str
    where: str
    rows: int
    says: str


def check_sources(contracts: Mapping[str, Contract], sources: Sequence[Path]) -> list[Checked]:
    """Return what is to be said of the contracts, then of every file: first what it is, then why.

    Everything is read as a run would read it, into a database that is thrown away; values are not
    looked at where a pattern of their contract is wrong. Raises ``ContractError`` only where a
    contract cannot be used at all.
    """
    with duckdb.connect() as con, TemporaryDirectory(prefix="pei-") as scratch:
        answers = Path(scratch) / "answers"
        unanswered = ask_databases(contracts, answers, on=datetime.now(UTC).date())
        extract(con, contracts, [*sources, answers], unanswered=unanswered)
        found = list(_of_contracts(con, contracts))
        sound = {key: each for key, each in contracts.items() if not wrong_patterns(con, each)}
        standardise(con, sound)
        tell_zeros(con, sound)
        found += _of_deliveries(con, contracts, read=sound)
        found += [*_of_quarantine(con), *_of_issues(con)]
    order = {severity: place for place, severity in enumerate(reversed(SEVERITIES))}
    return sorted(found, key=lambda each: (each.file, each.where, order[each.severity], each.says))


def _of_contracts(
    con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]
) -> Iterator[Checked]:
    for contract in contracts.values():
        for where, says in contradictions(con, contract):
            yield Checked("warning", f"{contract.id} (contract)", where, 0, says)


def _of_deliveries(
    con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract], *, read: Collection[str]
) -> Iterator[Checked]:
    """Yield what each delivery is, and what it states where the values of its source were read."""
    rows = con.execute(
        """
        SELECT delivery_id, source, list, file, layout, delivered_on, rows_in, latest
        FROM deliveries
        WHERE status = 'loaded'
        ORDER BY source, list, sequence
        """
    ).fetchall()
    for delivery, source, list_id, file, layout, day, rows_in, latest in rows:
        source_list = contracts[source].lists[list_id]
        says = f"{source_list.title}, delivered on {day}"
        says += f", layout {layout}" if layout else ""
        if source in read and (latest or source_list.mode == "append"):
            says += _stated(con, source_list, delivery)
        if left := _ignored(con, contracts[source], list_id, delivery):
            says += f"; {left} columns are not used, each for a reason in the contract"
        yield Checked("fine", file, f"{source}.{list_id}", rows_in, says)


def _stated(con: duckdb.DuckDBPyConnection, source_list: SourceList, delivery: str) -> str:
    """Return of how many people a delivery speaks, and how much it states of what its list can.

    What it states nothing of is told too: a condition may hold of no row.
    """
    [(people,)] = con.execute(
        "SELECT count(DISTINCT record_id) FROM record_rows WHERE delivery_id = ?", [delivery]
    ).fetchall()
    found = con.execute(
        """
        SELECT CASE kind WHEN 'involvement' THEN type ELSE kind END AS stated, count(*)
        FROM facts
        WHERE delivery_id = ?
        GROUP BY stated
        """,
        [delivery],
    ).fetchall()
    can = dict.fromkeys((fact.type for fact in source_list.facts), 0)
    can |= {"relationship": 0} if source_list.relationships else {}
    stated = can | {kind: count for kind, count in found if kind in can}
    told = "".join(f", {kind.replace('_', ' ')} {count:,}" for kind, count in stated.items())
    return f"; people {people:,}{told}"


def _ignored(
    con: duckdb.DuckDBPyConnection, contract: Contract, list_id: str, delivery: str
) -> int:
    """Return how many of the columns that a delivery fills its contract ignores."""
    table = sql.raw_table(contract.id, list_id)
    columns = [
        str(column[0]) for column in con.execute(f"SELECT * FROM {table} LIMIT 0").description
    ]
    ignored = [name for name in columns if is_ignored(name, contract.lists[list_id])]
    if not ignored:
        return 0
    filled = ", ".join(f"count({sql.name(name)})" for name in ignored)
    row = con.execute(f"SELECT {filled} FROM {table} WHERE _delivery = ?", [delivery]).fetchone()
    return sum(bool(count) for count in row or ())


def _of_quarantine(con: duckdb.DuckDBPyConnection) -> Iterator[Checked]:
    rows = con.execute(
        """
        SELECT source, list, file, rule, "column", count(*), min("row"), advice
        FROM quarantine
        GROUP BY source, list, file, rule, "column", advice
        ORDER BY ALL
        """
    ).fetchall()
    for source, list_id, file, rule, column, count, first, advice in rows:
        where = f"{source}.{list_id}, {Place(row=first, column=column)}"
        says = f"{count} rows would be set aside ({rule}). {advice}"
        yield Checked("warning", file, where, count, says)


def _of_issues(con: duckdb.DuckDBPyConnection) -> Iterator[Checked]:
    rows = con.execute(
        """
        SELECT source, list, file, min("row"), "column", rule, severity, sum(rows)::BIGINT, advice
        FROM issues
        GROUP BY source, list, file, "column", rule, severity, advice
        ORDER BY ALL
        """
    ).fetchall()
    for source, list_id, file, row, column, rule, severity, count, advice in rows:
        parts = (f"{source}.{list_id}" if source else "", str(Place(row=row, column=column)))
        where = ", ".join(part for part in parts if part)
        yield Checked(severity, file, where, count or 0, f"{rule.replace('_', ' ')}: {advice}")
