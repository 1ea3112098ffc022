"""What becomes DELIVERIES, QUARANTINE and ISSUES, gathered while files are read."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from threading import Lock

import duckdb
import pyarrow as pa

from pei_graph.extract.delivery import Delivery
from pei_graph.extract.page import Note, Reject, Wanted
from pei_graph.extract.queries import Unanswered
from pei_graph.extract.rules import ADVICE
from pei_graph.extract.succession import Succession
from pei_graph.tables import DELIVERIES, FEWER_ROWS, ISSUES, QUARANTINE, Table

TOLD_OF_FILES = "told_of_files"
"""The table of what ISSUES says of files alone: later stages add to ISSUES what rows tell them."""

_FORGOTTEN = f"""
DELETE FROM quarantine WHERE list_contains($sources, source) AND delivery_id NOT IN (FROM standing);
DELETE FROM {TOLD_OF_FILES}
WHERE
    source IS NULL
    OR (list_contains($sources, source)
        AND (delivery_id IS NULL OR rule IN ('superseded', '{FEWER_ROWS}')
            OR delivery_id NOT IN (FROM standing)));
DELETE FROM issues WHERE source IS NULL OR list_contains($sources, source);
INSERT INTO issues FROM {TOLD_OF_FILES} WHERE list_contains($sources, source);
DELETE FROM deliveries WHERE list_contains($sources, source)
"""

_REPEATED = "SELECT delivery_id, repeated FROM deliveries WHERE repeated > 0"


class Tally:
    """Every delivery and issue so far, from any thread; ``write`` makes them tables."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Note nothing yet; the tables are left as they are."""
        self._con = con
        self._writing = Lock()
        self.deliveries: list[Delivery] = []
        self._issues: list[tuple[object, ...]] = []
        self._read: dict[str, Wanted] = {}

    def begin(self) -> None:
        """QUARANTINE, DELIVERIES and ISSUES are empty."""
        for table in (QUARANTINE, DELIVERIES, ISSUES):
            self._con.execute(table.ddl)
        self._con.execute(f"CREATE OR REPLACE TABLE {TOLD_OF_FILES} AS FROM issues")

    def begin_again(self, sources: Collection[str], standing: Collection[Delivery]) -> None:
        """The tables hold nothing of ``sources``, but for what was read of ``standing``."""
        self.deliveries += standing
        con, ids = self._con, [each.delivery_id for each in standing]
        con.execute("CREATE OR REPLACE TEMP TABLE standing AS SELECT unnest(?) AS id", [ids])
        for statement in _FORGOTTEN.split(";\n"):
            con.execute(statement, {"sources": list(sources)})

    def loaded(self, delivery: Delivery, *, layout: str | None, rows_in: int) -> None:
        """The delivery counts as loaded."""
        self._read[delivery.wanted.name] = delivery.wanted
        self.deliveries.append(replace(delivery, layout=layout, rows_in=rows_in))

    def refused(self, delivery: Delivery, *notes: Note) -> None:
        """The delivery counts as refused, for the reasons given; nothing of it was kept."""
        self.deliveries.append(replace(delivery, status="refused"))
        self.note(delivery, *notes)

    def note(self, delivery: Delivery, *notes: Note) -> None:
        """The notes stand in ISSUES under the delivery."""
        source, list_id, name = delivery.place
        place = (source, list_id, delivery.delivery_id, name)
        self._issues += [(*place, *_told(note)) for note in notes]

    def note_file(self, name: str, note: Note) -> None:
        """The note stands in ISSUES under a file that belongs to no list."""
        self._issues.append((None, None, None, name, *_told(note)))

    def note_unanswered(self, lists: Iterable[Unanswered]) -> None:
        """Why it was not answered stands in ISSUES under each list."""
        for each in lists:
            place = (each.wanted.contract.id, each.wanted.list_id, None, each.wanted.name)
            self._issues.append((*place, *_told(each.note)))

    def reject(self, delivery: Delivery, rejects: Iterable[Reject]) -> None:
        """The rows stand in QUARANTINE."""
        rows: list[tuple[object, ...]] = [
            (delivery.delivery_id, *delivery.place, reject.row, reject.column, reject.rule,
             ADVICE[reject.rule], reject.content)
            for reject in rejects
        ]  # fmt: skip
        with self._writing:
            _insert(self._con, QUARANTINE, rows)

    def write_round(self) -> list[Wanted]:
        """DELIVERIES holds what was told so far; return lists that a round of reading added to.

        Those of which something was loaded since the last round, and from several files in all.
        """
        self._write_deliveries(self._successions())
        loaded = Counter(each.wanted.name for each in self.deliveries if each.status == "loaded")
        read, self._read = self._read, {}
        return [wanted for name, wanted in sorted(read.items()) if loaded[name] > 1]

    def write(self) -> None:
        """DELIVERIES and ISSUES hold what was told; deliveries by day, arrival and name."""
        lists = self._successions()
        for deliveries in lists:
            for delivery, note in deliveries.notes():
                self.note(delivery, note)
        issues = sorted(self._issues, key=_list_of)
        for name in (ISSUES.name, TOLD_OF_FILES):
            _insert(self._con, ISSUES, issues, name=name)
        self._write_deliveries(lists)

    def _successions(self) -> list[Succession]:
        """Return the deliveries of each list, with what a round has found repeated of them."""
        repeated = dict(self._con.execute(_REPEATED).fetchall())
        by_list: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
        for each in self.deliveries:
            told = replace(each, repeated=repeated.get(each.delivery_id, each.repeated))
            by_list[each.place[:2]].append(told)
        return [Succession(deliveries) for _, deliveries in sorted(by_list.items())]

    def _write_deliveries(self, lists: Iterable[Succession]) -> None:
        ids = [each.delivery_id for each in self.deliveries]
        self._con.execute("DELETE FROM deliveries WHERE list_contains(?, delivery_id)", [ids])
        _insert(self._con, DELIVERIES, [row for each in lists for row in _rows(each)])


def _told(note: Note) -> tuple[object, ...]:
    return (note.row, note.column, note.rule, note.severity, note.rows, note.advice)


def _list_of(issue: tuple[object, ...]) -> tuple[str, str]:
    """Return the source and list of an issue: those of one list are noted in a fixed order."""
    return str(issue[0] or ""), str(issue[1] or "")


def _rows(deliveries: Succession) -> Iterator[tuple[object, ...]]:
    for sequence, each in enumerate(deliveries.in_order, start=1):
        yield (
            each.delivery_id, *each.place, each.sha256, each.file.bytes, each.layout,
            each.delivered_on, *each.file.arrival.utc, sequence,
            each.delivery_id in deliveries.latest, each.delivery_id in deliveries.overtaken,
            each.status, each.rows_in, each.repeated,
        )  # fmt: skip


def _insert(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    rows: list[tuple[object, ...]],
    *,
    name: str | None = None,
) -> None:
    """The rows stand in the table, put there at once: a statement a row costs a thousand times.

    ``name`` is that of another table with the same columns.
    """
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        con.register("rows", pa.table(columns, list(table.columns)))
        con.execute(f'INSERT INTO "{name or table.name}" BY NAME FROM rows')
        con.unregister("rows")
