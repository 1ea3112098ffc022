"""Commands that read the current run and change nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from pei_graph import ask as asking
from pei_graph import explain as explaining
from pei_graph import export as exporting
from pei_graph import show
from pei_graph.check import check_sources
from pei_graph.cli.options import (
    CONTRACTS,
    JSON,
    SOURCES,
    WORKSPACE,
    plainly,
    print_json,
    require_sources,
)
from pei_graph.contract import kept_contracts, read_contracts
from pei_graph.history import history as history_of
from pei_graph.layout import readable_run
from pei_graph.ledger import concerning, open_ledger
from pei_graph.settings import settings
from pei_graph.verify import verify as verify_run
from pei_graph.workspace import Workspace, connect


@click.command()
@SOURCES
@CONTRACTS
@JSON
@plainly
def check(sources: tuple[Path, ...], contract_folders: tuple[Path, ...], as_json: bool) -> None:
    """Explain what is wrong with contracts and with the deliveries in SOURCES.

    None need be named where contracts ask databases.
    """
    require_sources(sources, contract_folders)
    found = check_sources(read_contracts(contract_folders), sources)
    if as_json:
        print_json([asdict(entry) for entry in found])
    else:
        show.checked(found)
    raise SystemExit(any(entry.severity == "error" for entry in found))


@click.command()
@WORKSPACE
@JSON
@plainly
def verify(folder: Path, as_json: bool) -> None:
    """Prove that the current run adds up; exit 1 where it does not."""
    checks = verify_run(Workspace(folder), settings())
    if as_json:
        print_json([asdict(entry) for entry in checks])
    else:
        show.verified(checks)
    raise SystemExit(not all(entry.holds for entry in checks))


@click.command()
@WORKSPACE
@JSON
@click.argument("first")
@click.argument("second", required=False)
@plainly
def explain(folder: Path, as_json: bool, first: str, second: str | None) -> None:
    """Explain how person FIRST (or a record's person) was built, or why two are one or not.

    FIRST and SECOND are two persons, or two records.
    """
    workspace = Workspace(folder)
    current = readable_run(workspace)
    with (
        connect(current.tables, settings(), read_only=True) as con,
        open_ledger(workspace.ledger) as ledger,
    ):
        judged = partial(concerning, ledger)
        titles = {source: each.title for source, each in kept_contracts(con).items()}
        if second is None:
            person = explaining.explain_person(con, first, judged=judged)
            said = explaining.tell_person(person, titles)
            _told(person, said) if as_json else show.explained_person(person, said)
        elif ":" not in first and ":" not in second:
            apart = explaining.explain_apart(con, first, second, judged=judged)
            said = explaining.tell_apart(apart, titles)
            _told(apart, said) if as_json else show.explained_apart(apart, said)
        else:
            pair = explaining.explain_pair(con, first, second, judged=judged)
            said = explaining.tell_pair(pair, titles)
            _told(pair, said) if as_json else show.explained_pair(pair, said)


@click.command()
@WORKSPACE
@JSON
@click.argument("asked", metavar="ID")
@plainly
def history(folder: Path, as_json: bool, asked: str) -> None:
    """Tell what happened to the ID of a person or a family, in every run, and who carries it on."""
    found = history_of(Workspace(folder).identities, asked)
    if as_json:
        print_json({**asdict(found), "current": found.current})
    else:
        show.history(found)


def _told(explanation: Any, sentences: Sequence[str]) -> None:
    print_json({**asdict(explanation), "sentences": sentences})


@click.command()
@WORKSPACE
@JSON
@click.argument("question")
@plainly
def ask(folder: Path, as_json: bool, question: str) -> None:
    """Answer a QUESTION in SQL from the tables of the current run, which it cannot change."""
    current = readable_run(Workspace(folder))
    with connect(current.tables, settings(), read_only=True) as con:
        answer = asking.ask(con, question)
    if as_json:
        print_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    else:
        show.answered(answer)


@click.command()
@WORKSPACE
@click.argument("subject", type=click.Choice(exporting.SUBJECTS))
@click.argument("file", type=click.Path(path_type=Path))
@plainly
def export(folder: Path, subject: exporting.Subject, file: Path) -> None:
    """Write persons, families, findings or links to FILE (.csv, .parquet or .json)."""
    current = readable_run(Workspace(folder))
    with connect(current.tables, settings(), read_only=True) as con:
        rows = exporting.export(con, subject, file)
    show.say(f"{rows:,} rows in {file}.")
