"""When deliveries were made and when they came, and from which place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

FIRST_DAY = datetime(1980, 1, 2, tzinfo=UTC)
"""No file was changed before: a zip archive or a disk that keeps no time gives 1 January 1980, and
other stores give 1970."""

NOT_WRITTEN_DOWN = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a file was last changed, and when it came; None where that was not written down.

    Whatever is received at once came at one time.
    """

    changed: datetime
    came: datetime | None = None

    @property
    def day(self) -> date:
        """Return the day of what the file holds."""
        return self.changed.date()

    @property
    def order(self) -> datetime:
        """Return what orders arrivals: what was not written down came first."""
        return self.came or NOT_WRITTEN_DOWN

    @property
    def utc(self) -> tuple[datetime, datetime | None]:
        """Return when the file was changed and when it came, in UTC and without saying so."""
        return _utc(self.changed), _utc(self.came) if self.came else None


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(tzinfo=None)


def changed_at(file: Path) -> datetime:
    """Return when a file was last changed, by its own time in UTC.

    Where that time cannot be, in the future or before there was any such file, it is the present:
    a delivery of the future would outdo those that truly come later, and one of 1970 would make
    every later birth date impossible.
    """
    now = datetime.now(UTC)
    seconds = file.stat().st_mtime
    can_be = FIRST_DAY.timestamp() <= seconds <= now.timestamp()
    return datetime.fromtimestamp(seconds, UTC) if can_be else now


def named_from(source: Path) -> Path:
    """Return the folder from which the files of what a user names are named.

    The folder that they lie in is always part of the name: contracts know sources by it.
    """
    top = source.resolve()
    return top.parent if top.is_dir() else top.parent.parent


def is_one_place(one: str, other: str) -> bool:
    """Return whether two names say one place: equal, or one is the end of the other.

    A delivery may be named by itself one day and by a folder above it the next. A bare file name
    says no place.
    """
    shorter, longer = sorted((PurePosixPath(each).parts for each in (one, other)), key=len)
    return len(shorter) > 1 and longer[-len(shorter) :] == shorter


def took_its_place(later: tuple[str, Arrival], earlier: tuple[str, Arrival]) -> bool:
    """Return whether what came under one name took the place of what came under another before.

    What came at one time are parts: none of them takes the place of the rest.
    """
    return later[1].order > earlier[1].order and is_one_place(later[0], earlier[0])
