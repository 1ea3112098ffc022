"""Commands about deliveries: see what was delivered, withdraw one, bring it back."""

from dataclasses import asdict, replace
from pathlib import Path

import click

from pei_graph import delivered, show
from pei_graph.cli.options import BY, JSON, WHY, WORKSPACE, plainly, print_json
from pei_graph.layout import readable_run
from pei_graph.ledger import Entry, append, open_ledger
from pei_graph.receive import find_delivery, move
from pei_graph.settings import settings
from pei_graph.workspace import Workspace, connect


@click.group(invoke_without_command=True)
@WORKSPACE
@JSON
@click.pass_context
@plainly
def deliveries(context: click.Context, folder: Path, as_json: bool) -> None:
    """Show every delivered file, when it came and what became of it."""
    context.obj = Workspace(folder)
    if context.invoked_subcommand is not None:
        return
    context.obj.require_deliveries()
    if context.obj.current() is None:
        found = delivered.deliveries(context.obj, None)
    else:
        with connect(readable_run(context.obj).tables, settings(), read_only=True) as con:
            found = delivered.deliveries(context.obj, con)
    if as_json:
        print_json([asdict(each) for each in found])
    else:
        show.delivered(found)


@deliveries.command()
@click.argument("delivery")
@WHY
@BY
@click.pass_obj
@plainly
def withdraw(workspace: Workspace, delivery: str, why: str, by: str) -> None:
    """Set DELIVERY aside: it counts no more from the next run on, and is not received again."""
    told = Entry(by, "withdraw delivery", why)
    name = _move(workspace, delivery, workspace.deliveries, workspace.withdrawn, told=told)
    show.say(f"{name} is withdrawn; the next run (`pei settle`) no longer counts it.")


@deliveries.command()
@click.argument("delivery")
@WHY
@BY
@click.pass_obj
@plainly
def restore(workspace: Workspace, delivery: str, why: str, by: str) -> None:
    """Bring DELIVERY back, which was withdrawn: it counts from the next run on."""
    told = Entry(by, "restore delivery", why)
    name = _move(workspace, delivery, workspace.withdrawn, workspace.deliveries, told=told)
    show.say(f"{name} is back; it counts from the next run (`pei settle`) on.")


def _move(workspace: Workspace, key: str, here: Path, there: Path, *, told: Entry) -> str:
    """The delivery is where it belongs, and the audit trail tells of it; return its file's name."""
    workspace.require_deliveries()
    with workspace.held(), open_ledger(workspace.ledger) as ledger:
        delivery = find_delivery(here, key)
        append(ledger, replace(told, subjects=[delivery.folder.name]))
        move(delivery, there)
    return delivery.name
