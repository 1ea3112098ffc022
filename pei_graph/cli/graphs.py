"""The command that fills a graph server which is not running."""

from collections.abc import Sequence
from pathlib import Path

import click

from pei_graph import graph, show
from pei_graph.cli.options import CONTRACTS, WORKSPACE, plainly
from pei_graph.contract import read_contracts
from pei_graph.layout import readable_run
from pei_graph.settings import settings
from pei_graph.workspace import Workspace, connect


@click.command()
@WORKSPACE
@CONTRACTS
@click.argument("home", type=click.Path(path_type=Path, exists=True, file_okay=False))
@plainly
def load(folder: Path, contract_folders: Sequence[Path], home: Path) -> None:
    """Put the current run's graph into the Neo4j installed in HOME, which must be stopped.

    Whatever its database held is gone. The first load of a large council takes a minute so.
    """
    workspace = Workspace(folder)
    run = readable_run(workspace)
    with connect(run.tables, settings(), read_only=True) as con:
        graph.fill_stopped(
            con,
            run.graph,
            home,
            settings(),
            contracts=read_contracts(contract_folders),
            workspace=workspace.name(),
        )
    show.say(f"The graph of run {run.number} is loaded: start the server, and set PEI_GRAPH_URL.")
