"""A run built upon the last one is the run that would be made anew, and says how it was made."""

import csv
import json
import os
import shutil
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from same_run import differing

from pei_graph.cli import main
from pei_graph.graph import near
from pei_graph.ledger import judge, open_ledger, recent, withdraw
from pei_graph.workspace import Workspace

pytestmark = pytest.mark.long


def pei(*arguments: object) -> dict[str, Any]:
    """Run the command and return the report it prints."""
    report: dict[str, Any] = json.loads(say(*arguments, "--json"))
    return report


def say(*arguments: object) -> str:
    """Run the command and return what it prints."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def workspace(council: SimpleNamespace, tmp_path: Path) -> Workspace:
    """Give a copy of the council's workspace, to be changed."""
    shutil.copytree(council.workspace.root, tmp_path / "w")
    return Workspace(tmp_path / "w")


def twin(workspace: Workspace) -> Workspace:
    """Return a copy of a workspace as it stands."""
    root = workspace.root.with_name("twin")
    shutil.copytree(workspace.root, root)
    return Workspace(root)


def pairs(workspace: Workspace, state: str) -> list[tuple[str, str]]:
    """Return the linked pairs in a state, in order."""
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        return con.execute(
            "SELECT record_l, record_r FROM links WHERE state = ? ORDER BY ALL", [state]
        ).fetchall()


def deliver_again(before: Path, after: Path) -> None:
    """Write a file as delivered a day later, a few rows of it otherwise.

    Of thirty rows one is gone, one has the last cells of the next, and one stands there under
    another key too.
    """
    with before.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    told = []
    for number, row in enumerate(rows):
        if number % 30 == 5:
            told.append([*row[:3], *rows[(number + 1) % len(rows)][3:]])
        elif number % 30 == 9:
            told += [row, [f"{row[0][:-1]}0{row[0][-1]}", *row[1:]]]
        elif number % 30 != 13:
            told.append(row)
    after.parent.mkdir(parents=True)
    with after.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *told])
    day_later = before.stat().st_mtime + 86_400
    os.utime(after, (day_later, day_later))


@pytest.mark.parametrize(
    ("name", "another_day"),
    [
        ("dwp/dwp_benefits.csv", None),
        ("ehm/ehm_people.csv", None),
        ("ehm/ehm_people.csv", "2026-09-29"),
        ("ehm/ehm_people.csv", "2026-09-11"),
        ("ehm/ehm_people.csv", "2027-02-28"),
    ],
)
def test_a_delivery_touches_only_what_it_must(
    council: SimpleNamespace,
    workspace: Workspace,
    tmp_path: Path,
    name: str,
    another_day: str | None,
) -> None:
    """With records changed, new and gone, the run upon the last is the run made anew.

    So it is where it looks back from another day than the last.
    """
    anew = twin(workspace)
    day = another_day or json.loads(workspace.require_current().report.read_text())["as_of"]
    deliver_again(council.sources / name, tmp_path / "again" / name)
    upon = pei("run", tmp_path / "again", "-w", workspace.root, "--as-of", day)
    assert upon["full"] is None
    assert 0 < upon["touched"]["records"] < upon["tables"]["records"]
    shutil.copytree(workspace.deliveries, anew.deliveries, dirs_exist_ok=True)
    assert pei("rebuild", "-w", anew.root, "--as-of", day)["full"] == "asked for"
    assert differing(workspace, anew) == []


@pytest.mark.parametrize("few", [0.15, 10.0])
def test_night_follows_night(
    workspace: Workspace, few: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run upon run as of other days, the last is the run made anew, however many a day concerns.

    What the criteria find, and what points a family has, ages with nothing delivered.
    """
    monkeypatch.setattr(near, "MANY", few)
    anew = twin(workspace)
    for day in ("2026-09-29", "2026-10-01", "2026-06-02", "2026-06-01"):
        assert pei("settle", "-w", workspace.root, "--as-of", day)["full"] is None
    assert pei("rebuild", "-w", anew.root, "--as-of", day)["full"] == "asked for"
    assert set(differing(workspace, anew)) <= {"identity_log"}


def copied(workspace: Workspace, name: str) -> Workspace:
    """Return a copy of a workspace by something that keeps no times of files."""
    root = workspace.root.with_name(name)
    shutil.copytree(workspace.root, root, copy_function=shutil.copyfile)
    return Workspace(root)


def test_a_copy_without_times_is_the_same_workspace(
    council: SimpleNamespace, workspace: Workspace, tmp_path: Path
) -> None:
    """With no file's own time kept, runs upon the last and rebuilds give what they would have.

    So they do where a file is delivered that says the day by its own time.
    """
    before = json.loads(workspace.require_current().report.read_text())
    copy, anew = copied(workspace, "copy"), copied(workspace, "anew")
    same = pei("run", council.sources, "-w", copy.root)
    assert (same["full"], same["touched"]) == (None, {"records": 0, "records around": 0})
    shutil.rmtree(anew.root / "derived")
    assert pei("rebuild", "-w", anew.root)["as_of"] == same["as_of"] == before["as_of"]
    for other in (copy, anew):
        assert set(differing(other, workspace)) <= {"identity_log"}
    deliver_again(council.sources / "ehm/ehm_people.csv", tmp_path / "again/ehm/ehm_people.csv")
    for each in (workspace, copy):
        assert pei("run", tmp_path / "again", "-w", each.root)["full"] is None
    assert differing(copy, workspace) == ["deliveries"]  # which came at another time
    again = copied(copy, "again-copied")
    assert pei("rebuild", "-w", again.root)["full"] == "asked for"
    assert set(differing(again, workspace)) <= {"identity_log", "deliveries"}


def test_a_system_that_joins_is_learnt_of(council: SimpleNamespace, tmp_path: Path) -> None:
    """A model that never saw the police gives way once they deliver, and is kept beside the new."""
    first, later = tmp_path / "first", tmp_path / "later"
    shutil.copytree(council.sources, first, ignore=shutil.ignore_patterns("asp"))
    shutil.copytree(council.sources / "asp", later / "asp")
    assert pei("run", first, "-w", tmp_path / "w")["model"] == 1
    assert pei("run", first, "-w", tmp_path / "w")["model"] == 1
    joined = pei("run", later, "-w", tmp_path / "w")
    assert (joined["full"], joined["model"]) == ("the data have outgrown the model", 2)


def test_a_day_put_right_is_read_again(workspace: Workspace) -> None:
    """Where another day is written down of a delivery, a run upon the last is a rebuild."""
    [kept] = workspace.deliveries.glob("*/sources/ehm/ehm_people.csv")
    note = kept.parents[2].with_suffix(".changed")
    assert note.read_text().startswith("2026-09-30")
    note.write_text("2026-09-01")
    anew = twin(workspace)
    upon = pei("settle", "-w", workspace.root)
    assert upon["full"] is None
    assert pei("rebuild", "-w", anew.root)["full"] == "asked for"
    assert differing(workspace, anew) == []
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        days = con.execute(
            "SELECT delivered_on::VARCHAR FROM deliveries WHERE file = 'sources/ehm/ehm_people.csv'"
        ).fetchall()
    assert days == [("2026-09-01",)]


@pytest.mark.parametrize("day", ["2026-10-01", "2026-09-30"])
def test_a_broken_export_is_put_right(
    council: SimpleNamespace, workspace: Workspace, tmp_path: Path, day: str
) -> None:
    """A list as it was before takes the place of what came since, also on the day of that.

    A run upon the last is a rebuild, and what was current before is current again.
    """
    told = "record_id, surname_given, birth_date_given, address_given, case_family, in_latest"
    in_question = f"SELECT {told} FROM records WHERE source = 'ehm'"
    before = asked(workspace, in_question)
    right, broken = council.sources / "ehm/ehm_people.csv", tmp_path / "sources/ehm/ehm_people.csv"
    head, *rows = right.read_text(encoding="utf-8").splitlines(keepends=True)
    broken.parent.mkdir(parents=True)
    broken.write_text(head + "".join(rows[: len(rows) // 2]).replace("a", "o"), encoding="utf-8")
    seconds = datetime.fromisoformat(f"{day}T15:00:00+00:00").timestamp()
    os.utime(broken, (seconds, seconds))
    pei("run", broken, "-w", workspace.root)
    assert asked(workspace, in_question) != before
    put_back = shutil.copyfile(right, broken)
    os.utime(put_back, (seconds + 1, seconds + 1))
    assert pei("run", put_back, "-w", workspace.root)["full"] is None
    assert asked(workspace, in_question) == before
    anew = twin(workspace)
    assert pei("rebuild", "-w", anew.root)["full"] == "asked for"
    assert set(differing(workspace, anew)) <= {"identity_log"}


def test_a_wrong_delivery_is_withdrawn(
    council: SimpleNamespace, workspace: Workspace, tmp_path: Path
) -> None:
    """What should not have come counts no more, and is as if it had never come; it can come back.

    While it is withdrawn it is not received again, and a note says so.
    """
    never = twin(workspace)
    wrong = tmp_path / "sources/ehm/ehm_people.csv"
    deliver_again(council.sources / "ehm/ehm_people.csv", wrong)
    came = pei("run", wrong, "-w", workspace.root)
    assert states(workspace, "ehm_people.csv") == {
        "ehm/ehm_people.csv": "newest",
        "sources/ehm/ehm_people.csv": "earlier",
    }
    [key] = [each["id"] for each in delivered(workspace) if each["file"] == "ehm/ehm_people.csv"]
    say("deliveries", "-w", workspace.root, "withdraw", key, "--why", "drawn wrongly", "--by", "a")
    assert pei("run", wrong, "-w", workspace.root)["full"] is None
    assert pei("settle", "-w", never.root, "--as-of", "2026-09-30")["full"] is None
    assert set(differing(workspace, never)) <= {"identity_log", "heirs", "issues", "basis"}
    assert asked(workspace, "SELECT file FROM issues WHERE rule = 'withdrawn'") == [
        ("ehm/ehm_people.csv",)
    ]
    assert states(workspace, "ehm_people.csv")["ehm/ehm_people.csv"] == "withdrawn"
    say("deliveries", "-w", workspace.root, "restore", key, "--why", "drawn well", "--by", "a")
    assert pei("settle", "-w", workspace.root)["tables"] == came["tables"]
    with open_ledger(workspace.ledger) as ledger:
        told = [(each.who, each.action, each.purpose) for each in recent(ledger, 2)]
    assert told == [
        ("a", "restore delivery", "drawn well"),
        ("a", "withdraw delivery", "drawn wrongly"),
    ]


def test_what_comes_again_every_night_stands_once(
    council: SimpleNamespace, workspace: Workspace, tmp_path: Path
) -> None:
    """Rows that are said again are counted where they were said, and their people seen since then.

    The run is the run made anew, and adds up.
    """
    first = council.sources / "ehm/ehm_people.csv"
    head, *rows = first.read_text(encoding="utf-8").splitlines()
    for night in (1, 2):
        again = tmp_path / f"{night}/ehm/ehm_people.csv"
        again.parent.mkdir(parents=True)
        again.write_text("\n".join([head, *rows[night:], ""]), encoding="utf-8")
        came = first.stat().st_mtime + night * 86_400
        os.utime(again, (came, came))
        pei("run", again, "-w", workspace.root)
    told = len(rows)
    assert asked(workspace, _NIGHTS) == [
        (told - 2, 0), (told - 1, told - 2), (told, told - 1),
    ]  # fmt: skip
    days = "SELECT first_seen, max(last_seen) FROM records WHERE source = 'ehm' GROUP BY ALL"
    assert asked(workspace, days) == [(date(2026, 9, 30), date(2026, 10, 2))]
    assert "no" not in say("verify", "-w", workspace.root).split()
    anew = twin(workspace)
    assert pei("rebuild", "-w", anew.root)["full"] == "asked for"
    assert set(differing(workspace, anew)) <= {"identity_log"}


_NIGHTS = "SELECT rows_in, repeated FROM deliveries WHERE source = 'ehm' AND list = 'people'"


def delivered(workspace: Workspace) -> list[dict[str, Any]]:
    """Return what `pei deliveries` says."""
    found: list[dict[str, Any]] = json.loads(say("deliveries", "-w", workspace.root, "--json"))
    return found


def states(workspace: Workspace, name: str) -> dict[str, str]:
    """Return what became of the deliveries of a file."""
    return {each["file"]: each["state"] for each in delivered(workspace) if name in each["file"]}


def asked(workspace: Workspace, question: str) -> list[tuple[Any, ...]]:
    """Return what the current run's tables answer, in order."""
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        return con.execute(f"{question} ORDER BY ALL").fetchall()


def test_judgements_are_settled_as_a_whole_run_would(workspace: Workspace) -> None:
    """After verdicts of every kind `pei settle` gives the tables and graph of `pei rebuild`."""
    with open_ledger(workspace.ledger) as ledger:
        for number, pair in enumerate(pairs(workspace, "accepted")[::150]):
            verdict = ("different", "unsure")[number % 2]
            judge(ledger, pair, verdict=verdict, by="testa", why="a test")
        for pair in pairs(workspace, "possible")[::9]:
            judge(ledger, pair, verdict="same", by="testa", why="a test")
    anew = twin(workspace)
    upon = pei("settle", "-w", workspace.root)
    assert upon["full"] is None
    assert 0 < upon["touched"]["records"] < upon["tables"]["records"] / 2
    assert pei("rebuild", "-w", anew.root)["full"] == "asked for"
    assert differing(workspace, anew) == []
    assert CliRunner().invoke(main, ["verify", "-w", str(workspace.root)]).exit_code == 0


def test_a_verdict_withdrawn_leaves_no_trace(
    council: SimpleNamespace, workspace: Workspace
) -> None:
    """A run settled with a verdict *different* and then without it is the run before both."""
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        apart = con.execute(
            "SELECT record_l, record_r FROM links"
            " JOIN members AS l ON l.record_id = record_l AND l.state = 'accepted'"
            " JOIN members AS r ON r.record_id = record_r AND r.state = 'possible'"
            " WHERE links.state = 'possible' AND r.person_id = l.person_id ORDER BY ALL"
        ).fetchall()[0]
    with open_ledger(workspace.ledger) as ledger:
        number = judge(ledger, apart, verdict="different", by="testa", why="a test")
    assert pei("settle", "-w", workspace.root)["full"] is None
    assert "members" in differing(workspace, council.workspace)
    with open_ledger(workspace.ledger) as ledger:
        withdraw(ledger, number, by="testa")
    assert pei("settle", "-w", workspace.root)["full"] is None
    assert [
        name for name in differing(workspace, council.workspace) if name != "identity_log"
    ] == []


def test_what_a_run_rests_upon_is_seen(workspace: Workspace) -> None:
    """On another day all homes are found again, of who they were; a lost graph is made anew."""
    root = workspace.root
    anew = twin(workspace)
    upon = pei("settle", "-w", root, "--as-of", "2026-01-31")
    everybody = {"records": 0, "records around": upon["tables"]["records"]}
    assert (upon["full"], upon["touched"]) == (None, everybody)
    pei("rebuild", "-w", anew.root, "--as-of", "2026-01-31")
    assert differing(workspace, anew) == []
    workspace.require_current().graph.unlink()
    assert pei("settle", "-w", root, "--as-of", "2026-01-31")["full"] == "no run to build upon"


def test_a_graph_that_cannot_be_copied_is_built_anew(workspace: Workspace) -> None:
    """The copy is made beside other work; where it fails, the run says so and is made anew."""
    graph = workspace.require_current().graph
    graph.unlink()
    graph.mkdir()
    pair = pairs(workspace, "possible")[0]
    with open_ledger(workspace.ledger) as ledger:
        judge(ledger, pair, verdict="same", by="a reviewer", why="a test")
    assert "could not be copied" in pei("settle", "-w", workspace.root)["full"]
    assert workspace.require_current().graph.is_file()
