"""Delivered files become RAW, DELIVERIES, QUARANTINE and ISSUES."""

import gc
import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb

from pei_graph.boundary import check
from pei_graph.contract import Contract
from pei_graph.extract.delivery import Delivery
from pei_graph.extract.find import (
    DIGEST_LENGTH,
    DeliveredFile,
    Sources,
    delivered_on,
    find_files,
    lists_fed_by,
    what_name_says,
)
from pei_graph.extract.lanes import FileToRead, read_in_lanes
from pei_graph.extract.load import load_page, make_raw
from pei_graph.extract.once import keep_newest
from pei_graph.extract.page import Note, Page, Refusal, Wanted
from pei_graph.extract.queries import Unanswered
from pei_graph.extract.readers import READERS
from pei_graph.extract.rounds import in_rounds
from pei_graph.extract.standing import find_standing
from pei_graph.extract.taking_over import take_over
from pei_graph.extract.tally import Tally
from pei_graph.tables import DELIVERIES, ISSUES, QUARANTINE

UNKNOWN_FILE = Note(
    "unknown_file",
    "warning",
    "No contract speaks of this file, so it was not read: remove it, or add its name to the"
    " `files` of a list",
)

UNREADABLE_FILE = Note(
    "unreadable_file",
    "error",
    "The file cannot be read by the account that runs `pei`: let it, or take the file away",
)

SAME_FILE = Note(
    "same_file",
    "note",
    "The same content was delivered for the same day again, or under another name: it is loaded"
    " once",
)


def extract(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    sources: Sources,
    *,
    unanswered: Iterable[Unanswered] = (),
) -> None:
    """Every delivered row stands in RAW or in QUARANTINE, and DELIVERIES counts both.

    ``sources`` are files and folders, searched through, with their day where it was written down.
    One RAW table is made for every list of every contract. ISSUES tells of lists ``unanswered``.
    """
    tally = _begin(con, contracts)
    tally.note_unanswered(unanswered)
    _read_all(con, tally, list(_files_to_read(tally, contracts, find_files(sources))))


def _begin(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> Tally:
    """All tables are there, empty."""
    con.execute("CREATE SCHEMA IF NOT EXISTS raw")
    _make_raw(con, contracts.values())
    tally = Tally(con)
    tally.begin()
    return tally


def extract_others(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    sources: Sources,
    *,
    read: AbstractSet[str],
    known: Collection[Path],
    unanswered: Iterable[Unanswered] = (),
) -> None:
    """As :func:`extract`, but what was read for the run ``before`` is taken from its tables.

    The sources ``read`` are those of which it read what would be read now; of files, those that are
    ``known``. Needs that run's tables attached as ``before``.
    """
    _begin(con, contracts)
    with _rows_in_file_order(con):
        take_over(con, [contracts[source] for source in sorted(read)])
    extract_again(
        con, contracts, sources, changed=set(contracts), known=known, unanswered=unanswered
    )


def extract_again(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    sources: Sources,
    *,
    changed: AbstractSet[str],
    known: Collection[Path] = (),
    unanswered: Iterable[Unanswered] = (),
) -> None:
    """RAW, QUARANTINE and DELIVERIES say what ``sources`` hold, as :func:`extract` would make them.

    Only files that feed the sources ``changed`` are read, and of those none that is ``known``, from
    a source of which nothing has gone: what stands of it in the tables stays. Needs the tables as
    :func:`extract` made them of files, and lists ``unanswered``, that differ in those alone.
    ISSUES then holds nothing that a later stage said of the sources changed, or of no source.
    """
    tally = Tally(con)
    files = list(_of_changed(_files_to_read(tally, contracts, find_files(sources)), changed))
    stay = find_standing(con, files, changed=changed, known=known)
    _make_raw(con, [contracts[each] for each in sorted(changed - stay.sources)])
    tally.begin_again(changed, stay.deliveries)
    tally.note_unanswered(each for each in unanswered if each.wanted.contract.id in changed)
    _read_all(con, tally, list(stay.others(files)))


def sources_fed_by(names: Iterable[str], contracts: Mapping[str, Contract]) -> set[str]:
    """Return the sources that files of these names feed, by the contracts."""
    return {want.contract.id for name in names for want in lists_fed_by(name, contracts)}


def _of_changed(files: Iterable[FileToRead], changed: Collection[str]) -> Iterator[FileToRead]:
    for each in files:
        if wanted := [want for want in each.wanted if want.contract.id in changed]:
            yield FileToRead(each.file, wanted)


def _make_raw(con: duckdb.DuckDBPyConnection, contracts: Iterable[Contract]) -> None:
    con.begin()
    for contract in contracts:
        for list_id in contract.lists:
            make_raw(con, Wanted(contract, list_id))
    con.commit()


def _read_all(con: duckdb.DuckDBPyConnection, tally: Tally, files: Sequence[FileToRead]) -> None:
    for some in in_rounds(files):
        with _rows_in_file_order(con), _no_search_for_cycles():
            read_in_lanes(con, some, partial(_read, tally=tally))
        keep_newest(con, tally.write_round())
    tally.write()
    check(con, DELIVERIES, QUARANTINE, ISSUES)


@contextmanager
def _rows_in_file_order(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """DuckDB numbers the rows it reads from a file in the file's order, within the body."""
    asked = con.execute("SELECT current_setting('preserve_insertion_order')")
    [(before,)] = asked.fetchall()
    con.execute("SET preserve_insertion_order = true")
    try:
        yield
    finally:
        con.execute(f"SET preserve_insertion_order = {bool(before)}")


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Python looks for no cycles among objects within the body.

    Rows as read are millions of objects and no cycle; to look through them again and again takes a
    sixth of the readers' time.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def _files_to_read(
    tally: Tally, contracts: Mapping[str, Contract], files: Iterable[DeliveredFile]
) -> Iterator[FileToRead]:
    """Yield each file with the lists it feeds, those left out that have its content already.

    Of what came more than once the last counts: another file may have come in between.
    """
    known: dict[tuple[object, ...], list[DeliveredFile]] = defaultdict(list)
    for file in sorted(files, key=lambda each: each.arrival.order, reverse=True):
        if not os.access(file.path, os.R_OK):
            tally.note_file(file.name, UNREADABLE_FILE)
            continue
        wanted = lists_fed_by(file.name, contracts)
        says = {want.name: (want.name, file.bytes, *what_name_says(want, file)) for want in wanted}
        new = [want for want in wanted if not _holds_one_of(file, known[says[want.name]])]
        for each in says.values():
            known[each].append(file)
        if new:
            yield FileToRead(file, new)
        else:
            tally.note_file(file.name, SAME_FILE if wanted else UNKNOWN_FILE)


def _holds_one_of(file: DeliveredFile, others: Sequence[DeliveredFile]) -> bool:
    """Return whether the file holds what one of the others does; none is read without others."""
    return any(file.sha256 == each.sha256 for each in others)


def _read(con: duckdb.DuckDBPyConnection, each: FileToRead, *, tally: Tally) -> None:
    file = each.file
    for kind in sorted({want.source_list.reader.format for want in each.wanted}):
        group = [want for want in each.wanted if want.source_list.reader.format == kind]
        begun: set[str] = set()
        try:
            for page in READERS[kind](file.path, group):
                begun.add(page.wanted.name)
                _load(con, tally, _delivery(file, page.wanted, page=page), page=page)
        except Refusal as refusal:
            for want in group:
                if want.name not in begun:
                    tally.refused(_delivery(file, want), refusal.note)


def _load(con: duckdb.DuckDBPyConnection, tally: Tally, delivery: Delivery, *, page: Page) -> None:
    if page.refused:
        tally.refused(delivery, *page.notes, page.refused)
        return
    try:
        load_page(con, tally, delivery, page=page)
    except Refusal as refusal:
        tally.refused(delivery, *page.notes, refusal.note)


def _delivery(file: DeliveredFile, wanted: Wanted, *, page: Page | None = None) -> Delivery:
    part = page.part if page else ""
    name = f"{file.name}#{part}" if part else file.name
    day = delivered_on(wanted, file)
    digest = hashlib.sha256(f"{file.sha256} {name} {day}".encode()).hexdigest()[:DIGEST_LENGTH]
    stated = page.delivered_on if page else None
    return Delivery(f"{wanted.name}.{digest}", wanted, name, file, file.sha256, stated or day)
