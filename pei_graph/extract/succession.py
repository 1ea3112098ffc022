"""The deliveries of one list, one after another: which are the newest, and what has become of some.

In: deliveries as they were read. Out: their order, those that count, and notes about those that
another took the place of, or that lack much of what was there before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath

from pei_graph.extract.arrivals import took_its_place
from pei_graph.extract.delivery import Delivery
from pei_graph.extract.page import Note
from pei_graph.tables import FEWER_ROWS

LEAST_ROWS = 20
"""Rows that a delivery must lack to be told of: short lists come and go."""

SUPERSEDED = Note(
    "superseded",
    "note",
    "Another file of the same day came later from the same place, and counts instead",
)


class Succession:
    """The deliveries of one list.

    ``in_order`` are all of them, oldest first; ``superseded`` are those, of whatever day, that
    another of the same day and place came after; ``latest`` are the ids of the others of the newest
    day, and ``overtaken`` of those of a snapshot list, read or refused, that one of these came
    after.
    """

    def __init__(self, deliveries: Collection[Delivery]) -> None:
        """Put the deliveries in order."""
        self.in_order = sorted(deliveries, key=_order)
        loaded = [each for each in self.in_order if each.status == "loaded"]
        snapshots = [each for each in loaded if each.wanted.source_list.mode == "snapshot"]
        self.superseded = list(_superseded(snapshots))
        outdone = {each.delivery_id for each in self.superseded}
        self._standing = [each for each in loaded if each.delivery_id not in outdone]
        newest = max((each.delivered_on for each in loaded), default=None)
        self._newest = [each for each in self._standing if each.delivered_on == newest]
        self.latest = {each.delivery_id for each in self._newest}
        self.overtaken = {each.delivery_id for each in self.in_order if self._is_overtaken(each)}

    def _is_overtaken(self, each: Delivery) -> bool:
        if not self._newest or each.wanted.source_list.mode != "snapshot":
            return False
        if each.delivered_on < self._newest[0].delivered_on:
            return True
        same_file = [other for other in self._newest if _alike(other) == _alike(each)]
        return any(took_its_place(other.file.origin, each.file.origin) for other in same_file)

    def notes(self) -> Iterator[tuple[Delivery, Note]]:
        """Yield what is to be told of deliveries because of others."""
        for each in self.superseded:
            yield each, SUPERSEDED
        for now, before in self._followed():
            rows, had = (sum(each.rows_in for each in group) for group in (now, before))
            if had - rows >= LEAST_ROWS and rows < had / 2:
                yield now[0], _fewer(rows, had)

    def _followed(self) -> Iterator[tuple[Sequence[Delivery], Sequence[Delivery]]]:
        """Yield deliveries of the newest day, and those that they follow.

        That is the day before, as a whole, and for each file those that it took the place of.
        """
        if not self._newest or self._newest[0].wanted.source_list.mode != "snapshot":
            return
        days = sorted({each.delivered_on for each in self._standing})
        yield self._newest, [each for each in self._standing if [each.delivered_on] == days[-2:-1]]
        for file in _by_file(self._newest):
            outdone = [each for each in self.superseded if each.delivered_on == days[-1]]
            for old in _by_file(outdone):
                if took_its_place(file[0].file.origin, old[0].file.origin):
                    yield file, old


def _by_file(deliveries: Collection[Delivery]) -> Collection[list[Delivery]]:
    """Return deliveries by the file that they are of: a workbook has several sheets."""
    files: dict[Path, list[Delivery]] = defaultdict(list)
    for each in deliveries:
        files[each.file.path].append(each)
    return files.values()


def _fewer(rows: int, before: int) -> Note:
    return Note(
        FEWER_ROWS,
        "warning",
        f"There are {rows:,} rows where there were {before:,} before, and what is gone no longer"
        " counts: if it was cut off, deliver it whole, or withdraw it (`pei deliveries`)",
        rows=before - rows,
    )


def _order(delivery: Delivery) -> tuple[object, ...]:
    return (delivery.delivered_on, delivery.file.arrival.order, delivery.name)


def _alike(delivery: Delivery) -> tuple[object, ...]:
    """Return what two deliveries share of which one can take the place of the other."""
    return (delivery.delivered_on, *PurePosixPath(delivery.file.name).parts[-2:])


def _superseded(deliveries: Collection[Delivery]) -> Iterator[Delivery]:
    """Yield those that another of the same day took the place of."""
    alike: dict[tuple[object, ...], list[Delivery]] = defaultdict(list)
    for each in deliveries:
        alike[_alike(each)].append(each)
    for group in alike.values():
        for each in group:
            if any(took_its_place(other.file.origin, each.file.origin) for other in group):
                yield each
