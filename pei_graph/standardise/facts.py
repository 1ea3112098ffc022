"""The dated statements that the rows of a list make about people.

In: ``list_rows``, and at the end the addresses as said. Out: ``stated``, and from it FACTS, each
statement once, with the newest place where it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pei_graph import sql
from pei_graph.contract import Fact, Relationship
from pei_graph.standardise import cells
from pei_graph.standardise.mentions import record_id
from pei_graph.standardise.plan import Plan, combined
from pei_graph.standardise.queries import SQL

SUMS = ("value", "total", "unauthorised")

STATED = (
    "record_id", "kind", "type", "role", "event", "from_date", "to_date", "status", "detail",
    *SUMS, "worker", "telephone", "address_id", "other_record_id",
)  # fmt: skip
"""What a fact states; its other columns say where. The order and number are part of every
``fact_id``: new columns go to the end."""

TYPES = {"from_date": "DATE", "to_date": "DATE", **dict.fromkeys(SUMS, "DOUBLE")}

FROM_ROW = ("role", "from_date", "to_date", "status", "detail", *SUMS, "worker", "telephone")
"""What an involvement takes from its row as it stands there."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL for one kind of fact: what is stated, where, since when, and for which rows it holds."""

    stated: Mapping[str, str]
    relation: str
    where: tuple[str, ...]
    place: str = "place"
    since: str = "since"
    tail: str = ""

    @property
    def columns(self) -> list[str]:
        """Return the columns of FACTS that are stated at all."""
        return [column for column in STATED if self.stated.get(column, "NULL") != "NULL"]

    @property
    def query(self) -> str:
        """Return the query for the statements, each with its place and since when it is told."""
        chosen = ", ".join(
            f"({self.stated[column]})::{TYPES.get(column, 'VARCHAR')} AS {column}"
            for column in self.columns
        )
        where = " AND ".join(self.where)
        return (
            f"SELECT {chosen}, {self.place} AS place, {self.since} AS since"
            f" FROM {self.relation} WHERE {where}{self.tail}"
        )

    @property
    def text(self) -> str:
        """Return SQL for what is stated as one text, in which nothing stands for what is not."""
        labels = {column: chr(ord("a") + number) for number, column in enumerate(STATED)}
        parts = ", ".join(f"'{labels[column]}' || {column}" for column in self.columns)
        return f"concat_ws(chr(31), {parts})"


def make_stated(con: duckdb.DuckDBPyConnection) -> None:
    """Table ``stated`` is empty: a row for each statement, with its place and since when."""
    stated = ", ".join(f"{column} {TYPES.get(column, 'VARCHAR')}" for column in STATED)
    told = "place BIGINT, since DATE"
    con.execute(f"CREATE TABLE working.stated (fact_id BIGINT, {stated}, {told})")


def add_facts(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """What the list's rows state is noted, the past ones too: involvements and relationships."""
    facts = [_involvement(plan, fact, condition=f"w{i}") for i, fact in enumerate(plan.list.facts)]
    relationships = [
        _relationship(plan, relationship, condition=f"x{i}")
        for i, relationship in enumerate(plan.list.relationships)
    ]
    _add(con, [*facts, *relationships])


def add_residences(con: duckdb.DuckDBPyConnection) -> None:
    """Where the sources say that their records live or lived is noted."""
    stated = {
        "record_id": "a.record_id",
        "kind": "'address'",
        "type": "CASE WHEN a.placed THEN 'placement' ELSE 'residence' END",
        "from_date": "a.from_date",
        "to_date": "a.to_date",
        "address_id": "p.address_id",
    }
    relation = "said_residences AS a JOIN whole_places AS p ON p.number = a.number"
    where = ("p.address_id IS NOT NULL",)
    _add(con, [Statement(stated, relation, where, place="a.place", since="a.since")])


def state_once(con: duckdb.DuckDBPyConnection) -> None:
    """FACTS holds what current rows state, once: where it is told last, and since when."""
    SQL.run(con, "facts")


def _add(con: duckdb.DuckDBPyConnection, statements: Sequence[Statement]) -> None:
    if statements:
        each = "\nUNION ALL BY NAME\n".join(map(_identified, statements))
        con.execute(f"INSERT INTO working.stated BY NAME\n{each}")


def _identified(statement: Statement) -> str:
    return (
        f"SELECT (md5_number_lower({statement.text}) >> 1)::BIGINT AS fact_id,"
        f" {', '.join(statement.columns)}, place, since FROM ({statement.query})"
    )


def _involvement(plan: Plan, fact: Fact, *, condition: str) -> Statement:
    stated = {each: plan.column(each, getattr(fact, each)) for each in FROM_ROW}
    stated |= {
        "record_id": record_id(plan, fact.about),
        "kind": "'involvement'",
        "type": sql.text(fact.type),
    }
    if fact.event:
        stated["event"] = (
            f"{sql.text(plan.contract.id + ':')} || {plan.column('event', fact.event)}"
        )
    where = (condition, f"{plan.key(fact.about)} IS NOT NULL")
    if fact.combine is None:
        return Statement(stated, "list_rows", where)
    return _summed(plan, fact, Statement(stated, "list_rows", where))


def _summed(plan: Plan, fact: Fact, one: Statement) -> Statement:
    """Return one with its sums, told since the last of its rows; past rows may stand in part."""
    into = fact.combine.into if fact.combine else {}
    code, count = (plan.column(each, value) for each, value in combined(fact).items())
    sums: dict[str, str] = {
        column: f"sum({count}) FILTER ({cells.one_of(code, codes)})"
        for column, codes in into.items()
    }
    same = ", ".join(each for each in one.columns if each not in into)
    return Statement(
        {**one.stated, **sums}, one.relation, ("current", *one.where),
        place="min(place)", since="max(since)", tail=f" GROUP BY number, {same}",
    )  # fmt: skip


def _relationship(plan: Plan, relationship: Relationship, *, condition: str) -> Statement:
    key, other = plan.key(relationship.person), plan.key(relationship.of)
    stated = {
        "record_id": record_id(plan, relationship.person),
        "kind": "'relationship'",
        "type": plan.column("relationship", relationship.kind),
        "from_date": plan.column("from_date", relationship.from_date),
        "to_date": plan.column("to_date", relationship.to_date),
        "other_record_id": record_id(plan, relationship.of),
    }
    return Statement(stated, "list_rows", (condition, f"{other} <> {key}"))
