"""Commands about the linkage model: report on it, learn from judgements, compare, adopt."""

from dataclasses import asdict
from pathlib import Path

import click
import duckdb

from pei_graph import __version__, evaluation, models, show, show_quality, sql
from pei_graph.cli.options import CONTRACTS, JSON, WORKSPACE, plainly, print_json
from pei_graph.cli.quality import SAMPLE, TRUTH, judged_sample
from pei_graph.errors import WorkspaceError
from pei_graph.evaluation import Clerical, Report, SampleError
from pei_graph.evaluation import model as reporting
from pei_graph.layout import readable_run
from pei_graph.settings import settings
from pei_graph.trial import tried
from pei_graph.workspace import Workspace, connect
from pei_graph.writing import written


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
    workspace = Workspace(folder)
    current = readable_run(workspace)
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
    with written(file, SampleError):
        file.write_text(text, encoding="utf-8")
    show.say(f"The report of model {number} is in {file}.")


def _evaluated(
    con: duckdb.DuckDBPyConnection, workspace: Workspace, *, truth: Path | None, sample: Path | None
) -> Report | Clerical | None:
    if truth is not None:
        return evaluation.evaluate(con, truth)
    return judged_sample(con, workspace, sample) if sample is not None else None


@model.command(name="list")
@WORKSPACE
@JSON
@plainly
def list_models(folder: Path, as_json: bool) -> None:
    """Show the models kept, and which of them is adopted."""
    workspace = Workspace(folder)
    adopted = models.adopted(workspace)
    rows = [
        {
            "model": number,
            "adopted": number == adopted,
            "digest": models.digest(workspace, number),
            **models.origin(workspace, number),
        }
        for number in models.kept(workspace)
    ]
    print_json(rows) if as_json else show_quality.kept_models(rows)


@model.command()
@WORKSPACE
@click.option(
    "--sample",
    required=True,
    type=click.Path(path_type=Path),
    help="A plan of `pei sample` whose pairs are judged, in it or in the ledger.",
)
@JSON
@plainly
def estimate(folder: Path, sample: Path, as_json: bool) -> None:
    """Learn a candidate model from judged pairs; it is kept, and used only once adopted."""
    workspace = Workspace(folder)
    with connect(readable_run(workspace).tables, settings(), read_only=True) as con:
        number = reporting.describe(con).number
        if number is None:
            raise WorkspaceError("The current run's model is not kept", do="Make a new run")
        judged_sample(con, workspace, sample)
        found = reporting.estimate_model(con, models.read(workspace, number))
    told = {"from_model": number, "judged_same": found.same, "judged_different": found.different}
    candidate = models.keep(workspace, found.model, origin=told)
    if as_json:
        print_json({"model": candidate, **told, "changes": [asdict(c) for c in found.changes]})
    else:
        show_quality.estimated_model(found, number=candidate, before=number)


@model.command()
@WORKSPACE
@CONTRACTS
@TRUTH
@SAMPLE
@JSON
@click.argument("first", type=int)
@click.argument("second", type=int)
@plainly
def compare(
    *,
    folder: Path,
    contract_folders: tuple[Path, ...],
    truth: Path | None,
    sample: Path | None,
    as_json: bool,
    first: int,
    second: int,
) -> None:
    """Link the current run's records by models FIRST and SECOND, and say what changes."""
    workspace = Workspace(folder)
    both = [models.read(workspace, number) for number in (first, second)]
    with (
        show.waiting(f"Linking by models {first} and {second}"),
        tried(workspace, both, settings=settings(), contract_folders=contract_folders) as files,
        connect(readable_run(workspace).tables, settings(), read_only=True) as con,
    ):
        for name, file in zip(("first", "second"), files, strict=True):
            con.execute(f"ATTACH {sql.text(str(file))} AS {name} (READ_ONLY)")
        if sample is not None:
            judged_sample(con, workspace, sample)
        found = reporting.compare_models(con, (first, second), truth=truth)
    print_json(found.as_json()) if as_json else show_quality.compared(found)


@model.command()
@WORKSPACE
@click.argument("number", type=int)
@plainly
def adopt(folder: Path, number: int) -> None:
    """Use model NUMBER from the next run on."""
    workspace = Workspace(folder)
    before = models.adopted(workspace)
    models.adopt(workspace, number)
    show.say(f"Model {number} is adopted in place of {before or 'none'}; the next run uses it.")
