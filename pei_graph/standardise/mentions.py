"""The people that the rows of a list speak of.

In: ``list_rows``. Out: rows of ``mentions``, ``said_addresses``, ``said_identifiers`` and ``seen``:
one for each person, address, identifier or row that is spoken of; and from ``seen`` RECORD_ROWS.
"""

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from pei_graph import sql
from pei_graph.contract import Address, Person, Value
from pei_graph.standardise import cells
from pei_graph.standardise.plan import Plan

PLAIN_FIELDS = (
    "forename", "middle_names", "surname", "name", "known_as", "former_surname",
    "preferred_surname", "former_name", "sex", "ethnicity", "birth_place", "occupation",
)  # fmt: skip

BETWEEN = "chr(31)"
"""Stands between the parts of an address in one text: no keyboard writes it."""

ADOPTED = "adoption_order"
"""The type of fact that seals the record it is about, and no address: the row may tell the home
that the child came from."""

TYPES = {
    "place": "BIGINT", "birth_date": "DATE", "youngest": "SMALLINT", "oldest": "SMALLINT",
    "delivered_on": "DATE", "since": "DATE", "current": "BOOLEAN", "sealed": "BOOLEAN",
}  # fmt: skip
"""Types of the columns of ``mentions`` that are not text."""

ALWAYS = ("record_id", "place", "role", "delivered_on", "since", "current", "sealed")


def make_mentions(con: duckdb.DuckDBPyConnection, plans: Iterable[Plan]) -> frozenset[str]:
    """Table ``mentions`` is empty; return its columns: what the lists say about people at all."""
    filled = (_said(plan, person) for plan in plans for person in plan.list.people)
    columns = dict.fromkeys([*ALWAYS, *(column for said in filled for column in said)])
    typed = ", ".join(f"{column} {TYPES.get(column, 'VARCHAR')}" for column in columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE mentions ({typed})")
    return frozenset(columns)


def add_people(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Every person, address and identifier that a row of ``list_rows`` names is noted."""
    people = plan.list.people
    _insert(con, "mentions", (_mentions(plan, person) for person in people))
    _insert(con, "working.said_identifiers", _identifiers(plan))
    _insert(
        con,
        "working.said_addresses",
        (_address(plan, each, address=each.address) for each in people if each.address),
    )
    _insert(con, "working.seen", _seen(plan))


def make_record_rows(con: duckdb.DuckDBPyConnection) -> None:
    """RECORD_ROWS holds every row that speaks of a record."""
    con.execute(
        """
        INSERT INTO record_rows BY NAME
        SELECT s.record_id, o.delivery_id, (s.place >> 10) & ((1::BIGINT << 34) - 1) AS row
        FROM working.seen AS s
        LEFT JOIN working.delivery_order AS o ON o.number = s.place >> 44
        """
    )


def _insert(con: duckdb.DuckDBPyConnection, table: str, queries: Iterable[str]) -> None:
    if whole := "\nUNION ALL BY NAME\n".join(queries):
        con.execute(f"INSERT INTO {table} BY NAME\n{whole}")


def record_id(plan: Plan, role: str) -> str:
    """Return SQL over ``list_rows`` for the record of the person in a role."""
    return f"{sql.text(plan.contract.id + ':')} || {plan.key(role)}"


def _mentions(plan: Plan, person: Person) -> str:
    """Rows that only repeat a person's key are told once for each delivery."""
    key = plan.key(person.role)
    orders = list(_orders(plan, person))
    told = person.fields or person.sealed or orders
    names = ("delivered_on", "since", "current", "place")
    once = ("any_value(delivered_on)", "min(since)", "any_value(current)", "min(place)")
    seen = names if told else once
    columns = {
        "record_id": record_id(plan, person.role),
        "role": sql.text(person.role),
        "sealed": " OR ".join([_sealed(plan, person), *orders]),
        **_said(plan, person),
        **dict(zip(names, seen, strict=True)),
    }
    chosen = ", ".join(f"{expression} AS {column}" for column, expression in columns.items())
    return (
        f"SELECT {chosen} FROM list_rows WHERE {key} IS NOT NULL"
        f"{'' if told else f' GROUP BY {key}, number'}"
    )


def _said(plan: Plan, person: Person) -> Mapping[str, str]:
    """Return SQL for each column of ``mentions`` that the rows fill about the person."""
    fields = person.fields
    said = {each: plan.column(each, fields[each]) for each in PLAIN_FIELDS if each in fields}
    said |= {
        f"{each}_part": sql.text(fields[each].order or "forename surname")
        for each in ("name", "former_name")
        if each in fields
    }
    if "case_family" in fields:
        number = plan.column("case_family", fields["case_family"])
        family = cells.numbered(number, plan.contract.key_digits)
        said["case_family"] = f"{sql.text(plan.contract.id + ':')} || {family}"
    if person.age:
        said |= {"youngest": str(person.age[0]), "oldest": str(person.age[1])}
    return {**said, **_birth(plan, fields)}


def _birth(plan: Plan, fields: Mapping[str, Value]) -> Mapping[str, str]:
    if "birth_date" not in fields and "birth_year" not in fields:
        return {}
    date = plan.column("birth_date", fields.get("birth_date"))
    year = plan.column("birth_year", fields.get("birth_year"))
    number = date.removeprefix("v")
    of_date = {"quality": f"q{number}", "given": f"g{number}"} if "birth_date" in fields else {}
    of_year = f"CASE WHEN {year} IS NOT NULL THEN 'partial' END"
    return {
        "birth_date_given": of_date.get("given", "NULL::VARCHAR"),
        "birth_date": f"coalesce({date}, {year})",
        "birth_date_quality": f"coalesce({of_date.get('quality', 'NULL')}, {of_year})",
    }


def _sealed(plan: Plan, person: Person) -> str:
    return plan.column("sealed", person.sealed) if person.sealed else "FALSE"


def _orders(plan: Plan, person: Person) -> Iterator[str]:
    """Yield the conditions under which a row tells that the person was adopted."""
    for i, fact in enumerate(plan.list.facts):
        if fact.type == ADOPTED and fact.about == person.role:
            yield f"w{i}"


def _identifiers(plan: Plan) -> Iterator[str]:
    for person in plan.list.people:
        for scheme, value in sorted(person.identifiers.items()):
            given = plan.column("identifier", value)
            column = sql.text(value.from_[0]) if value.from_ else "NULL"
            yield (
                f"SELECT {record_id(plan, person.role)} AS record_id, place,"
                f" {sql.text(scheme.removeprefix('former_'))} AS scheme, {given} AS given,"
                f" {column} AS column_name FROM list_rows"
                f" WHERE {plan.key(person.role)} IS NOT NULL AND {given} IS NOT NULL"
            )


def _address(plan: Plan, person: Person, *, address: Address) -> str:
    uprn, line, postcode, kind = (
        plan.column(part, getattr(address, part)) for part in ("uprn", "line", "postcode", "kind")
    )
    said = (uprn, line, postcode, kind, *_foreign(plan, postcode))
    parts = f", {BETWEEN}, ".join(f"coalesce({each}, '')" for each in said)
    part = [each.role for each in plan.list.people].index(person.role)
    return (
        f"SELECT {record_id(plan, person.role)} AS record_id, place + {part} AS place, since,"
        f" concat({parts}) AS said,"
        f" {plan.column('from_date', address.from_date)} AS from_date,"
        f" {plan.column('to_date', address.to_date)} AS to_date,"
        f" {_sealed(plan, person)} AS sealed"
        f" FROM list_rows WHERE {plan.key(person.role)} IS NOT NULL"
        f" AND coalesce({uprn}, {line}, {postcode}) IS NOT NULL"
    )


def _foreign(plan: Plan, postcode: str) -> Iterator[str]:
    """Yield SQL for a postcode of the other country that the contract names, if it names one."""
    if plan.contract.postcodes:
        form = sql.text(plan.contract.postcodes)
        yield f"CASE WHEN regexp_full_match(trim({postcode}), {form}) THEN upper({postcode}) END"


def _seen(plan: Plan) -> Iterator[str]:
    keys = {person.role: plan.key(person.role) for person in plan.list.people}
    for place, (role, key) in enumerate(keys.items()):
        where = " AND ".join(_first_told(key, earlier=list(keys.values())[:place]))
        yield f"SELECT {record_id(plan, role)} AS record_id, place FROM list_rows WHERE {where}"


def _first_told(key: str, *, earlier: Iterable[str]) -> Iterator[str]:
    """Yield the conditions under which a row tells a person that no earlier role told."""
    yield f"{key} IS NOT NULL"
    yield from (f"{key} IS DISTINCT FROM {each}" for each in earlier)
