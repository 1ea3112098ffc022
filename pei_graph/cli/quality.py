"""Commands that measure how well records were linked."""

from pathlib import Path

import click

from pei_graph import show_quality
from pei_graph.cli.options import JSON, WORKSPACE, plainly, print_json
from pei_graph.evaluation import evaluate as evaluate_run
from pei_graph.settings import settings
from pei_graph.workspace import Workspace, connect


@click.command()
@WORKSPACE
@click.option(
    "--truth",
    required=True,
    type=click.Path(path_type=Path),
    help="CSV with record_id (or source and key) and person.",
)
@JSON
@plainly
def evaluate(folder: Path, truth: Path, as_json: bool) -> None:
    """Measure the current run against the truth."""
    current = Workspace(folder).require_current()
    with connect(current.tables, settings(), read_only=True) as con:
        report = evaluate_run(con, truth)
    if as_json:
        print_json(report.as_json())
    else:
        show_quality.evaluated(report)
