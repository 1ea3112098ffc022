"""Rows in RAW that no person can be made from, or that repeat a key, are set aside whole."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from pei_graph import sql
from pei_graph.contract import Contract, SourceList
from pei_graph.extract.delivery import Delivery
from pei_graph.extract.filled import BLANKS, filled
from pei_graph.extract.page import CONTENT_LIMIT
from pei_graph.extract.rules import ADVICE

Shares = Mapping[str, float | None]
"""Which share of a delivery's rows fills a column; None where there are no rows."""


def set_aside(
    con: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    columns: Sequence[str],
    *,
    measured: Sequence[str] = (),
) -> Shares:
    """Rows of the delivery that break a rule of their list stand in QUARANTINE and not in RAW.

    ``columns`` are those of RAW whose cells make up the row's text in QUARANTINE. Returns which
    share of the rows that stay fills each of the ``measured`` columns: one look tells both.
    """
    table = sql.raw_table(delivery.wanted.contract.id, delivery.wanted.list_id)
    broken, shares = _look(con, delivery, table, measured=measured)
    if not broken:
        return shares
    contract, source_list = delivery.wanted.contract, delivery.wanted.source_list
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE broken AS
        SELECT _row, rule[1] AS rule, rule[2] AS "column"
        FROM (
            SELECT _row, {_first_broken_rule(contract, source_list)} AS rule
            FROM {table}
            WHERE _delivery = $delivery
        )
        WHERE rule IS NOT NULL
        """,
        {"delivery": delivery.delivery_id},
    )
    _move(con, delivery, table, columns)
    return _look(con, delivery, table, measured=measured)[1]


def _look(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, table: str, *, measured: Sequence[str]
) -> tuple[bool, Shares]:
    """Return whether any row breaks a rule, without putting rows in order, and the shares."""
    contract, source_list = delivery.wanted.contract, delivery.wanted.source_list
    tests = [f"bool_or({test})" for test, _ in _rules(contract, source_list)]
    if source_list.unique:
        tests.append(f"count(DISTINCT row({_key(source_list)})) < count(*)")
    shares = [f"avg({filled(name, contract)}::INTEGER)" for name in measured]
    [(broken, *found)] = con.execute(
        f"SELECT {', '.join([' OR '.join(tests), *shares])} FROM {table} WHERE _delivery = ?",
        [delivery.delivery_id],
    ).fetchall()
    return bool(broken), dict(zip(measured, found, strict=True))


def _key(source_list: SourceList) -> str:
    key = source_list.people[0].key
    return ", ".join(f"trim({sql.name(column)}, {BLANKS})" for column in key)


def _first_broken_rule(contract: Contract, source_list: SourceList) -> str:
    rules = list(_rules(contract, source_list))
    if source_list.unique:
        again = f"row_number() OVER (PARTITION BY {_key(source_list)} ORDER BY _row) > 1"
        first_key = source_list.people[0].key
        rules.append((again, f"['duplicate_key', {sql.text(first_key[0])}]"))
    whens = " ".join(f"WHEN {test} THEN {then}" for test, then in rules)
    return f"CASE {whens} END"


def _rules(contract: Contract, source_list: SourceList) -> Iterator[tuple[str, str]]:
    keys = [[filled(c, contract) for c in person.key] for person in source_list.people]
    has_key = " OR ".join(f"({' AND '.join(key)})" for key in keys)
    first_key = source_list.people[0].key
    yield f"NOT ({has_key})", f"['missing_key', {sql.text(first_key[0])}]"
    for column in dict.fromkeys(c for person in source_list.people for c in person.key):
        yield _rounded(column), f"['rounded_key', {sql.text(column)}]"
    for column in source_list.required:
        yield f"NOT {filled(column, contract)}", f"['missing_value', {sql.text(column)}]"


def _rounded(column: str) -> str:
    """Return SQL that is true where a spreadsheet has written a whole number as 1.23E+11.

    Its last digits are lost, so that many people would be one; most cells need no look at all.
    """
    cell = sql.name(column)
    number = f"regexp_full_match(trim({cell}, {BLANKS}), '[0-9]([.,][0-9]+)?[eE][+][0-9]+')"
    return f"(contains({cell}, '+') AND {number})"


def _move(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, table: str, columns: Sequence[str]
) -> None:
    cells = ", ".join(f"coalesce({sql.name(column)}, '')" for column in columns)
    advice = " ".join(
        f"WHEN {sql.text(rule)} THEN {sql.text(words)}" for rule, words in ADVICE.items()
    )
    con.execute(
        f"""
        INSERT INTO quarantine
        SELECT
            $delivery, $source, $list, $file, _row, broken."column", broken.rule,
            CASE broken.rule {advice} END,
            left(concat_ws(' | ', {cells}), {CONTENT_LIMIT})
        FROM {table}
        JOIN broken USING (_row)
        WHERE _delivery = $delivery
        ORDER BY _row
        """,
        dict(
            zip(("source", "list", "file"), delivery.place, strict=True),
            delivery=delivery.delivery_id,
        ),
    )
    con.execute(
        f"DELETE FROM {table} WHERE _delivery = $delivery AND _row IN (SELECT _row FROM broken)",
        {"delivery": delivery.delivery_id},
    )
