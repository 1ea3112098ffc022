"""A delivery that should not have come is set aside whole, and can be brought back."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pei_graph.errors import DeliveryError
from pei_graph.receive import find_delivery, kept, move, receive, withdrawn

NOON = datetime(2025, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Give a folder that keeps two deliveries, one of which is wrong."""
    folder = tmp_path / "store"
    folder.mkdir()
    for name in ("right", "wrong"):
        file = tmp_path / name / "people.csv"
        file.parent.mkdir()
        file.write_text(f"id\n{name}\n")
        os.utime(file, (NOON.timestamp(), NOON.timestamp()))
        receive(folder, [file])
    return folder


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    """Give the folder of what is withdrawn, which is not there yet."""
    return tmp_path / "withdrawn"


def _key(folder: Path, name: str) -> str:
    [key] = [each.key for each in kept(folder) if each.name == name]
    return key


def test_what_is_withdrawn_is_not_received_again(store: Path, aside: Path, tmp_path: Path) -> None:
    """It stands aside with its times, while what else comes is received."""
    assert withdrawn(aside) == []
    wrong = find_delivery(store, _key(store, "wrong/people.csv"))
    move(wrong, aside)
    receive(store, [tmp_path / "wrong", tmp_path / "right"], aside=aside)
    assert [each.name for each in kept(store)] == ["right/people.csv"]
    assert [(each.name, each.arrival) for each in withdrawn(aside)] == [(wrong.name, wrong.arrival)]
    assert wrong.arrival.changed == NOON


def test_what_is_brought_back_is_the_delivery_that_it_was(store: Path, aside: Path) -> None:
    """Brought back it has its content and its times, and nothing is left aside."""
    before = [(each.name, each.arrival, each.file.read_bytes()) for each in kept(store)]
    move(find_delivery(store, _key(store, "wrong/people.csv")), aside)
    move(find_delivery(aside, _key(aside, "wrong/people.csv")), store)
    assert [(each.name, each.arrival, each.file.read_bytes()) for each in kept(store)] == before
    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("broken", ["rename", "unlink"])
def test_killed_on_the_way_it_is_in_one_place(
    store: Path, aside: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Killed at any step, a delivery is whole in one of the two folders, and can be moved on."""
    key = _key(store, "wrong/people.csv")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(*((os, "rename") if broken == "rename" else (Path, "unlink")), die)
        with pytest.raises(KeyboardInterrupt):
            move(find_delivery(store, key), aside)
    assert len(list(kept(store))) + len(withdrawn(aside)) == 2
    if broken == "rename":
        move(find_delivery(store, key), aside)
    [wrong] = withdrawn(aside)
    assert wrong.arrival.changed == NOON
    assert wrong.file.read_text() == "id\nwrong\n"


@pytest.mark.parametrize("key", ["", "abc", "ffffffff", "{}-2"])
def test_a_delivery_that_is_not_there_is_said(store: Path, aside: Path, key: str) -> None:
    """What means no delivery, or does not say enough, is an error that says where to look."""
    key = key.format(_key(store, "wrong/people.csv"))
    for folder in (store, aside):
        with pytest.raises(DeliveryError, match=r"first column of `pei deliveries`"):
            find_delivery(folder, key)


def test_one_that_came_twice_is_told_from_the_first(store: Path, tmp_path: Path) -> None:
    """A file that was put back is called by the same digits and a number."""
    file = tmp_path / "right" / "people.csv"
    for content, seconds in (("id\nbroken\n", 1), ("id\nright\n", 2)):
        file.write_text(content)
        os.utime(file, (NOON.timestamp() + seconds, NOON.timestamp() + seconds))
        receive(store, [file])
    first, _, third = sorted(
        (each for each in kept(store) if each.name == "right/people.csv"),
        key=lambda each: each.arrival.order,
    )
    assert third.key == f"{first.key}-2"
    assert find_delivery(store, first.key) == first
    assert find_delivery(store, third.key) == third
