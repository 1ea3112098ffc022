"""Commands that measure how well records were linked."""

from pathlib import Path

import click
import duckdb

from pei_graph import evaluation, show_quality
from pei_graph.cli.options import JSON, WORKSPACE, plainly, print_json
from pei_graph.layout import readable_run
from pei_graph.ledger import history, open_ledger, opinions
from pei_graph.settings import settings
from pei_graph.workspace import Workspace, connect

TRUTH = click.option(
    "--truth",
    type=click.Path(path_type=Path),
    help="CSV with record_id (or source and key) and person.",
)
SAMPLE = click.option(
    "--sample",
    type=click.Path(path_type=Path),
    help="A plan of `pei sample` whose pairs are judged, in it or in the ledger.",
)


@click.command()
@WORKSPACE
@TRUTH
@SAMPLE
@JSON
@plainly
def evaluate(folder: Path, truth: Path | None, sample: Path | None, as_json: bool) -> None:
    """Measure the current run against the truth, or against a judged sample."""
    if (truth is None) == (sample is None):
        raise click.UsageError("Give either --truth or --sample")
    workspace = Workspace(folder)
    if truth is not None:
        _against_truth(workspace, truth, as_json=as_json)
    elif sample is not None:
        _against_sample(workspace, sample, as_json=as_json)


def _against_truth(workspace: Workspace, truth: Path, *, as_json: bool) -> None:
    with connect(readable_run(workspace).tables, settings(), read_only=True) as con:
        report = evaluation.evaluate(con, truth)
    print_json(report.as_json()) if as_json else show_quality.evaluated(report)


def _against_sample(workspace: Workspace, sample: Path, *, as_json: bool) -> None:
    with connect(readable_run(workspace).tables, settings(), read_only=True) as con:
        found = judged_sample(con, workspace, sample)
    print_json(found.as_json()) if as_json else show_quality.estimated(found)


def judged_sample(
    con: duckdb.DuckDBPyConnection, workspace: Workspace, sample: Path
) -> evaluation.Clerical:
    """Return what a sample says of the run in ``con``, judged in the file or in the ledger.

    A *same* that waits for a second person counts here: left out, errors would be left out with it.
    """
    with open_ledger(workspace.ledger) as ledger:
        told = [opinion.counts or opinion.votes[-1] for opinion in opinions(history(ledger))]
    evaluation.read_sample(con, sample, [(j.record_l, j.record_r, j.verdict) for j in told])
    return evaluation.estimate(con, run=readable_run(workspace).number)


@click.command()
@WORKSPACE
@click.option("--pairs", type=click.IntRange(min=1), default=400, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--with-values", is_flag=True, help="Write names, dates and addresses too.")
@click.argument("file", type=click.Path(path_type=Path))
@plainly
def sample(folder: Path, pairs: int, seed: int, with_values: bool, file: Path) -> None:
    """Write to FILE a plan of pairs to judge, drawn so that estimates from them are honest."""
    current = readable_run(Workspace(folder))
    with connect(current.tables, settings(), read_only=True) as con:
        strata = evaluation.draw(con, pairs=pairs, seed=seed, run=current.number)
        evaluation.write(con, file, values=with_values)
    show_quality.sampled(strata, file, values=with_values)
