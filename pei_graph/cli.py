"""The command line: arguments in, tables of plain words or JSON out; the work is done elsewhere.

Exit codes: 0 done; 1 found something wrong; 2 wrong usage; 3 and above the kind of error, as
:mod:`pei_graph.errors` numbers them.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from rich.progress import Progress

from pei_graph import __version__, pipeline, show
from pei_graph import ask as asking
from pei_graph import explain as explaining
from pei_graph import export as exporting
from pei_graph.contract import read_contracts
from pei_graph.errors import PeiError
from pei_graph.evaluation import evaluate as evaluate_run
from pei_graph.extract import check_sources
from pei_graph.ledger import ROLES, open_ledger
from pei_graph.ledger import invite as invite_user
from pei_graph.report import RunReport
from pei_graph.settings import settings
from pei_graph.synthetic import generate as generate_council
from pei_graph.verify import verify as verify_run
from pei_graph.workspace import Workspace, connect
from webapp import serve as serve_pages

P = ParamSpec("P")
T = TypeVar("T")

WORKSPACE = click.option(
    "--workspace",
    "-w",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("workspace"),
    show_default=True,
    help="Folder of the council's deliveries, ledger and runs.",
)
CONTRACTS = click.option(
    "--contracts",
    "contract_folders",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A folder of further contracts; may be given more than once.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")
AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day the criteria look back from; the newest delivery's if not given.",
)
PEOPLE = click.option("--people", type=click.IntRange(min=1), default=20_000, show_default=True)
SEED = click.option("--seed", type=int, default=1, show_default=True)
SOURCES = click.argument(
    "sources", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True)
)


def _plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Errors made on purpose end the command with their message and exit code, no traceback."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except PeiError as error:
            show.problem(error)
            raise SystemExit(error.exit_code) from error

    return wrapped


@click.group()
@click.version_option(__version__)
def main() -> None:
    """See one family whole: load, link, find criteria, explain and show."""


@main.command()
@PEOPLE
@SEED
@click.argument("folder", type=click.Path(path_type=Path))
@_plainly
def generate(people: int, seed: int, folder: Path) -> None:
    """Write an invented council's deliveries and the truth about it to FOLDER."""
    with show.waiting(f"Inventing a council of {people:,} people"):
        generate_council(folder, people=people, seed=seed)
    show.say(f"Deliveries are in {folder / 'sources'}, the truth in {folder / 'truth'}.")


@main.command()
@SOURCES
@CONTRACTS
@JSON
@_plainly
def check(sources: tuple[Path, ...], contract_folders: tuple[Path, ...], as_json: bool) -> None:
    """Explain what is wrong with contracts and with the deliveries in SOURCES."""
    found = check_sources(read_contracts(contract_folders), sources)
    if as_json:
        _print_json([asdict(entry) for entry in found])
    else:
        show.checked(found)
    raise SystemExit(any(entry.severity == "error" for entry in found))


@main.command()
@SOURCES
@WORKSPACE
@CONTRACTS
@AS_OF
@JSON
@_plainly
def run(
    sources: tuple[Path, ...],
    folder: Path,
    contract_folders: tuple[Path, ...],
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Load SOURCES beside what was delivered before, and make a new run of everything."""
    _show_run(_run(Workspace(folder), sources, contract_folders, as_of), as_json=as_json)


@main.command()
@WORKSPACE
@CONTRACTS
@AS_OF
@JSON
@_plainly
def rebuild(
    folder: Path, contract_folders: tuple[Path, ...], as_of: datetime | None, as_json: bool
) -> None:
    """Make everything derived again from the deliveries and judgements kept."""
    workspace = Workspace(folder)
    workspace.require_deliveries()
    workspace.mend_pointer()
    _show_run(_run(workspace, (), contract_folders, as_of), as_json=as_json)


@main.command()
@WORKSPACE
@JSON
@_plainly
def verify(folder: Path, as_json: bool) -> None:
    """Prove that the current run adds up; exit 1 where it does not."""
    checks = verify_run(Workspace(folder), settings())
    if as_json:
        _print_json([asdict(entry) for entry in checks])
    else:
        show.verified(checks)
    raise SystemExit(not all(entry.holds for entry in checks))


@main.command()
@WORKSPACE
@click.option(
    "--truth",
    required=True,
    type=click.Path(path_type=Path),
    help="CSV with record_id (or source and key) and person.",
)
@JSON
@_plainly
def evaluate(folder: Path, truth: Path, as_json: bool) -> None:
    """Measure the current run against the truth."""
    current = Workspace(folder).require_current()
    with connect(current.tables, settings(), read_only=True) as con:
        report = evaluate_run(con, truth)
    if as_json:
        _print_json(report.as_json())
    else:
        show.evaluated(report)


@main.command()
@WORKSPACE
@JSON
@click.argument("first")
@click.argument("second", required=False)
@_plainly
def explain(folder: Path, as_json: bool, first: str, second: str | None) -> None:
    """Explain how person FIRST (or a record's person) was built, or why two records are one."""
    current = Workspace(folder).require_current()
    with connect(current.tables, settings(), read_only=True) as con:
        if second is None:
            person = explaining.explain_person(con, first)
            _print_json(asdict(person)) if as_json else show.explained_person(person)
        else:
            pair = explaining.explain_pair(con, first, second)
            _print_json(asdict(pair)) if as_json else show.explained_pair(pair)


@main.command()
@WORKSPACE
@JSON
@click.argument("question")
@_plainly
def ask(folder: Path, as_json: bool, question: str) -> None:
    """Answer a QUESTION in SQL from the tables of the current run, which it cannot change."""
    current = Workspace(folder).require_current()
    with connect(current.tables, settings(), read_only=True) as con:
        answer = asking.ask(con, question)
    if as_json:
        _print_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    else:
        show.answered(answer)


@main.command()
@WORKSPACE
@click.argument("subject", type=click.Choice(exporting.SUBJECTS))
@click.argument("file", type=click.Path(path_type=Path))
@_plainly
def export(folder: Path, subject: exporting.Subject, file: Path) -> None:
    """Write persons, families, findings or links to FILE (.csv, .parquet or .json)."""
    current = Workspace(folder).require_current()
    with connect(current.tables, settings(), read_only=True) as con:
        rows = exporting.export(con, subject, file)
    show.say(f"{rows:,} rows in {file}.")


@main.command()
@WORKSPACE
@click.option("--host", help="Address to serve on; this machine only by default.")
@click.option("--port", type=click.IntRange(1, 65535))
@_plainly
def serve(folder: Path, host: str | None, port: int | None) -> None:
    """Serve the pages of the current run behind a log-in."""
    workspace = Workspace(folder)
    workspace.require_current()
    _serve(workspace, host=host, port=port)


@main.command()
@WORKSPACE
@click.option("--role", type=click.Choice(ROLES), default="practitioner", show_default=True)
@click.argument("name")
@_plainly
def invite(folder: Path, role: str, name: str) -> None:
    """Let somebody called NAME sign in to the pages; only an admin sees what is sealed."""
    workspace = Workspace(folder)
    workspace.require_current()
    with open_ledger(workspace.ledger) as ledger:
        credentials = invite_user(ledger, name, role)
    show.say(f"{credentials.name} may sign in as {role} with password {credentials.password}")
    show.say("This password is shown once; it is kept only as a hash.")


@main.command()
@PEOPLE
@SEED
@click.option(
    "--workspace",
    "-w",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder to keep the council in; demo/PEOPLE-SEED if not given, so that none mix.",
)
@click.option("--no-serve", is_flag=True, help="Stop when everything is built and measured.")
@_plainly
def demo(people: int, seed: int, folder: Path | None, no_serve: bool) -> None:
    """Invent a council, run everything on it, measure the result and serve it."""
    folder = folder or Path("demo") / f"{people}-{seed}"
    council = folder / "council"
    with show.waiting(f"Inventing a council of {people:,} people"):
        generate_council(council, people=people, seed=seed)
    workspace = Workspace(folder)
    _show_run(_run(workspace, (council / "sources",), (), None), as_json=False)
    with connect(workspace.require_current().tables, settings(), read_only=True) as con:
        show.evaluated(evaluate_run(con, council / "truth" / "persons.csv"))
    show.say(f"Everything is in {folder}: other commands find it with -w {folder}")
    if not no_serve:
        _serve(workspace, host=None, port=None)


def _run(
    workspace: Workspace,
    sources: tuple[Path, ...],
    contract_folders: tuple[Path, ...],
    as_of: datetime | None,
) -> RunReport:
    with _progress() as tell:
        return pipeline.run(
            workspace,
            sources,
            settings=settings(),
            contract_folders=contract_folders,
            as_of=as_of.date() if as_of else None,
            tell=tell,
        )


@contextmanager
def _progress() -> Iterator[pipeline.Tell]:
    with Progress(console=show.ASIDE, transient=True) as progress:
        task = progress.add_task("begin", total=len(pipeline.STAGES))

        def tell(stage: str) -> None:
            progress.update(task, advance=1, description=stage)

        yield tell


def _show_run(report: RunReport, *, as_json: bool) -> None:
    if as_json:
        click.echo(report.to_json())
    else:
        show.ran(report)


def _serve(workspace: Workspace, *, host: str | None, port: int | None) -> None:
    chosen = settings()
    serve_pages(
        workspace.root, chosen, host=host or chosen.host, port=port or chosen.port, tell=show.say
    )


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2, default=str))
