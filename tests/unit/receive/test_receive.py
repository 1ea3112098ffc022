"""Deliveries are kept as they came."""

import os
from pathlib import Path

import pytest

from pei_graph.errors import DeliveryError
from pei_graph.receive import receive, received


def _names(store: Path) -> set[str]:
    return {str(file.relative_to(top.parent)) for top in received(store) for file in _files(top)}


def _files(top: Path) -> list[Path]:
    return [top] if top.is_file() else [file for file in top.rglob("*") if file.is_file()]


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
    assert received(store) == []
    receive(store, [file])
    assert received(store) == [kept]


@pytest.mark.parametrize("made", [False, True])
def test_nothing_to_load_is_said(tmp_path: Path, made: bool) -> None:
    """A missing or empty source is an error that says what to do."""
    source = tmp_path / "sources"
    if made:
        source.mkdir()
    with pytest.raises(DeliveryError, match=r"Check the path|Name a file"):
        receive(tmp_path, [source])
