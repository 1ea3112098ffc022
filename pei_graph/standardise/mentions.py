"""The people that the rows of a list speak of.

In: ``list_rows``. Out: rows of ``mentions``, ``said_addresses``, ``said_identifiers`` and
``record_rows``: one for each person, address, identifier or row that is spoken of.
"""

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from pei_graph import sql
from pei_graph.contract import Address, Person, Value
from pei_graph.standardise.plan import Plan

NAME_FIELDS = (
    "forename", "middle_names", "surname", "name", "known_as", "former_surname",
    "preferred_surname", "former_name",
)  # fmt: skip

BETWEEN = "chr(31)"
"""Stands between the parts of an address in one text: no keyboard writes it."""


def add_people(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Every person, address and identifier that a row of ``list_rows`` names is noted."""
    for person in plan.list.people:
        _add_mentions(con, plan, person)
        for scheme, value in sorted(person.identifiers.items()):
            _add_identifier(con, plan, person, scheme=scheme, value=value)
        if person.address:
            _add_address(con, plan, person, address=person.address)
    _add_rows(con, plan)


def record_id(plan: Plan, role: str) -> str:
    """Return SQL over ``list_rows`` for the record of the person in a role."""
    return f"{sql.text(plan.contract.id + ':')} || {plan.key(role)}"


def _add_mentions(con: duckdb.DuckDBPyConnection, plan: Plan, person: Person) -> None:
    """Rows that only repeat a person's key are told once for each delivery."""
    key = plan.key(person.role)
    known = {
        "role": sql.text(person.role),
        "youngest": str(person.age[0]) if person.age else "NULL",
        "oldest": str(person.age[1]) if person.age else "NULL",
    }
    told = person.fields or person.sealed
    said = _said(plan, person) if told else {"sealed": "FALSE"}
    once = ("any_value(delivered_on)", "any_value(current)", "min(place)")
    seen = ("delivered_on", "current", "place") if told else once
    when = dict(zip(("delivered_on", "current", "place"), seen, strict=True))
    columns = {**known, **said, **when}
    chosen = ", ".join(f"{expression} AS {column}" for column, expression in columns.items())
    con.execute(
        f"INSERT INTO mentions BY NAME SELECT {record_id(plan, person.role)} AS record_id, {chosen}"
        f" FROM list_rows WHERE {key} IS NOT NULL{'' if told else f' GROUP BY {key}, number'}"
    )


def _said(plan: Plan, person: Person) -> Mapping[str, str]:
    plain = {each: person.fields.get(each) for each in (*NAME_FIELDS, "sex", "ethnicity")}
    said = {field: plan.column(field, value) for field, value in plain.items()}
    return {
        **said,
        **_parts(person),
        **_birth(plan, person.fields),
        "case_family": _case_family(plan, person),
        "sealed": plan.column("sealed", person.sealed) if person.sealed else "FALSE",
    }


def _parts(person: Person) -> Mapping[str, str]:
    parts = {}
    for field in ("name", "former_name"):
        value = person.fields.get(field)
        order = value.order or "forename surname" if value else None
        parts[f"{field}_part"] = sql.text(order) if order else "NULL"
    return parts


def _birth(plan: Plan, fields: Mapping[str, Value]) -> Mapping[str, str]:
    date = plan.column("birth_date", fields.get("birth_date"))
    year = plan.column("birth_year", fields.get("birth_year"))
    number = date.removeprefix("v")
    of_date = {"quality": f"q{number}", "given": f"g{number}"} if "birth_date" in fields else {}
    of_year = f"CASE WHEN {year} IS NOT NULL THEN 'partial' END"
    return {
        "birth_date_given": of_date.get("given", "NULL"),
        "birth_date": f"coalesce({date}, {year})",
        "birth_date_quality": f"coalesce({of_date.get('quality', 'NULL')}, {of_year})",
    }


def _case_family(plan: Plan, person: Person) -> str:
    family = plan.column("case_family", person.fields.get("case_family"))
    return f"{sql.text(plan.contract.id + ':')} || {family}"


def _add_identifier(
    con: duckdb.DuckDBPyConnection, plan: Plan, person: Person, *, scheme: str, value: Value
) -> None:
    given = plan.column("identifier", value)
    con.execute(
        f"INSERT INTO said_identifiers SELECT {record_id(plan, person.role)}, place, ?, {given}, ?"
        f" FROM list_rows WHERE {plan.key(person.role)} IS NOT NULL AND {given} IS NOT NULL",
        [scheme.removeprefix("former_"), value.from_[0] if value.from_ else None],
    )


def _add_address(
    con: duckdb.DuckDBPyConnection, plan: Plan, person: Person, *, address: Address
) -> None:
    uprn, line, postcode, kind = (
        plan.column(part, getattr(address, part)) for part in ("uprn", "line", "postcode", "kind")
    )
    parts = f", {BETWEEN}, ".join(f"coalesce({each}, '')" for each in (uprn, line, postcode, kind))
    part = [each.role for each in plan.list.people].index(person.role)
    con.execute(
        "INSERT INTO said_addresses BY NAME"
        f" SELECT {record_id(plan, person.role)} AS record_id, place + {part} AS place,"
        f" concat({parts}) AS said,"
        f" {plan.column('from_date', address.from_date)} AS from_date,"
        f" {plan.column('to_date', address.to_date)} AS to_date,"
        f" {plan.column('sealed', person.sealed) if person.sealed else 'FALSE'} AS sealed"
        f" FROM list_rows WHERE {plan.key(person.role)} IS NOT NULL"
        f" AND coalesce({uprn}, {line}, {postcode}) IS NOT NULL"
    )


def _add_rows(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    keys = {person.role: plan.key(person.role) for person in plan.list.people}
    people = " UNION ALL ".join(
        f"SELECT {record_id(plan, role)} AS record_id, number, row FROM list_rows"
        f" WHERE {' AND '.join(_first_told(key, earlier=list(keys.values())[:place]))}"
        for place, (role, key) in enumerate(keys.items())
    )
    con.execute(
        "INSERT INTO record_rows BY NAME"
        " SELECT p.record_id, o.delivery_id, p.row"
        f" FROM ({people}) AS p JOIN delivery_order AS o ON o.number = p.number"
    )


def _first_told(key: str, *, earlier: Iterable[str]) -> Iterator[str]:
    """Yield the conditions under which a row tells a person that no earlier role told."""
    yield f"{key} IS NOT NULL"
    yield from (f"{key} IS DISTINCT FROM {each}" for each in earlier)
