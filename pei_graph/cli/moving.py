"""Command to move a workspace's ledger to a server."""

from pathlib import Path

import click

from pei_graph import show
from pei_graph.cli.options import WORKSPACE, plainly
from pei_graph.ledger import move_ledger as move
from pei_graph.settings import settings
from pei_graph.workspace import Workspace


@click.command("move-ledger")
@WORKSPACE
@plainly
def move_ledger(folder: Path) -> None:
    """Move the workspace's ledger to the server that PEI_LEDGER_URL names."""
    moved = move(Workspace(folder).ledger, settings())
    for table, rows in moved.items():
        show.say(f"{table}: {rows:,} rows")
    show.say("The ledger is on the server; the file that held it now ends in .moved.")
