"""What in a contract would go wrong only once files come: patterns, and names of columns."""

import re
from collections.abc import Iterable, Iterator

import duckdb

from pei_graph.contract import Contract, SourceList, vocabulary
from pei_graph.errors import ContractError
from pei_graph.extract.columns import NAMED_IN_A_ROW

Problem = tuple[str, str]
"""Where in the contract, and what is wrong."""


def contradictions(con: duckdb.DuckDBPyConnection, contract: Contract) -> Iterator[Problem]:
    """Yield what is wrong with a contract that is well formed; nothing for a sound one."""
    if contract.postcodes and not _is_pattern(con, contract.postcodes):
        yield "postcodes", _no_pattern(contract.postcodes)
    for list_id, source_list in contract.lists.items():
        where = f"lists.{list_id}"
        for problem in (
            *_names(source_list),
            *_patterns(con, source_list),
            *_reading(source_list),
            *_relationships(source_list),
        ):
            yield where, problem


def wrong_patterns(con: duckdb.DuckDBPyConnection, contract: Contract) -> list[str]:
    """Return the patterns by which values are read that are no regular expressions."""
    values = [value for each in contract.lists.values() for value in each.values()]
    patterns = filter(None, [contract.postcodes, *(value.pattern for value in values)])
    return [pattern for pattern in dict.fromkeys(patterns) if not _is_pattern(con, pattern)]


def refuse_wrong_patterns(contracts: Iterable[Contract]) -> None:
    """Every value of the contracts can be read; raises ``ContractError`` where one cannot."""
    with duckdb.connect() as con:
        for contract in contracts:
            for pattern in wrong_patterns(con, contract):
                raise ContractError(
                    f"In the contract {contract.id} {_no_pattern(pattern)}",
                    do="Put it right: `pei check` says in which list it stands",
                )


def _names(source_list: SourceList) -> Iterator[str]:
    known = source_list.columns() | set(source_list.constants) | set(source_list.ignore)
    expected = source_list.expect.filled if source_list.expect else {}
    renamed = {new for layout in source_list.layouts for new in layout.rename.values()}
    absent = {name for layout in source_list.layouts for name in layout.absent}
    yield from _unknown("headers", source_list.headers, known)
    yield from _unknown("optional", source_list.optional, known)
    yield from _unknown("expect.filled", expected, known)
    yield from _unknown("layouts.rename", renamed, known)
    yield from _unknown("layouts.absent", absent, known)


def _unknown(key: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for name in sorted(set(names) - set(known)):
        yield f"`{key}` speaks of the column {name}, which nothing in the list uses or ignores"


def _patterns(con: duckdb.DuckDBPyConnection, source_list: SourceList) -> Iterator[str]:
    values = [value.pattern for value in source_list.values() if value.pattern]
    for pattern in sorted({*source_list.reader.clean, *source_list.reader.replace, *values}):
        if not _is_pattern(con, pattern):
            yield _no_pattern(pattern)
    rule = source_list.delivered_on
    names = [constant.pattern for constant in source_list.constants.values()]
    for pattern in [*names, rule.pattern if rule else ""]:
        try:
            re.compile(pattern)
        except re.error:
            yield f"the pattern {pattern} is no regular expression"


def _is_pattern(con: duckdb.DuckDBPyConnection, pattern: str) -> bool:
    try:
        con.execute("SELECT regexp_matches('', ?)", [pattern]).fetchall()
    except duckdb.Error:
        return False
    return True


def _no_pattern(pattern: str) -> str:
    return f"the pattern {pattern} is no regular expression (RE2)"


def _relationships(source_list: SourceList) -> Iterator[str]:
    known = vocabulary().relationships
    for each in source_list.relationships:
        kind = each.kind.constant
        if kind is not None and kind.lower() not in known:
            yield (
                f"the relationship {kind} is none of loaders/vocabulary.yml, and counts as"
                f" relative: known are {', '.join(known)}"
            )


def _reading(source_list: SourceList) -> Iterator[str]:
    reader = source_list.reader
    if reader.format == "sql":
        if not (reader.query and reader.url_variable):
            yield "a database list needs reader.query and reader.url_variable"
    elif not source_list.files:
        yield "no file can feed the list: give `files`"
    if reader.format == "xml" and not reader.record:
        yield "an XML list needs reader.record, the path of its repeated element"
    if reader.columns and reader.format not in NAMED_IN_A_ROW:
        yield f"reader.columns is for files whose column names are a row, not for {reader.format}"
