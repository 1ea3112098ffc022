"""Lists that are delivered as a database query are asked for, and become files like any other.

A query's result is written to a Parquet file of text, named ``<source>.<list>.<date>.parquet``: it
is then a delivery like others, can be kept, and can be loaded again when the database has moved on.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from pei_graph.contract import Contract
from pei_graph.extract.batches import BATCH
from pei_graph.extract.cells import as_text
from pei_graph.extract.page import Note, Refusal, Wanted
from pei_graph.settings import connection_url

READS_ONLY = re.compile(r"^\s*(SELECT|WITH)\b[^;]*;?\s*$", re.IGNORECASE)
"""One statement that asks and changes nothing; the account should not be able to either."""


WHY = {
    "not_connected": "The list comes from a database: set {variable} to its SQLAlchemy URL",
    "not_a_select": "The contract's query must be a single SELECT",
    "database_failed": "The database at {variable} cannot be reached, lacks its driver, or refuses"
    " the query: try the query with the same account by hand",
}
"""Why a list has no answer, and what to do, by the rule that says so."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A list for which no database answered, and why not."""

    wanted: Wanted
    note: Note


def ask_databases(contracts: Mapping[str, Contract], folder: Path, *, on: date) -> list[Unanswered]:
    """``folder`` holds what databases now answer, a file a list; return the lists without one.

    An answer is of the day ``on``, and to be received and read as any file that is delivered.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return list(_ask_all(contracts, folder, on))


def _ask_all(contracts: Mapping[str, Contract], folder: Path, on: date) -> Iterator[Unanswered]:
    for wanted in queried_lists(contracts):
        try:
            run_query(wanted, folder, on=on)
        except Refusal as refusal:
            yield Unanswered(wanted, refusal.note)


def still_unanswered(
    contracts: Mapping[str, Contract], silent: Mapping[str, str]
) -> list[Unanswered]:
    """Return the lists that were ``silent`` when databases were last asked, by the rule why."""
    return [
        Unanswered(wanted, _refusal(silent[wanted.name], wanted).note)
        for wanted in queried_lists(contracts)
        if wanted.name in silent
    ]


def asks_databases(contracts: Mapping[str, Contract]) -> bool:
    """Return whether any list is delivered as a query."""
    return any(True for _ in queried_lists(contracts))


def queried_lists(contracts: Mapping[str, Contract]) -> Iterator[Wanted]:
    """Yield every list that is delivered as a query, in a fixed order."""
    for _, contract in sorted(contracts.items()):
        for list_id, source_list in contract.lists.items():
            if source_list.reader.format == "sql":
                yield Wanted(contract, list_id)


def run_query(wanted: Wanted, folder: Path, *, on: date) -> None:
    """A file in ``folder`` holds all that the list's query now gives.

    Raises ``Refusal`` where no database is named in the environment, or it does not answer.
    """
    reader = wanted.source_list.reader
    url = connection_url(reader.url_variable or "")
    if not url:
        raise _refusal("not_connected", wanted)
    if not READS_ONLY.match(reader.query or ""):
        raise _refusal("not_a_select", wanted)
    file = folder / f"{wanted.contract.id}.{wanted.list_id}.{on.isoformat()}.parquet"
    part = file.with_name(f".{file.name}")  # a hidden file is nobody's delivery
    try:
        engine = create_engine(url)
        with engine.connect() as connection:
            _write(connection, reader.query or "", part)
        engine.dispose()
    except (SQLAlchemyError, ImportError, UnicodeError):
        raise _refusal("database_failed", wanted) from None
    part.rename(file)


def _refusal(rule: str, wanted: Wanted) -> Refusal:
    return Refusal(rule, WHY[rule].format(variable=wanted.source_list.reader.url_variable))


def _write(connection: Connection, query: str, file: Path) -> None:
    result = connection.execution_options(stream_results=True, max_row_buffer=BATCH).execute(
        text(query)
    )
    names = list(result.keys())
    schema = pa.schema([(name, pa.string()) for name in names])
    with pq.ParquetWriter(file, schema) as writer:
        for rows in result.partitions(BATCH):
            cells = [[as_text(row[at]) for row in rows] for at in range(len(names))]
            columns = [pa.array(column, pa.string()) for column in cells]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
