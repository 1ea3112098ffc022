"""Commands about the pages: serve them, and let people in."""

from pathlib import Path

import click

from pei_graph import show
from pei_graph.cli.options import WORKSPACE, plainly
from pei_graph.layout import readable_run
from pei_graph.ledger import ROLES, open_ledger
from pei_graph.ledger import invite as invite_user
from pei_graph.settings import settings
from pei_graph.workspace import Workspace
from webapp import serve as serve_pages


@click.command()
@WORKSPACE
@click.option("--host", help="Address to serve on; this machine only by default.")
@click.option("--port", type=click.IntRange(1, 65535))
@plainly
def serve(folder: Path, host: str | None, port: int | None) -> None:
    """Serve the pages of the current run behind a log-in."""
    workspace = Workspace(folder)
    readable_run(workspace)
    serve_workspace(workspace, host=host, port=port)


@click.command()
@WORKSPACE
@click.option("--role", type=click.Choice(ROLES), default="practitioner", show_default=True)
@click.argument("name")
@plainly
def invite(folder: Path, role: str, name: str) -> None:
    """Let somebody called NAME sign in to the pages; only an admin sees what is sealed."""
    workspace = Workspace(folder)
    workspace.require_current()
    with open_ledger(workspace.ledger) as ledger:
        credentials = invite_user(ledger, name, role)
    show.say(f"{credentials.name} may sign in as {role} with password {credentials.password}")
    show.say("This password is shown once; it is kept only as a hash.")


def serve_workspace(workspace: Workspace, *, host: str | None, port: int | None) -> None:
    """The pages are served until the process is told to stop; settings fill what is None."""
    chosen = settings()
    serve_pages(
        workspace.root, chosen, host=host or chosen.host, port=port or chosen.port, tell=show.say
    )
