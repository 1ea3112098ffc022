"""Moments as clocks in the United Kingdom show them: what is kept is in UTC, what is read is not.

The rule stands here, not in a file of time zones that a small machine may lack: clocks go an hour
forward from 1:00 UTC on the last Sunday of March to 1:00 UTC on the last of October (The Summer
Time Order 2002).
"""

from datetime import UTC, datetime, timedelta, timezone

SUMMER = timezone(timedelta(hours=1), "BST")
MARCH, OCTOBER = 3, 10


def uk_time(moment: datetime) -> datetime:
    """Return a moment as clocks in the United Kingdom show it; without a zone it is in UTC.

    >>> uk_time(datetime(2026, 7, 1, 23, 30)).isoformat()
    '2026-07-02T00:30:00+01:00'
    >>> uk_time(datetime(2026, 10, 25, 1, 0)).isoformat()
    '2026-10-25T01:00:00+00:00'
    """
    utc = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    forward, back = (_last_sunday(utc.year, month) for month in (MARCH, OCTOBER))
    return utc.astimezone(SUMMER) if forward <= utc < back else utc


def uk_time_of(stamp: str) -> datetime:
    """Return a stamp as the ledger writes it, as clocks in the United Kingdom showed it.

    >>> uk_time_of("2026-07-01T23:30:00+00:00").isoformat()
    '2026-07-02T00:30:00+01:00'
    """
    return uk_time(datetime.fromisoformat(stamp))


def _last_sunday(year: int, month: int) -> datetime:
    """Return 1:00 UTC on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=last.isoweekday() % 7)
