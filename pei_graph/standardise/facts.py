"""The dated statements that the rows of a list make about people.

In: ``list_rows``, and at the end the addresses as said. Out: FACTS, each statement once, with the
newest place where it stands.
"""

from collections.abc import Iterable, Mapping

import duckdb

from pei_graph import sql
from pei_graph.contract import Fact, Relationship
from pei_graph.standardise import cells
from pei_graph.standardise.mentions import record_id
from pei_graph.standardise.plan import Plan, combined

STATED = (
    "record_id", "kind", "type", "role", "event", "from_date", "to_date", "status", "detail",
    "value", "total", "unauthorised", "worker", "telephone", "address_id", "other_record_id",
)  # fmt: skip
"""What a fact states; the rest of its columns say where."""

SUMS = ("value", "total", "unauthorised")


def add_facts(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """FACTS holds what the list's current rows state: involvements and relationships."""
    for number, fact in enumerate(plan.list.facts):
        _add(con, _combined(plan, fact, number) if fact.combine else _plain(plan, fact, number))
    for number, relationship in enumerate(plan.list.relationships):
        _add(con, _related(plan, relationship, number))


def add_residences(con: duckdb.DuckDBPyConnection) -> None:
    """FACTS holds where the sources say that their records live or lived."""
    _add(
        con,
        _select(
            {
                "record_id": "a.record_id",
                "kind": "'address'",
                "type": "'residence'",
                "from_date": "a.from_date",
                "to_date": "a.to_date",
                "address_id": "p.address_id",
            },
            "said_addresses AS a JOIN whole_places AS p ON p.said = a.said"
            " JOIN delivery_order AS o ON o.number = a.place >> 44",
            where=("o.current", "p.address_id IS NOT NULL"),
            place="a.place",
        ),
    )


def state_once(con: duckdb.DuckDBPyConnection) -> None:
    """Of facts that state the same thing only the newest, and of one row the first, remains."""
    con.execute(
        """
        DELETE FROM facts
        WHERE rowid IN (
            WITH repeated AS (
                SELECT fact_id
                FROM facts
                GROUP BY fact_id
                HAVING count(*) > 1
            ),
            ranked AS (
                SELECT
                    f.rowid AS id,
                    row_number() OVER (
                        PARTITION BY f.fact_id
                        ORDER BY o.number, f.row, f.rowid
                    ) AS place
                FROM facts AS f
                JOIN repeated AS r ON r.fact_id = f.fact_id
                JOIN delivery_order AS o ON o.delivery_id = f.delivery_id
            )
            SELECT id
            FROM ranked
            WHERE place > 1
        )
        """
    )


def _add(con: duckdb.DuckDBPyConnection, stated: str) -> None:
    text = ", ".join(f"coalesce({column}::VARCHAR, '')" for column in STATED)
    con.execute(
        "INSERT INTO facts BY NAME"
        f" SELECT (md5_number_lower(concat_ws(chr(31), {text})) >> 1)::BIGINT AS fact_id,"
        f" {', '.join(f's.{column}' for column in STATED)},"
        " o.source, o.delivery_id, (s.place >> 10) & ((1::BIGINT << 34) - 1) AS row"
        f" FROM ({stated}) AS s JOIN delivery_order AS o ON o.number = s.place >> 44"
    )


def _select(
    stated: Mapping[str, str], relation: str, *, where: Iterable[str], place: str, tail: str = ""
) -> str:
    types = {"from_date": "DATE", "to_date": "DATE", **dict.fromkeys(SUMS, "DOUBLE")}
    columns = ", ".join(
        f"({stated.get(column, 'NULL')})::{types.get(column, 'VARCHAR')} AS {column}"
        for column in STATED
    )
    return f"SELECT {columns}, {place} AS place FROM {relation} WHERE {' AND '.join(where)}{tail}"


def _involvement(plan: Plan, fact: Fact) -> dict[str, str]:
    attributes = (
        "role", "from_date", "to_date", "status", "detail", *SUMS, "worker", "telephone",
    )  # fmt: skip
    stated = {each: plan.column(each, getattr(fact, each)) for each in attributes}
    event = plan.column("event", fact.event)
    return stated | {
        "record_id": record_id(plan, fact.about),
        "kind": "'involvement'",
        "type": sql.text(fact.type),
        "event": f"{sql.text(plan.contract.id + ':')} || {event}",
    }


def _counts(plan: Plan, role: str, condition: str) -> tuple[str, ...]:
    return ("current", condition, f"{plan.key(role)} IS NOT NULL")


def _plain(plan: Plan, fact: Fact, number: int) -> str:
    where = _counts(plan, fact.about, f"w{number}")
    return _select(_involvement(plan, fact), "list_rows", where=where, place="place")


def _combined(plan: Plan, fact: Fact, number: int) -> str:
    if fact.combine is None:
        return _plain(plan, fact, number)
    code, count = (plan.column(each, value) for each, value in combined(fact).items())
    sums = {
        column: f"sum({count}) FILTER ({cells.one_of(code, fact.combine.into[column])})"
        for column in fact.combine.into
    }
    where = _counts(plan, fact.about, f"w{number}")
    stated = _involvement(plan, fact) | sums
    same = ", ".join(each for each in STATED if each not in fact.combine.into)
    tail = f" GROUP BY number, {same}"
    return _select(stated, "list_rows", where=where, place="min(place)", tail=tail)


def _related(plan: Plan, relationship: Relationship, number: int) -> str:
    key, other = plan.key(relationship.person), plan.key(relationship.of)
    stated = {
        "record_id": record_id(plan, relationship.person),
        "kind": "'relationship'",
        "type": plan.column("relationship", relationship.kind),
        "from_date": plan.column("from_date", relationship.from_date),
        "to_date": plan.column("to_date", relationship.to_date),
        "other_record_id": record_id(plan, relationship.of),
    }
    where = (*_counts(plan, relationship.person, f"x{number}"), f"{other} <> {key}")
    return _select(stated, "list_rows", where=where, place="place")
