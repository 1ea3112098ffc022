"""The graph as a projection of a run's tables: dropped and built again at will.

In: the tables between stages, in DuckDB. Out: a graph file. Each label and relationship has a
SELECT in ``select/``; what it gives is written to Parquet and copied into the graph by another
process, and then counted.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
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
from pei_graph.graph.ladybug import LadybugStore
from pei_graph.settings import Settings
from pei_graph.workspace import connect

NODES = ("Source", "Address", "Person", "Family", "Record", "Involvement")
RELATIONSHIPS = (
    "FROM_SOURCE", "SAME_AS", "CANDIDATE_FOR", "RECORDED_AT", "LIVES_AT", "MEMBER_OF", "AT",
    "RELATED_TO", "EVIDENCES", "INVOLVED_IN", "WITH_AGENCY",
)  # fmt: skip
DATED = ("RECORDED_AT", "LIVES_AT", "MEMBER_OF", "AT", "RELATED_TO")
"""Relationships with the properties ``from`` and ``to``."""
FINDINGS = ("Criterion", "MEETS.Person", "MEETS.Family")


def build(
    tables: Path,
    graph: Path,
    settings: Settings,
    *,
    contracts: Mapping[str, Contract] | None = None,
) -> None:
    """The graph of a run's tables stands in ``graph``, every node and relationship counted.

    ``contracts`` describe the sources; the packaged ones if not given. A graph that cannot be
    built whole is removed and ``GraphError`` raised.
    """
    described = read_contracts() if contracts is None else contracts
    try:
        with _scratch(graph) as folder, _loader() as loader:
            with connect(tables, settings, read_only=True) as con:
                con.register("contract_sources", _sources(described))
                rows = _export(con, folder, (*NODES, *RELATIONSHIPS))
            statements = [*_schema(), *_copies(folder, rows), *_renames()]
            _load(loader, graph, statements, settings=settings)
        _check_counts(graph, rows, settings)
    except BaseException:
        _remove(graph)
        raise


def load_findings(graph: Path, con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """The graph has a Criterion node a criterion and a MEETS relationship a finding.

    Raises ``GraphError`` where they cannot be loaded whole; the graph is then of no use.
    """
    with _scratch(graph) as folder, _loader() as loader:
        rows = _export(con, folder, FINDINGS)
        _load(loader, graph, list(_copies(folder, rows)), settings=settings)
    _check_counts(graph, rows, settings)


@contextmanager
def _scratch(graph: Path) -> Iterator[Path]:
    with TemporaryDirectory(dir=graph.parent, prefix="load-") as folder:
        yield Path(folder)


def _sources(contracts: Mapping[str, Contract]) -> pa.Table:
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


def _export(con: duckdb.DuckDBPyConnection, folder: Path, names: Iterable[str]) -> dict[str, int]:
    # Ladybug reads neither version 2 of Parquet nor its DECIMAL.
    rows = {}
    for name in names:
        select = (files(__package__) / "select" / f"{name}.sql").read_text(encoding="utf-8")
        target = sql.text(str(folder / f"{name}.parquet"))
        answer = con.execute(
            f"COPY ({select}) TO {target} (FORMAT parquet, PARQUET_VERSION v1, COMPRESSION snappy)"
        ).fetchone()
        rows[name] = int(answer[0]) if answer else 0
    return rows


def _schema() -> Iterator[str]:
    text = (cypher.ROOT / "schema" / "ladybug.cypher").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("//"))
    return (part.strip() for part in "\n".join(lines).split(";") if part.strip())


def _copies(folder: Path, rows: Mapping[str, int]) -> Iterator[str]:
    for name, count in rows.items():
        table, _, start = name.partition(".")
        ends = f" (from='{start}', to='Criterion')" if start else ""
        if count:
            yield f"COPY {table} FROM {sql.text(str(folder / f'{name}.parquet'))}{ends}"


def _renames() -> Iterator[str]:
    for table in DATED:
        yield f"ALTER TABLE {table} RENAME from_date TO `from`"
        yield f"ALTER TABLE {table} RENAME to_date TO `to`"


@contextmanager
def _loader() -> Iterator[subprocess.Popen[str]]:
    # Started before there is anything to load: it imports while the tables are exported.
    with subprocess.Popen(  # the product's own module, no shell
        [sys.executable, "-m", "pei_graph.graph.ladybug"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _load(
    loader: subprocess.Popen[str], graph: Path, statements: list[str], *, settings: Settings
) -> None:
    plan = {
        "graph": str(graph),
        "statements": statements,
        "settings": settings.model_dump(mode="json"),
    }
    _, said = loader.communicate(json.dumps(plan))
    if loader.returncode:
        why = (said.strip().splitlines() or ["it said nothing"])[-1]
        raise GraphError(
            f"The graph could not be loaded (its loader ended with {loader.returncode}): {why}",
            do="The last good graph is still in place; run again, or report this",
        )


def _check_counts(graph: Path, rows: Mapping[str, int], settings: Settings) -> None:
    with LadybugStore(graph, settings) as store:
        for name, wanted in rows.items():
            found = _count(store, name)
            if found != wanted:
                raise GraphError(f"The graph holds {found} of {wanted} rows of {name}")


def _count(store: LadybugStore, name: str) -> int:
    table, _, start = name.partition(".")
    if table in NODES or table == "Criterion":
        return store.count(table)
    left = f"(:{start})" if start else "()"
    pattern = f"MATCH {left}-[r:{table}]->() RETURN count(*) AS found"
    return int(store.rows(pattern)[0]["found"])


def _remove(graph: Path) -> None:
    for file in graph.parent.glob(f"{graph.name}*"):
        file.unlink(missing_ok=True)
