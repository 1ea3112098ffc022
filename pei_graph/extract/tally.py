"""What becomes DELIVERIES, QUARANTINE and ISSUES, gathered while files are read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from threading import Lock

import duckdb
import pyarrow as pa

from pei_graph.extract.delivery import Delivery
from pei_graph.extract.page import Note, Reject, Wanted
from pei_graph.extract.rules import ADVICE
from pei_graph.extract.succession import Succession
from pei_graph.tables import DELIVERIES, ISSUES, QUARANTINE, Table


class Tally:
    """Every delivery and issue so far, from any thread; ``write`` makes them tables."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, sources: Collection[str] | None = None
    ) -> None:
        """Make QUARANTINE, DELIVERIES and ISSUES empty, or hold nothing of ``sources`` any more."""
        self._con = con
        self._writing = Lock()
        self.deliveries: list[Delivery] = []
        self._issues: list[tuple[object, ...]] = []
        for table in (QUARANTINE, DELIVERIES, ISSUES):
            if sources is None:
                con.execute(table.ddl)
            else:
                _forget(con, table, sources)

    def loaded(self, delivery: Delivery, *, layout: str | None, rows_in: int) -> None:
        """The delivery counts as loaded."""
        self.deliveries.append(replace(delivery, layout=layout, rows_in=rows_in))

    def refused(self, delivery: Delivery, *notes: Note) -> None:
        """The delivery counts as refused, for the reasons given; nothing of it was kept."""
        self.deliveries.append(replace(delivery, status="refused"))
        self.note(delivery, *notes)

    def note(self, delivery: Delivery, *notes: Note) -> None:
        """The notes stand in ISSUES under the delivery."""
        source, list_id, name = delivery.place
        self._issues += [
            (source, list_id, delivery.delivery_id, name, note.row, note.column,
             note.rule, note.severity, note.rows, note.advice)
            for note in notes
        ]  # fmt: skip

    def note_file(self, name: str, note: Note) -> None:
        """The note stands in ISSUES under a file that belongs to no list."""
        self._issues.append(
            (None, None, None, name, None, None, note.rule, note.severity, note.rows, note.advice)
        )

    def note_list(self, wanted: Wanted, note: Note) -> None:
        """The note stands in ISSUES under a list of which nothing was delivered."""
        place = (wanted.contract.id, wanted.list_id, None, wanted.name)
        self._issues.append(
            (*place, note.row, note.column, note.rule, note.severity, note.rows, note.advice)
        )

    def reject(self, delivery: Delivery, rejects: Iterable[Reject]) -> None:
        """The rows stand in QUARANTINE."""
        rows: list[tuple[object, ...]] = [
            (delivery.delivery_id, *delivery.place, reject.row, reject.column, reject.rule,
             ADVICE[reject.rule], reject.content)
            for reject in rejects
        ]  # fmt: skip
        with self._writing:
            _insert(self._con, QUARANTINE, rows)

    def write(self) -> None:
        """DELIVERIES and ISSUES hold what was told; deliveries by day, arrival and name."""
        by_list: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
        for delivery in self.deliveries:
            by_list[delivery.place[:2]].append(delivery)
        rows: list[tuple[object, ...]] = []
        for _, deliveries in sorted(by_list.items()):
            standing = Succession(deliveries)
            for delivery, note in standing.notes():
                self.note(delivery, note)
            rows += _rows(standing)
        _insert(self._con, ISSUES, sorted(self._issues, key=_list_of))
        _insert(self._con, DELIVERIES, rows)


def _forget(con: duckdb.DuckDBPyConnection, table: Table, sources: Collection[str]) -> None:
    """Nothing of the sources stands in the table, nor of no source at all: it is told anew."""
    con.execute(
        f'DELETE FROM "{table.name}" WHERE source IS NULL OR list_contains($1, source)',
        [list(sources)],
    )


def _list_of(issue: tuple[object, ...]) -> tuple[str, str]:
    """Return the source and list of an issue: those of one list are noted in a fixed order."""
    return str(issue[0] or ""), str(issue[1] or "")


def _rows(deliveries: Succession) -> Iterator[tuple[object, ...]]:
    for sequence, each in enumerate(deliveries.in_order, start=1):
        yield (
            each.delivery_id, *each.place, each.file.sha256, each.file.bytes, each.layout,
            each.delivered_on, sequence, each.delivery_id in deliveries.latest,
            each.status, each.rows_in,
        )  # fmt: skip


def _insert(con: duckdb.DuckDBPyConnection, table: Table, rows: list[tuple[object, ...]]) -> None:
    """The rows stand in the table, put there at once: a statement a row costs a thousand times."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        con.register("rows", pa.table(columns, list(table.columns)))
        con.execute(f'INSERT INTO "{table.name}" BY NAME FROM rows')
        con.unregister("rows")
