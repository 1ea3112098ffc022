"""Judgements at the command line: made, listed, taken back, and what a run makes of them."""

import csv
import json
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from pei_graph import sql
from pei_graph.cli import main
from pei_graph.contract import read_contracts
from pei_graph.foresee import Foreseen, foresee
from pei_graph.ledger import Choice, open_ledger
from pei_graph.review import proposed
from pei_graph.workspace import Workspace


def pei(*arguments: object) -> Result:
    """Run the command in this process and return what it printed and its exit code."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def answer(workspace: Workspace, query: str) -> list[tuple[Any, ...]]:
    """Return what the current run says."""
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.fixture(scope="module")
def workspace(council: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the council's workspace, to be judged."""
    root = tmp_path_factory.mktemp("judged") / "w"
    shutil.copytree(council.workspace.root, root)
    return Workspace(root)


def people(workspace: Workspace) -> set[tuple[str, str]]:
    """Return which record belongs to which person."""
    return set(
        answer(workspace, "SELECT record_id, person_id FROM members WHERE state = 'accepted'")
    )


def foresee_verdicts(
    workspace: Workspace, left: str, right: str, *verdicts: Choice
) -> list[Foreseen]:
    """Return what each of these verdicts on two records would change."""
    run = workspace.require_current()
    as_of = date.fromisoformat(json.loads(run.report.read_text(encoding="utf-8"))["as_of"])
    with open_ledger(workspace.ledger) as ledger, duckdb.connect() as con:
        con.execute(f"ATTACH {sql.text(str(run.tables))} AS run (READ_ONLY)")
        return foresee(
            con,
            read_contracts(),
            register=workspace.register(run),
            as_of=as_of,
            judged=ledger.judgements(),
            proposals=[[proposed(left, right, verdict)] for verdict in verdicts],
        )


PARTED = """
SELECT record_l, record_r
FROM links
JOIN members l ON l.record_id = record_l AND l.state = 'accepted'
JOIN members r ON r.record_id = record_r AND r.state = 'accepted'
WHERE l.person_id = r.person_id
ORDER BY weight DESC, record_l, record_r
LIMIT 1
"""


def test_a_withdrawn_judgement_restores_what_was(workspace: Workspace) -> None:
    """A *different* parts the surest pair as foreseen; withdrawn, all ids are as they were."""
    before = people(workspace)
    ((left, right),) = answer(workspace, PARTED)
    [foreseen] = foresee_verdicts(workspace, left, right, "different")
    said = pei("judge", left, right, "different", "--why", "a test", "--by", "testa", "-w",
               workspace.root)  # fmt: skip
    assert said.exit_code == 0, said.output
    assert "counts from the next run on" in said.output
    listed = json.loads(pei("judgements", "--json", "-w", workspace.root).output)
    assert [(entry["verdict"], entry["by"], entry["state"]) for entry in listed] == [
        ("different", "testa", "counts")
    ]
    assert "1 judgement; 1 to take" in pei("judgements", "-w", workspace.root).output

    assert pei("rebuild", "-w", workspace.root).exit_code == 0
    parted = dict(people(workspace))
    assert parted[left] != parted[right]
    assert foreseen.after.persons.keys() <= set(parted.values())
    assert {
        parted[record]: record for record in (left, right)
    }.keys() <= foreseen.after.persons.keys()
    for name, person in foreseen.after.persons.items():
        assert person.records == {record for record, held in parted.items() if held == name}
    now_in_family = {
        (family.family_id, member, role)
        for family in foreseen.after.families.values()
        for member, role in family.members.items()
    }
    assert now_in_family <= set(
        answer(workspace, "SELECT family_id, person_id, role FROM families")
    )
    assert "0 to take effect" in pei("judgements", "-w", workspace.root).output

    number = listed[0]["id"]
    assert pei("judgements", "-w", workspace.root, "withdraw", number).exit_code == 0
    assert "1 to take effect" in pei("judgements", "-w", workspace.root).output
    assert pei("settle", "-w", workspace.root).exit_code == 0
    assert people(workspace) == before
    assert "0 to take effect" in pei("judgements", "-w", workspace.root).output


def told(workspace: Workspace, *asked: str) -> str:
    """Return what ``pei explain`` says, in one line."""
    return " ".join(pei("explain", *asked, "-w", workspace.root).output.split())


TWO_RECORDS = """
SELECT person_id, min(record_id), max(record_id)
FROM members
WHERE state = 'accepted'
GROUP BY person_id
HAVING count(*) = 2
ORDER BY person_id
LIMIT 1
"""


def test_what_is_explained_is_what_the_run_was_told(workspace: Workspace) -> None:
    """A decision that the run does not know made nobody; one that was withdrawn still shows."""
    [(person, left, right)] = answer(workspace, TWO_RECORDS)
    built = told(workspace, person)
    joined = built[built.index("First the record of") :].partition(". ")[0]
    judged = pei("judge", left, right, "different", "--why", "a test", "-w", workspace.root)
    waiting = told(workspace, person)
    assert joined in waiting
    assert "That has not taken effect" in waiting

    assert pei("settle", "-w", workspace.root).exit_code == 0
    apart = [each for (each,) in answer(
        workspace, f"SELECT person_id FROM members WHERE record_id IN ('{left}', '{right}')"
        " AND state = 'accepted' ORDER BY 1"
    )]  # fmt: skip
    number = judged.output.split()[1].rstrip(":")
    assert pei("judgements", "-w", workspace.root, "withdraw", number).exit_code == 0
    for asked in (apart, (left, right)):
        said = told(workspace, *asked)
        assert "counted when this was worked out and no longer does" in said
        assert "Only a single link joins" not in said
        assert "what else is known of the two people stands against it" not in said
    assert pei("settle", "-w", workspace.root).exit_code == 0
    assert joined in told(workspace, person)


APART = """
SELECT record_l, record_r
FROM links
JOIN members l ON l.record_id = record_l AND l.state = 'accepted'
JOIN members r ON r.record_id = record_r AND r.state = 'accepted'
WHERE l.person_id <> r.person_id
    AND links.state <> 'refused'
ORDER BY weight DESC, record_l, record_r
LIMIT 12
"""


def test_people_are_foreseen_as_the_run_has_them(council: SimpleNamespace) -> None:
    """Before a verdict stands what the run says: whole persons, their kin, and whole families."""
    of_person, of_family = defaultdict[str, set[str]](set), defaultdict[str, dict[str, str]](dict)
    for person, record in answer(
        council.workspace, "SELECT person_id, record_id FROM members WHERE state = 'accepted'"
    ):
        of_person[person].add(record)
    for family, person, role in answer(
        council.workspace, "SELECT family_id, person_id, role FROM families"
    ):
        of_family[family][person] = role
    home = {member: family for family, members in of_family.items() for member in members}
    for left, right in answer(council.workspace, APART):
        for found in foresee_verdicts(council.workspace, left, right, "same", "different"):
            persons, families = found.before.persons, found.before.families
            assert {name: of_person[name] for name in persons} == {
                name: person.records for name, person in persons.items()
            }
            assert {name: of_family[name] for name in families} == {
                name: family.members for name, family in families.items()
            }
            judged = {name for name in persons if of_person[name] & {left, right}}
            assert len(judged) == 2
            assert {home[name] for name in judged & home.keys()} <= families.keys()


def test_who_changes_nobody_changes_no_home(council: SimpleNamespace) -> None:
    """*Different* on two who are apart leaves persons and families as they are, looked at once."""
    [(left, right), *_] = answer(council.workspace, APART)
    same, different = foresee_verdicts(council.workspace, left, right, "same", "different")
    assert different.after is different.before
    assert different.sentences == ("No person and no family changes.",)
    assert same.after is not same.before


TWO_PERSONS = """
SELECT
    (SELECT min(record_id) FROM members WHERE state = 'accepted' GROUP BY person_id
        HAVING count(*) = 1 ORDER BY substr(person_id, 3)::BIGINT LIMIT 1),
    (SELECT min(record_id) FROM members WHERE state = 'accepted' GROUP BY person_id
        HAVING count(*) > 2 ORDER BY substr(person_id, 3)::BIGINT DESC LIMIT 1)
"""


def test_who_parts_again_is_foreseen_as_they_are_called_then(workspace: Workspace) -> None:
    """Undoing a join is foreseen with the ids that the two had before, which the run then gives."""
    [(left, right)] = answer(workspace, TWO_PERSONS)
    before, numbers = people(workspace), list[str]()
    for who in ("testa", "tilda"):
        said = pei("judge", left, right, "same", "--why", "a test", "--by", who, "-w",
                   workspace.root)  # fmt: skip
        numbers.append(said.output.split()[1].rstrip(":"))
    assert pei("settle", "-w", workspace.root).exit_code == 0
    [foreseen] = foresee_verdicts(workspace, left, right, "different")
    for number in numbers:
        assert pei("judgements", "-w", workspace.root, "withdraw", number).exit_code == 0
    alone = pei("judge", left, right, "same", "--why", "a test", "-w", workspace.root).output
    assert "waits for a second person. Joining these two takes two people." in " ".join(
        alone.split()
    )
    number = alone.split()[1].rstrip(":")
    assert pei("judgements", "-w", workspace.root, "withdraw", number).exit_code == 0
    assert pei("settle", "-w", workspace.root).exit_code == 0
    assert people(workspace) == before
    called = dict(before)
    parted = {called[left], called[right]}
    assert {name: foreseen.after.persons[name].records for name in parted} == {
        name: {record for record, held in before if held == name} for name in parted
    }
    assert ", as before they were joined" in foreseen.sentences[0]
    assert "a new person" not in foreseen.sentences[0]


def test_the_queue_goes_out_as_a_sheet_and_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    """Questions are listed in order, written for a clerk, and their answers taken in."""
    asked = json.loads(pei("queue", "--top", "3", "--json", "-w", workspace.root).output)
    priorities = [question["priority"] for question in asked]
    assert len(asked) == 3
    assert priorities == sorted(priorities, reverse=True)
    assert asked[0]["record_l"] in pei("queue", "--top", "1", "-w", workspace.root).output

    sheet = tmp_path / "sheet.csv"
    assert pei("queue", "--top", "3", "--sheet", sheet, "-w", workspace.root).exit_code == 0
    with sheet.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["record_l"] for row in rows] == [question["record_l"] for question in asked]
    with sheet.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows([{**row, "verdict": "unsure"} for row in rows])
    taken = pei("judgements", "-w", workspace.root, "import", sheet, "--by", "clerk")
    assert "3 judgements taken in" in taken.output
    out = tmp_path / "all.csv"
    assert pei("judgements", "-w", workspace.root, "export", out).exit_code == 0
    assert "clerk" in out.read_text(encoding="utf-8-sig")
    left = json.loads(pei("queue", "--top", "3", "--json", "-w", workspace.root).output)
    assert not {q["record_l"] + q["record_r"] for q in left} & {
        q["record_l"] + q["record_r"] for q in asked
    }


def test_contradictions_are_named_with_where_to_withdraw(workspace: Workspace) -> None:
    """Judgements against each other are listed by number and name, not only counted."""
    records = [row[0] for row in answer(workspace, "SELECT record_id FROM records ORDER BY 1")]
    first, second, third = records[:3]
    for left, right, verdict, by in (
        (first, second, "same", "testa"), (first, second, "same", "tilda"),
        (second, third, "same", "tim"), (second, third, "same", "tilda"),
        (first, third, "different", "toby"),
    ):  # fmt: skip
        pei("judge", left, right, verdict, "--why", "a test", "--by", by, "-w", workspace.root)
    said = " ".join(pei("judgements", "-w", workspace.root).output.split())
    assert "by toby says different, but same was said in" in said
    assert "pei judgements withdraw" in said


def test_a_mistake_at_the_command_line_says_what_to_do(workspace: Workspace) -> None:
    """An unknown record or judgement ends with a message and an exit code, and changes nothing."""
    wrong = pei("judge", "asp:nobody", "lcs:nobody", "same", "--why", "x", "-w", workspace.root)
    assert (wrong.exit_code, "source:key" in wrong.output) == (9, True)
    gone = pei("judgements", "-w", workspace.root, "withdraw", "4711")
    assert (gone.exit_code, "history" in gone.output) == (1, True)
