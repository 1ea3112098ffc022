"""Deliveries are kept as they came."""

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pei_graph.errors import DeliveryError, WorkspaceError
from pei_graph.receive import receive, received
from pei_graph.workspace import Workspace


def _names(store: Path) -> set[str]:
    return {str(file.relative_to(top.parent)) for top in received(store) for file in _files(top)}


def _days(store: Path) -> set[date | None]:
    return {arrival.day if arrival else None for arrival in received(store).values()}


def _files(top: Path) -> list[Path]:
    return [top] if top.is_file() else [file for file in top.rglob("*") if file.is_file()]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Give a folder in which nothing was received yet."""
    made = tmp_path / "store"
    made.mkdir()
    return made


def _deliver(store: Path, content: str = "a\n1\n", *, changed: float) -> None:
    """Receive a file that was last changed at a time."""
    file = store.with_name("people.csv")
    file.write_text(content)
    os.utime(file, (changed, changed))
    receive(store, [file])


def _in_order(store: Path) -> list[str]:
    """Return what the deliveries hold, in the order in which they came."""
    came = [(arrival.order, top) for top, arrival in received(store).items() if arrival]
    return [file.read_text() for _, top in sorted(came) for file in _files(top)]


def _lose_times(top: Path) -> None:
    """Every file is as if it had been written a moment ago."""
    for file in _files(top):
        os.utime(file)


def _noon(year: int, month: int, day: int) -> float:
    return datetime(year, month, day, 12, tzinfo=UTC).timestamp()


def test_a_delivery_is_kept_with_its_folder_and_date(tmp_path: Path) -> None:
    """A file keeps its folder, name, content and date, so that it can be loaded again."""
    file = tmp_path / "sources" / "invented" / "people.csv"
    file.parent.mkdir(parents=True)
    file.write_text("a,b\n1,2\n")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    store = tmp_path / "store"
    store.mkdir()
    receive(store, [tmp_path / "sources"])
    (kept,) = (file for top in received(store) for file in _files(top))
    assert _names(store) == {"sources/invented/people.csv"}
    assert kept.read_text() == "a,b\n1,2\n"
    assert kept.stat().st_mtime == 1_000_000_000


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    """Receiving a delivery again adds nothing; a changed one stands beside the first."""
    file = tmp_path / "people.csv"
    store = tmp_path / "store"
    store.mkdir()
    for content in ("a\n1\n", "a\n1\n", "a\n2\n"):
        file.write_text(content)
        receive(store, [file])
    assert len(received(store)) == 2


def test_equal_content_under_two_names_is_two_deliveries(tmp_path: Path) -> None:
    """Two lists that happen to be empty alike are both kept."""
    store = tmp_path / "store"
    store.mkdir()
    for name in ("people.csv", "homes.csv"):
        (tmp_path / name).write_text("key\n")
        receive(store, [tmp_path / name])
    assert len(received(store)) == 2


def test_a_half_copied_delivery_is_not_seen(tmp_path: Path) -> None:
    """What a killed copy left behind is ignored and made good by the next one."""
    file = tmp_path / "people.csv"
    file.write_text("a\n1\n")
    store = tmp_path / "store"
    store.mkdir()
    receive(store, [file])
    (kept,) = received(store)
    kept.parent.rename(kept.parent.with_suffix(".part"))
    assert list(received(store)) == []
    receive(store, [file])
    assert list(received(store)) == [kept]


def test_the_day_of_a_delivery_outlives_the_times_of_its_copy(store: Path) -> None:
    """Copied by something that keeps no times, a store gives the days with which files came."""
    _deliver(store, "a\n1\n", changed=_noon(2025, 1, 31))
    _deliver(store, "a\n2\n", changed=_noon(2025, 2, 28))
    copy = store.with_name("copy")
    shutil.copytree(store, copy, copy_function=shutil.copyfile)
    _lose_times(copy)
    receive(copy, [])
    days = {entry.relative_to(copy): day for entry, day in received(copy).items()}
    assert days == {entry.relative_to(store): day for entry, day in received(store).items()}
    assert _days(copy) == {date(2025, 1, 31), date(2025, 2, 28)}


def test_the_first_day_stands(store: Path) -> None:
    """A file that comes again with another time is the delivery that it was."""
    _deliver(store, changed=_noon(2025, 1, 31))
    _deliver(store, changed=_noon(2025, 2, 28))
    assert _days(store) == {date(2025, 1, 31)}


def test_what_stood_there_before_is_dated_once(store: Path) -> None:
    """A delivery of which no day is written down has its copy's, which the next run writes down."""
    _deliver(store, changed=_noon(2025, 1, 31))
    for note in store.glob("*.changed"):
        note.unlink()
    assert _days(store) == {None}
    receive(store, [])
    _lose_times(store)
    receive(store, [])
    assert _days(store) == {date(2025, 1, 31)}


def test_a_time_without_its_delivery_is_none(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed as the copy is about to be kept, nothing came: it may come with another day."""

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(os, "rename", die)
        with pytest.raises(KeyboardInterrupt):
            _deliver(store, changed=_noon(2025, 1, 31))
    assert received(store) == {}
    _deliver(store, changed=_noon(2025, 2, 28))
    assert _days(store) == {date(2025, 2, 28)}


@pytest.mark.parametrize(
    "changed",
    [0.0, _noon(1980, 1, 1), _noon(2999, 1, 1)],
    ids=["1970", "as a zip archive without times", "the future"],
)
def test_a_time_that_cannot_be_is_that_of_coming(store: Path, changed: float) -> None:
    """A file of no time, or of the future, is of the day on which it is received."""
    earliest = datetime.now(UTC).date()
    _deliver(store, changed=changed)
    (day,) = _days(store)
    assert day
    assert earliest <= day <= datetime.now(UTC).date()


def test_a_day_can_be_put_right(store: Path) -> None:
    """A day written by hand counts; one that cannot be read is told with what to do."""
    _deliver(store, changed=_noon(2025, 1, 31))
    (note,) = store.glob("*.changed")
    note.write_text("2024-12-31\n")
    assert _days(store) == {date(2024, 12, 31)}
    note.write_text("last Friday")
    with pytest.raises(WorkspaceError, match=r"\.changed\)\. Write its day there"):
        received(store)


def test_a_file_put_back_came_once_more(store: Path) -> None:
    """What comes again after another came from its place is kept again, once, as the newest."""
    good, broken = "a\n1\n2\n", "a\n1\n"
    _deliver(store, good, changed=_noon(2025, 1, 31))
    _deliver(store, broken, changed=_noon(2025, 2, 28))
    for _ in range(2):
        _deliver(store, good, changed=_noon(2025, 3, 31))
        assert _in_order(store) == [good, broken, good]
    assert _days(store) == {date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)}
    _deliver(store, broken, changed=_noon(2025, 4, 30))
    assert _in_order(store) == [good, broken, good, broken]


def test_an_old_file_that_lies_there_is_not_put_back(store: Path) -> None:
    """A file that is older than what came from its place since is the delivery that it was."""
    _deliver(store, "a\n1\n", changed=_noon(2025, 1, 31))
    _deliver(store, "a\n2\n", changed=_noon(2025, 2, 28))
    _deliver(store, "a\n1\n", changed=_noon(2025, 1, 31))
    assert len(received(store)) == 2


def test_parts_of_one_name_are_not_put_back(store: Path, tmp_path: Path) -> None:
    """Two areas' files of one name, received together, are two parts however often they come."""
    areas = [tmp_path / area / "invented" for area in ("north", "south")]
    for night in (1, 2, 3):
        for area in areas:
            area.mkdir(parents=True, exist_ok=True)
            (area / "people.csv").write_text(f"a\n{area.parent.name}\n")
            os.utime(area / "people.csv", (night * 1_000_000_000, night * 1_000_000_000))
        receive(store, areas)
    assert _names(store) == {"invented/people.csv"}
    assert len(received(store)) == 2


def test_a_file_named_by_itself_keeps_its_folder(store: Path, tmp_path: Path) -> None:
    """Contracts know a source by the folder of its files, so it counts for one file too."""
    file = tmp_path / "invented" / "people.csv"
    file.parent.mkdir()
    file.write_text("a\n")
    receive(store, [file])
    assert _names(store) == {"invented/people.csv"}


@pytest.mark.parametrize(
    "name",
    [
        ".people.csv",
        "~$people.xlsx",
        "Thumbs.db",
        "Desktop.ini",
        "__MACOSX/._people.csv",
        ".x/a.csv",
    ],
)
def test_what_a_machine_leaves_is_no_delivery(store: Path, tmp_path: Path, name: str) -> None:
    """The mark of a workbook that is open, say, is passed over, with the name it may hold."""
    for each in (name, "people.csv"):
        file = tmp_path / "invented" / each
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a\n")
    receive(store, [tmp_path / "invented"])
    assert _names(store) == {"invented/people.csv"}


def test_a_workspace_among_deliveries_is_none(tmp_path: Path) -> None:
    """What a workspace keeps and derives is not delivered to it, wherever among files it lies."""
    for root in (tmp_path, tmp_path / "invented" / "workspace"):
        workspace = Workspace(root)
        workspace.create()
        (workspace.deliveries / "kept.csv").write_text("a\n")
        (workspace.runs / "made.csv").write_text("a\n")
    (tmp_path / "invented" / "people.csv").write_text("a\n")
    store = Workspace(tmp_path).deliveries
    receive(store, [tmp_path])
    assert _names(store) == {f"{tmp_path.name}/invented/people.csv"}


def test_a_file_that_is_still_written_is_not_kept(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What grew while it was copied is no delivery; it comes when it is whole."""
    file = tmp_path / "people.csv"
    file.write_text("a\n1\n")

    def copy_later(source: Path, copy: Path) -> None:
        source.write_text("a\n1\n2\n")
        shutil.copyfile(source, copy)

    with monkeypatch.context() as growing:
        growing.setattr(shutil, "copy2", copy_later)
        with pytest.raises(DeliveryError, match="changed while it was copied"):
            receive(store, [file])
    assert received(store) == {}
    receive(store, [file])
    assert _in_order(store) == ["a\n1\n2\n"]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_cannot_be_read_is_said(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A file or folder that the account may not read ends the run before anything is kept."""
    file = tmp_path / "invented" / "people.csv"
    file.parent.mkdir()
    file.write_text("a\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    with monkeypatch.context() as forbidden:
        forbidden.setattr(*((Path, "open") if what == "file" else (os, "scandir")), refuse)
        with pytest.raises(DeliveryError, match=r"cannot be read .*people\.csv"):
            receive(store, [file.parent])
    assert received(store) == {}


@pytest.mark.parametrize("made", [False, True])
def test_nothing_to_load_is_said(tmp_path: Path, made: bool) -> None:
    """A missing or empty source is an error that says what to do."""
    source = tmp_path / "sources"
    if made:
        source.mkdir()
    with pytest.raises(DeliveryError, match=r"Check the path|Name a file"):
        receive(tmp_path, [source])
