"""Files are read in rounds, so that RAW never holds a year of nights that mostly say the same.

In: files in the order in which they are read. Out: the same, some at a time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from pei_graph.extract.find import delivered_on
from pei_graph.extract.lanes import FileToRead

MOST_DAYS = 16
"""Days of a list that are read in one round. After each, all that stands of the list is looked
through for rows that are said again. A list that comes in many files, one a school, has one day."""


def in_rounds(files: Iterable[FileToRead], *, most_days: int = MOST_DAYS) -> list[list[FileToRead]]:
    """Return the files by round, each in the given order: no more than so many days of a list.

    Every list begins in the first round, so that sources are read side by side.
    """
    days: dict[str, dict[date, int]] = defaultdict(dict)
    rounds: dict[int, list[FileToRead]] = defaultdict(list)
    for each in files:
        rounds[max(_places(each, days)) // most_days].append(each)
    return [some for _, some in sorted(rounds.items())]


def _places(each: FileToRead, days: dict[str, dict[date, int]]) -> Iterator[int]:
    """Yield which of the days of each list that it feeds the file is of, by when they were met."""
    for want in each.wanted:
        met = days[want.name]
        yield met.setdefault(delivered_on(want, each.file), len(met))
