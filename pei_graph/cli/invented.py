"""Commands about an invented council: write its deliveries, and show the whole product on one."""

from pathlib import Path

import click

from pei_graph import show, show_quality
from pei_graph.cli.options import PEOPLE, SEED, plainly
from pei_graph.cli.pages import serve_workspace
from pei_graph.cli.runs import run_workspace, show_run
from pei_graph.evaluation import evaluate
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
