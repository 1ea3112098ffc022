"""Delivered files are found and matched to the lists of the contracts that describe them."""

import hashlib
import os
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath

from pei_graph.contract import Constant, Contract
from pei_graph.errors import DeliveryError, Place
from pei_graph.extract.arrivals import Arrival, changed_at, named_from
from pei_graph.extract.page import Wanted
from pei_graph.workspace import WORKSPACE_FOLDERS, is_workspace

DIGEST_LENGTH = 12
"""Hex digits of a file's SHA-256 in names and ids: 48 bits are ample for a council's files."""

_LEFT = re.compile(r"[.].*|~[$].*|__MACOSX|Thumbs[.]db|desktop[.]ini", re.IGNORECASE)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Sources = Sequence[Path] | Mapping[Path, Arrival | None]
"""Files and folders as a user names them, or as they were kept: each with what was written down of
it as it came, or None."""


@dataclass(frozen=True)
class DeliveredFile:
    """A file as delivered: where it lies, the name it is known by, its arrival, and its digest."""

    path: Path
    name: str
    bytes: int
    arrival: Arrival

    @property
    def origin(self) -> tuple[str, Arrival]:
        """Return whence and when it came."""
        return self.name, self.arrival

    @cached_property
    def sha256(self) -> str:
        """Return the digest of what it holds, reckoned when first asked for."""
        with self.path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()


def find_files(sources: Sources) -> Iterator[DeliveredFile]:
    """Yield every file under ``sources`` once, folders searched through, in a fixed order.

    A file is named by its path from the folder that holds the source, so with one folder at least
    where a user names it. It is of the day that is written down, or else of that on which it was
    last changed.
    """
    kept = sources if isinstance(sources, Mapping) else None
    seen: set[Path] = set()
    for source in sources:
        top = source.resolve()
        start, arrival = (top.parent, kept[source]) if kept is not None else (named_from(top), None)
        for path in files_of(top):
            if path not in seen:
                seen.add(path)
                yield _describe(path, path.relative_to(start).as_posix(), arrival)


def files_of(source: Path) -> list[Path]:
    """Return the files of what a user names, in order: a file itself, or all within a folder.

    What a machine leaves among them is passed over: hidden files and folders, the mark of a
    workbook that somebody has open, what Windows and macOS keep of a folder. So is what a
    workspace that lies there keeps and derives. Raises ``DeliveryError`` where a folder cannot be
    read.
    """
    top = source.resolve()
    if top.is_file():
        return [top]
    found: list[Path] = []
    for name, folders, files in os.walk(top, onerror=_unreadable):
        folder = Path(name)
        own = WORKSPACE_FOLDERS if is_workspace(folder) else ()
        folders[:] = [each for each in folders if each not in own and not _left(each)]
        found += [folder / each for each in files if not _left(each)]
    return sorted(each for each in found if each.is_file())


def _unreadable(error: OSError) -> None:
    raise DeliveryError(
        "The folder cannot be read",
        where=Place(file=str(error.filename)),
        do="Let the account that runs `pei` read it, with all that is in it",
    ) from error


def _left(name: str) -> bool:
    """Return whether a machine leaves files or folders of this name."""
    return bool(_LEFT.fullmatch(name))


def _describe(path: Path, name: str, arrival: Arrival | None) -> DeliveredFile:
    return DeliveredFile(path, name, path.stat().st_size, arrival or Arrival(changed_at(path)))


def lists_fed_by(name: str, contracts: Mapping[str, Contract]) -> list[Wanted]:
    """Return the lists whose ``files`` globs match the end of a file's path, case ignored."""
    return [
        Wanted(contract, list_id)
        for _, contract in sorted(contracts.items())
        for list_id, source_list in contract.lists.items()
        if any(_matches(name, glob) for glob in _globs(contract, list_id))
    ]


def _globs(contract: Contract, list_id: str) -> tuple[str, ...]:
    """Return a list's globs, and for a query the name under which its results are kept."""
    source_list = contract.lists[list_id]
    if source_list.reader.format == "sql":
        return (*source_list.files, f"*{contract.id}.{list_id}.*.parquet")
    return source_list.files


def _matches(name: str, glob: str) -> bool:
    """Return whether a path ends as a glob says; its last part alone rules most globs out."""
    path, wanted = name.casefold(), glob.casefold().removeprefix("**/")
    last = _last_part(wanted)
    may_match = not last or fnmatchcase(path.rpartition("/")[2], last)
    return may_match and PurePosixPath(path).match(wanted)


@lru_cache(maxsize=1024)
def _last_part(glob: str) -> str:
    return PurePosixPath(glob).name


def delivered_on(wanted: Wanted, file: DeliveredFile) -> date:
    """Return the date a delivery speaks for, from its name where the contract says how.

    A name without a day means the last day of its month, and without a month the contract's
    ``month_day``. The file's own date counts where the name says nothing.
    """
    name, otherwise = file.name, file.arrival.day
    rule = wanted.source_list.delivered_on
    if wanted.source_list.reader.format == "sql":
        return date.fromisoformat(name.split(".")[-2])
    found = re.search(rule.pattern, name, re.IGNORECASE) if rule and rule.pattern else None
    if not rule or not found:
        return otherwise
    part = {key: value for key, value in found.groupdict().items() if value}
    if "year" not in part:
        return otherwise
    term = part.get("term", "").casefold()
    terms = {name.casefold(): month_day for name, month_day in rule.terms.items()}
    month, _, day = terms.get(term, rule.month_day).partition("-")
    if "month" in part:
        month, day = part["month"], part.get("day", "")
    try:
        return _day(part["year"], month, day)
    except ValueError:
        return otherwise


def _day(year: str, month: str, day: str) -> date:
    full_year = int(year) + (2000 if len(year) <= len("99") else 0)
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].casefold()) + 1
    return date(full_year, number, int(day) if day else monthrange(full_year, number)[1])


def constants(wanted: Wanted, name: str, *, on: date) -> dict[str, str | None]:
    """Return the columns that a list takes from a file's name or date; None where it is silent."""
    return {
        column: on.isoformat() if constant.delivered_on else _from_name(constant, name)
        for column, constant in wanted.source_list.constants.items()
    }


def _from_name(constant: Constant, name: str) -> str | None:
    found = re.search(constant.pattern, name, re.IGNORECASE)
    if not found:
        return None
    if not constant.terms:
        return found.group(1)
    terms = {term.casefold(): month_day for term, month_day in constant.terms.items()}
    return f"{found.group('year')}-{terms[found.group('term').casefold()]}"


def what_name_says(wanted: Wanted, file: DeliveredFile) -> tuple[object, ...]:
    """Return what a list takes from a file's name: two files of one content may differ in it."""
    day = delivered_on(wanted, file)
    return (day, *constants(wanted, file.name, on=day).values())
