"""What one kind of reader may see of a run's tables.

Sealed persons, records and addresses are hidden here, before any question is asked, so no count or
list built on these views can betray them. A family with a sealed member or address is hidden whole:
its areas and priority were worked out from facts that the reader may not know of.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from pei_graph.graph.search import NameIndex
from pei_graph.scripts import Scripts
from pei_graph.settings import Settings
from pei_graph.sql import text
from pei_graph.workspace import RunFolder, connect

SQL = Scripts(files("webapp") / "queries")
IN_MEMORY = Path(":memory:")

Row = dict[str, Any]
Rows = list[Row]


class Sight:
    """The tables of one run as readers with or without sight of sealed data see them."""

    def __init__(self, run: RunFolder, settings: Settings, *, see_sealed: bool) -> None:
        """Open the run's tables read-only behind views."""
        self.see_sealed = see_sealed
        spill = settings.model_copy(update={"temp_dir": run.folder / "spill"})
        self._con = connect(IN_MEMORY, spill)
        self._con.execute(f"ATTACH {text(str(run.tables))} AS run (READ_ONLY)")
        self._con.execute("SET VARIABLE see_sealed = ?", [see_sealed])
        self._con.execute(SQL.text("sight"))
        self.names = NameIndex(self._con)
        hidden = self._con.execute("SELECT family_id FROM hidden_family").fetchall()
        self.hidden_families = frozenset(family for (family,) in hidden)
        hidden = self._con.execute("SELECT record_id FROM hidden_record").fetchall()
        self.hidden_records = frozenset(record for (record,) in hidden)

    @contextmanager
    def asking(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor of its own, since DuckDB refuses one connection to two threads."""
        cursor = self._con.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def explaining(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor that finds the views under the tables' own names, then the run's tables.

        What explains people so reads what this reader may see, and beside it the model alone.
        """
        with self.asking() as cursor:
            cursor.execute("SET search_path = 'memory.main,run.main'")
            yield cursor

    def rows(self, question: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Return the rows of ``queries/<question>.sql`` as dictionaries."""
        query = SQL.text(question)
        with self.asking() as con:
            con.execute(query, dict(parameters or {}))
            names = [column[0] for column in con.description or ()]
            return [dict(zip(names, row, strict=True)) for row in con.fetchall()]

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """Return how many records, sources, people and families are seen."""
        return {row["kind"]: row["seen"] for row in self.rows("counted")}

    def close(self) -> None:
        """The run's file is no longer held."""
        self._con.close()
