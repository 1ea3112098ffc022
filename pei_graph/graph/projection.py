"""The graph as a projection of a run's tables: dropped and built again at will.

In: the tables between stages, in DuckDB. Out: a graph file. Each label and relationship has a
SELECT in ``select/``; what it gives is written to Parquet and copied into the graph by another
process, which goes on while the next is written, and then counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

import cypher
from pei_graph import sql
from pei_graph.contract import Contract, read_contracts
from pei_graph.errors import GraphError
from pei_graph.graph.loader import Loader, loader
from pei_graph.graph.reading import LadybugStore
from pei_graph.scripts import Scripts
from pei_graph.settings import Settings

STANDARDISED = (
    "Address", "Involvement", "Record", "Source", "WITH_AGENCY", "FROM_SOURCE", "EVIDENCES",
    "RECORDED_AT",
)  # fmt: skip
"""What is known once records are standardised."""
LINKED = ("SAME_AS",)
"""What is known once records are linked."""
RESOLVED = (
    "Person", "Family", "INVOLVED_IN", "CANDIDATE_FOR", "LIVES_AT", "MEMBER_OF", "AT", "RELATED_TO",
)  # fmt: skip
"""What is known once records are resolved into persons and families."""
NAMED = "Person.named"
"""The key of each new person whom a relationship needs: what else is told of them comes later."""
IDENTIFIED = (NAMED, "INVOLVED_IN", "CANDIDATE_FOR")
"""What of that is known before homes are found: who is who. Differences alone are told so."""
HOUSED = tuple(name for name in RESOLVED if name not in IDENTIFIED)
"""The rest of it."""
DATED = ("RECORDED_AT", "LIVES_AT", "MEMBER_OF", "AT", "RELATED_TO")
"""Relationships with the properties ``from`` and ``to``."""
FINDINGS = ("Criterion", "MEETS.Person", "MEETS.Family")
MANY = 50_000
"""Rows from which a table is written to the graph's file as soon as it is loaded: the ends of
relationships are found more slowly among nodes that are not."""


class Growing:
    """A graph that another process loads while this one goes on."""

    def __init__(
        self,
        loader: Loader,
        folder: Path,
        *,
        threads: int,
        contracts: Mapping[str, Contract] | None = None,
    ) -> None:
        """Tell ``loader`` of files in ``folder``; ``contracts`` describe the sources."""
        self.rows: dict[str, int] = {}
        self._loader = loader
        self._threads = threads
        self._folder = folder
        self._sources = contract_sources({} if contracts is None else contracts)

    def add(self, con: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
        """The tables' rows are on their way into the graph; ``con`` is left as it was.

        Give ``STANDARDISED``, ``LINKED``, ``RESOLVED``: relationships need their ends. Raises
        ``GraphError`` where an earlier table could not be loaded.
        """
        # While other stages go on they use the rest of the machine, and one thread loads with a
        # twentieth less work than two; nothing goes on beside what comes last.
        last = names[-1] not in {*STANDARDISED, *LINKED}
        self._loader.tell(f"CALL threads={self._threads if last else 1}")
        # Of its own: the caller may not have read all that it asked of its connection.
        with con.cursor() as own:
            own.register("contract_sources", self._sources)
            for name in names:
                self.rows[name] = export(own, self._folder, name)
                self._tell(copying(self._folder, name, self.rows[name]))
        self._tell(_at_once(_renames(name for name in names if name in DATED)))

    def _tell(self, statements: Iterable[str]) -> None:
        for statement in statements:
            self._loader.tell(statement)


@contextmanager
def growing(
    graph: Path, settings: Settings, *, contracts: Mapping[str, Contract] | None = None
) -> Iterator[Growing]:
    """Give a graph to add tables to as they are made; after the body it stands whole in ``graph``.

    So the graph's loading fills what other stages leave idle of the machine. ``contracts`` describe
    the sources; the packaged ones if not given. A graph that cannot be whole is removed and
    ``GraphError`` raised.
    """
    described = read_contracts() if contracts is None else contracts
    try:
        with scratch(graph) as folder, loader(graph, settings) as process:
            for statement in _at_once(schema("ladybug")):
                process.tell(statement)
            started = Growing(process, folder, threads=settings.threads, contracts=described)
            yield started
            process.finish()
        check_counts(graph, started.rows, settings)
    except BaseException:
        remove(graph)
        raise


def load_findings(graph: Path, con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """The graph has a Criterion node a criterion and a MEETS relationship a finding.

    Raises ``GraphError`` where they cannot be loaded whole; the graph is then of no use.
    """
    with scratch(graph) as folder, loader(graph, settings) as process:
        started = Growing(process, folder, threads=settings.threads)
        started.add(con, FINDINGS)
        process.finish()
    check_counts(graph, started.rows, settings)


@contextmanager
def scratch(graph: Path) -> Iterator[Path]:
    """Give a folder beside the graph, gone after the body."""
    with TemporaryDirectory(dir=graph.parent, prefix="load-") as folder:
        yield Path(folder)


def contract_sources(contracts: Mapping[str, Contract]) -> pa.Table:
    """Return what contracts say of their sources, as the export of Source reads it."""
    columns = ("source", "title", "agency", "owner", "team", "telephone", "every", "since",
               "covers", "types", "evidences")  # fmt: skip
    kinds = [pa.list_(pa.string()) if name in ("types", "evidences") else pa.string()
             for name in columns]  # fmt: skip
    return pa.Table.from_pylist(
        [_described(contract) for contract in contracts.values()],
        schema=pa.schema(list(zip(columns, kinds, strict=True))),
    )


def _described(contract: Contract) -> dict[str, object]:
    stated = {fact.type for source_list in contract.lists.values() for fact in source_list.facts}
    return {
        "source": contract.id,
        "title": contract.title,
        "agency": contract.agency,
        "owner": contract.owner,
        "team": contract.contact.team,
        "telephone": contract.contact.telephone,
        "every": contract.freshness.every,
        "since": contract.freshness.since,
        "covers": contract.freshness.covers,
        "types": sorted(stated),
        "evidences": sorted(contract.evidences),
    }


def export(con: duckdb.DuckDBPyConnection, folder: Path, name: str) -> int:
    """The rows of one of the graph's tables stand in ``folder`` as Parquet; return how many.

    Needs the relation ``contract_sources`` for Source.
    """
    return written(con, folder, name, select(name))


_SELECTS = Scripts(files(__package__) / "select")


def select(name: str) -> str:
    """Return the query that gives the rows of one of the graph's tables."""
    return _SELECTS.text(name)


def written(con: duckdb.DuckDBPyConnection, folder: Path, name: str, query: str) -> int:
    """The query's rows stand in ``folder`` as Parquet for the graph's engine; return how many."""
    # Ladybug reads neither version 2 of Parquet nor its DECIMAL.
    target = sql.text(str(folder / f"{name}.parquet"))
    answer = con.execute(
        f"COPY ({query}) TO {target} (FORMAT parquet, PARQUET_VERSION v1, COMPRESSION snappy)"
    ).fetchone()
    return int(answer[0]) if answer else 0


def schema(engine: str) -> Iterator[str]:
    """Return the statements that make an engine's tables, empty."""
    text = (cypher.ROOT / "schema" / f"{engine}.cypher").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("//"))
    return (part.strip() for part in "\n".join(lines).split(";") if part.strip())


def _at_once(statements: Iterable[str]) -> Iterator[str]:
    if given := list(statements):
        yield from ("BEGIN TRANSACTION", *given, "COMMIT")


def copying(folder: Path, name: str, rows: int) -> Iterator[str]:
    """Yield the statements that copy what :func:`export` wrote into the graph."""
    table, _, start = name.partition(".")
    ends = f" (from='{start}', to='Criterion')" if start else ""
    if rows:
        yield f"COPY {table} FROM {sql.text(str(folder / f'{name}.parquet'))}{ends}"
    if rows >= MANY:
        yield "CHECKPOINT"


def _renames(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield f"ALTER TABLE {name} RENAME from_date TO `from`"
        yield f"ALTER TABLE {name} RENAME to_date TO `to`"


def check_counts(graph: Path, rows: Mapping[str, int], settings: Settings) -> None:
    """The graph holds as many of each name as ``rows`` says; raises ``GraphError`` if not."""
    held = counts(graph, rows, settings)
    for name, wanted in rows.items():
        if held[name] != wanted:
            raise GraphError(f"The graph holds {held[name]} of {wanted} rows of {name}")


def counts(graph: Path, names: Iterable[str], settings: Settings) -> dict[str, int]:
    """Return how many rows of each name the graph holds."""
    with LadybugStore(graph, settings) as store:
        return {name: _count(store, name) for name in names}


def _count(store: LadybugStore, name: str) -> int:
    table, _, start = name.partition(".")
    if not table.isupper():
        return store.count(table)
    left = f"(:{start})" if start else "()"
    pattern = f"MATCH {left}-[r:{table}]->() RETURN count(*) AS found"
    return int(store.rows(pattern)[0]["found"])


def remove(graph: Path) -> None:
    """The graph and whatever stands beside it under its name are gone."""
    for file in graph.parent.glob(f"{graph.name}*"):
        file.unlink(missing_ok=True)
