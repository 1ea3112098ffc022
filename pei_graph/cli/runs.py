"""Commands that make runs: invent a council, load, rebuild, and all of it as a demonstration."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from rich.progress import Progress

from pei_graph import pipeline, show, show_quality
from pei_graph.cli.options import (
    AS_OF,
    CONTRACTS,
    JSON,
    LINKER,
    PEOPLE,
    SEED,
    SOURCES,
    WORKSPACE,
    plainly,
)
from pei_graph.cli.pages import serve_workspace
from pei_graph.clock import Tell
from pei_graph.evaluation import evaluate
from pei_graph.report import RunReport
from pei_graph.settings import settings
from pei_graph.synthetic import generate as generate_council
from pei_graph.workspace import Workspace, connect


@click.command()
@PEOPLE
@SEED
@click.argument("folder", type=click.Path(path_type=Path))
@plainly
def generate(people: int, seed: int, folder: Path) -> None:
    """Write an invented council's deliveries and the truth about it to FOLDER."""
    with show.waiting(f"Inventing a council of {people:,} people"):
        generate_council(folder, people=people, seed=seed)
    show.say(f"Deliveries are in {folder / 'sources'}, the truth in {folder / 'truth'}.")


@click.command()
@SOURCES
@WORKSPACE
@CONTRACTS
@AS_OF
@click.option("--retrain", is_flag=True, help="Train a new model and adopt it with this run.")
@LINKER
@JSON
@plainly
def run(
    sources: tuple[Path, ...],
    folder: Path,
    *,
    contract_folders: tuple[Path, ...],
    as_of: datetime | None,
    retrain: bool,
    linker: str | None,
    as_json: bool,
) -> None:
    """Load SOURCES beside what was delivered before, and make a new run of everything."""
    made = run_workspace(
        Workspace(folder), sources, contract_folders, as_of, retrain=retrain, linker=linker
    )
    show_run(made, as_json=as_json)


@click.command()
@WORKSPACE
@CONTRACTS
@AS_OF
@JSON
@plainly
def settle(
    folder: Path, contract_folders: tuple[Path, ...], as_of: datetime | None, as_json: bool
) -> None:
    """Let new judgements take effect: whom they touch is settled again, in a new run."""
    workspace = Workspace(folder)
    workspace.require_current()
    show_run(run_workspace(workspace, (), contract_folders, as_of), as_json=as_json)


@click.command()
@WORKSPACE
@CONTRACTS
@AS_OF
@JSON
@plainly
def rebuild(
    folder: Path, contract_folders: tuple[Path, ...], as_of: datetime | None, as_json: bool
) -> None:
    """Make everything derived again from the deliveries and judgements kept."""
    workspace = Workspace(folder)
    workspace.require_deliveries()
    workspace.mend_pointer()
    made = run_workspace(workspace, (), contract_folders, as_of, build="anew")
    show_run(made, as_json=as_json)


@click.command()
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
@plainly
def demo(people: int, seed: int, folder: Path | None, no_serve: bool) -> None:
    """Invent a council, run everything on it, measure the result and serve it."""
    folder = folder or Path("demo") / f"{people}-{seed}"
    council = folder / "council"
    with show.waiting(f"Inventing a council of {people:,} people"):
        generate_council(council, people=people, seed=seed)
    workspace = Workspace(folder)
    show_run(run_workspace(workspace, (council / "sources",), (), None), as_json=False)
    with connect(workspace.require_current().tables, settings(), read_only=True) as con:
        show_quality.summarised(evaluate(con, council / "truth" / "persons.csv"))
    show.say(f"Everything is in {folder}: other commands find it with -w {folder}")
    if not no_serve:
        serve_workspace(workspace, host=None, port=None)


def run_workspace(
    workspace: Workspace,
    sources: tuple[Path, ...],
    contract_folders: tuple[Path, ...],
    as_of: datetime | None,
    *,
    retrain: bool = False,
    linker: str | None = None,
    build: pipeline.Build = "upon the last run",
) -> RunReport:
    """A new run of ``sources`` and all that came before stands; return its report."""
    with _progress() as tell:
        return pipeline.run(
            workspace,
            sources,
            settings=settings().with_linker(linker) if linker else settings(),
            contract_folders=contract_folders,
            as_of=as_of.date() if as_of else None,
            retrain=retrain,
            build=build,
            tell=tell,
        )


@contextmanager
def _progress() -> Iterator[Tell]:
    with Progress(console=show.ASIDE, transient=True) as progress:
        task = progress.add_task("begin", total=len(pipeline.STAGES))

        def tell(stage: str) -> None:
            progress.update(task, advance=1, description=stage)

        yield tell


def show_run(report: RunReport, *, as_json: bool) -> None:
    """The run's report stands on the terminal."""
    if as_json:
        click.echo(report.to_json())
    else:
        show.ran(report)
