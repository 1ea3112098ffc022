"""Commands that make runs: of what is delivered, of new judgements, of everything anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from rich.progress import Progress

from pei_graph import pipeline, show
from pei_graph.cli.options import (
    AS_OF,
    CONTRACTS,
    JSON,
    LINKER,
    SOURCES,
    WORKSPACE,
    plainly,
    require_sources,
)
from pei_graph.clock import Tell
from pei_graph.report import RunReport
from pei_graph.settings import settings
from pei_graph.workspace import Workspace


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
    """Load SOURCES beside what was delivered before, and make a new run of everything.

    None need be named where contracts ask databases.
    """
    require_sources(sources, contract_folders)
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
    show_run(run_workspace(workspace, None, contract_folders, as_of), as_json=as_json)


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
    made = run_workspace(workspace, None, contract_folders, as_of, build="anew")
    show_run(made, as_json=as_json)


def run_workspace(
    workspace: Workspace,
    sources: tuple[Path, ...] | None,
    contract_folders: tuple[Path, ...],
    as_of: datetime | None,
    *,
    retrain: bool = False,
    linker: str | None = None,
    build: pipeline.Build = "upon the last run",
) -> RunReport:
    """A new run of ``sources`` and all that came before stands; return its report.

    None delivers nothing and asks no database.
    """
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
