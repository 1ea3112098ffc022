"""What became of an id is told from the logs of all runs, however old they are."""

from pathlib import Path

import duckdb
import pytest

from pei_graph.history import NoHistoryError, history
from pei_graph.tables import CALLED_AGAIN, KEPT_BY_LARGER

LOGGED = (
    (1, "P-1", "create", None),
    (1, "P-2", "create", None),
    (1, "P-3", "create", None),
    (2, "P-2", "join", "P-1"),
    (2, "P-5", "split", "P-2"),
    (3, "P-4", "split", "P-1"),
    (4, "P-1", "join", "P-0"),
    (4, "P-3", "retire", None),
    (5, "P-3", "create", None),
    (6, "P-4", "retire", None),
    (7, "P-7", "create", None),
    (8, "P-7", "join", "P-6"),
    (9, "P-7", "split", "P-6"),
)
"""Events of invented ids: run, id, what happened, the other id."""


def _reasoned(event: tuple[int, str, str, str | None]) -> tuple[object, ...]:
    """Return an event with its reason: P-1 kept its larger part, what P-2 kept was joined."""
    reasons = {"P-4": KEPT_BY_LARGER, "P-7": CALLED_AGAIN}
    return *event, reasons.get(event[1], "a reason")


@pytest.fixture
def identities(tmp_path: Path) -> Path:
    """A folder with a log for each run; the first were written before logs held a time."""
    with duckdb.connect() as con:
        con.execute("CREATE TABLE told (run INT, id TEXT, event TEXT, heir TEXT, reason TEXT)")
        con.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?)", [*map(_reasoned, LOGGED)])
        for run in sorted({event[0] for event in LOGGED}):
            time = ", TIMESTAMP '2026-11-25 12:00:00' AS written_at" if run > 3 else ""
            con.execute(
                f"COPY (SELECT *{time} FROM told WHERE run = {run})"
                f" TO '{tmp_path}/{run:04d}-log.parquet' (FORMAT parquet)"
            )
    return tmp_path


def test_heirs_are_followed_to_the_end(identities: Path) -> None:
    """An id that was joined twice over leads to the one that stands for it now."""
    found = history(identities, "P-2")
    assert found.heirs == ("P-1", "P-0")
    assert found.current == "P-0"


def test_what_came_in_and_went_out_is_told_from_the_id_asked(identities: Path) -> None:
    """An id's own events and those that it took part in stand in order, in words."""
    said = [(event.run, event.says) for event in history(identities, "P-1").events]
    assert said == [
        (1, "P-1 was given"),
        (2, "P-2 was joined into P-1"),
        (3, "P-4 was split off from P-1, which kept the larger part"),
        (4, "P-1 was joined into P-0, which carries it on"),
    ]


def test_an_id_that_was_joined_kept_nothing_of_what_was_split_off(identities: Path) -> None:
    """Of a person who fell apart while the rest was joined to another, no part is told as kept."""
    said = [event.says for event in history(identities, "P-2").events]
    assert "P-5 was split off from P-2" in said


def test_an_id_that_came_back_is_in_use(identities: Path) -> None:
    """Retired in one run and given again in the next, it stands for itself."""
    found = history(identities, "P-3")
    assert [event.kind for event in found.events] == ["create", "retire", "create"]
    assert found.current == "P-3"


def test_an_id_that_was_joined_and_is_in_use_again_says_so(identities: Path) -> None:
    """A join that was undone: told from either id, and the one that came back stands for itself."""
    found = history(identities, "P-7")
    again = "P-7 was given to what was split off from P-6, as before they were joined"
    assert (found.current, found.events[-1].says) == ("P-7", again)
    told = history(identities, "P-6").events[-1].says
    assert told == "P-7 was split off from P-6, as before they were joined"


def test_an_id_of_which_nothing_is_left_has_ended(identities: Path) -> None:
    """A retired id without an heir stands for nothing, and says so."""
    found = history(identities, "P-4")
    assert found.ended
    assert found.current is None


def test_runs_that_wrote_no_time_are_told_too(identities: Path) -> None:
    """Events have the time of their run where its log holds one."""
    times = {event.run: event.at for event in history(identities, "P-3").events}
    assert times[1] is None
    assert times[4] is not None


def test_an_id_that_was_never_given_is_a_clear_error(identities: Path, tmp_path: Path) -> None:
    """Nothing is made up about an id that no run gave, nor where there are no runs."""
    with pytest.raises(NoHistoryError, match="No run ever gave"):
        history(identities, "P-99")
    with pytest.raises(NoHistoryError):
        history(tmp_path / "nowhere", "P-1")
