"""Commands about the linkage model: report on it, learn from judgements, compare, adopt."""

from pathlib import Path

import click
import duckdb

from pei_graph import __version__, evaluation, models, show
from pei_graph.cli.options import WORKSPACE, plainly
from pei_graph.cli.quality import SAMPLE, TRUTH, judged_sample
from pei_graph.evaluation import Clerical, Report, SampleError
from pei_graph.evaluation import model as reporting
from pei_graph.settings import settings
from pei_graph.workspace import Workspace, connect


@click.group()
def model() -> None:
    """Look at the linkage model, and change it with care."""


@model.command()
@WORKSPACE
@TRUTH
@SAMPLE
@click.argument("file", type=click.Path(path_type=Path))
@plainly
def report(folder: Path, truth: Path | None, sample: Path | None, file: Path) -> None:
    """Write the model report to FILE: one page of HTML that needs nothing else."""
    if truth is not None and sample is not None:
        raise click.UsageError("Give --truth or --sample, not both")
    if not file.parent.is_dir():
        raise SampleError(f"There is no folder {file.parent}", do="Make the folder first")
    workspace = Workspace(folder)
    current = workspace.require_current()
    with connect(current.tables, settings(), read_only=True) as con:
        described = reporting.describe(con)
        number = described.number
        heading = reporting.Heading(
            run=current.number,
            as_of=evaluation.newest_day(con),
            digest=models.digest(workspace, number) if number else "not kept",
            version=__version__,
        )
        found = reporting.rates(con)
        evaluated = _evaluated(con, workspace, truth=truth, sample=sample)
    text = reporting.page(heading, described, found, evaluated=evaluated)
    file.write_text(text, encoding="utf-8")
    show.say(f"The report of model {number} is in {file}.")


def _evaluated(
    con: duckdb.DuckDBPyConnection, workspace: Workspace, *, truth: Path | None, sample: Path | None
) -> Report | Clerical | None:
    if truth is not None:
        return evaluation.evaluate(con, truth)
    return judged_sample(con, workspace, sample) if sample is not None else None
