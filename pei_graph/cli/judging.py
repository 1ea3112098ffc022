"""Commands about judgements: make one, see what became of all, ask what to judge next."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import cast, get_args

import click

from pei_graph import review, show
from pei_graph.cli import judged
from pei_graph.cli.options import BY, JSON, WHY, WORKSPACE, plainly, print_json
from pei_graph.explain.words import times
from pei_graph.layout import readable_run
from pei_graph.ledger import Choice, Entry, concerning, history, open_ledger
from pei_graph.ledger import withdraw as withdraw_judgement
from pei_graph.settings import settings
from pei_graph.workspace import Workspace, connect


@click.command()
@WORKSPACE
@click.argument("first")
@click.argument("second")
@click.argument("verdict", type=click.Choice(get_args(Choice)))
@WHY
@BY
@plainly
def judge(*, folder: Path, first: str, second: str, verdict: str, why: str, by: str) -> None:
    """Judge whether records FIRST and SECOND are one person; counts from the next run on."""
    workspace = Workspace(folder)
    current = readable_run(workspace)
    choice = cast("Choice", verdict)
    with (
        connect(current.tables, settings(), read_only=True) as con,
        open_ledger(workspace.ledger) as ledger,
    ):
        pair = first, second
        number = review.pass_verdict(con, ledger, pair, verdict=choice, by=by, why=why)
        made = history(ledger)
        told = review.tell(made, review.judged_contents(con, made))
        dangers = review.dangers(con, pair, partial(concerning, ledger))
    judged.one(next(entry for entry in told if entry.judgement.id == number), dangers)


@click.group(invoke_without_command=True)
@WORKSPACE
@JSON
@click.pass_context
@plainly
def judgements(context: click.Context, folder: Path, as_json: bool) -> None:
    """Show every judgement and what became of it, and which contradict each other."""
    context.obj = Workspace(folder)
    if context.invoked_subcommand is not None:
        return
    current = readable_run(context.obj)
    with (
        connect(current.tables, settings(), read_only=True) as con,
        open_ledger(context.obj.ledger) as ledger,
    ):
        made = history(ledger)
        known = review.judged_contents(con, made)
        told = review.tell(made, known)
        waiting = review.to_take_effect(made, known, review.applied(con))
    if as_json:
        print_json([entry.as_json() for entry in told])
    else:
        judged.all_of_them(told, review.contradictions(made), waiting=waiting)


@judgements.command()
@click.argument("number", type=int)
@BY
@click.pass_obj
@plainly
def withdraw(workspace: Workspace, number: int, by: str) -> None:
    """Take judgement NUMBER back; it stays in the history and counts no more."""
    workspace.require_current()
    with open_ledger(workspace.ledger) as ledger:
        told = Entry(by, "withdraw", detail={"judgement": number})
        withdraw_judgement(ledger, number, by, told=told)
    show.say(f"Judgement {number} is withdrawn; the next run no longer counts it.")


@judgements.command(name="export")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
@plainly
def export_judgements(workspace: Workspace, file: Path) -> None:
    """Write every judgement to FILE as CSV."""
    workspace.require_current()
    with open_ledger(workspace.ledger) as ledger:
        rows = review.write_judgements(history(ledger), file)
    show.say(f"{times(rows, 'judgement')} in {file}.")


@judgements.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@BY
@click.pass_obj
@plainly
def import_judgements(workspace: Workspace, file: Path, by: str) -> None:
    """Take in the verdicts of a FILE that was judged elsewhere; lines without one are left."""
    current = readable_run(workspace)
    with (
        connect(current.tables, settings(), read_only=True) as con,
        open_ledger(workspace.ledger) as ledger,
    ):
        brought = review.read_judgements(con, ledger, file, by=by)
    show.say(
        f"{times(brought.taken, 'judgement')} taken in; {brought.known:,} known already,"
        f" {times(brought.empty, 'line')} without a verdict."
    )


@click.command()
@WORKSPACE
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True)
@click.option(
    "--sheet",
    type=click.Path(path_type=Path),
    help="Write the pairs with both sides' values to this CSV, to be judged elsewhere.",
)
@JSON
@plainly
def queue(folder: Path, top: int, sheet: Path | None, as_json: bool) -> None:
    """Show the pairs whose judgement is expected to put most right, in order."""
    workspace = Workspace(folder)
    current = readable_run(workspace)
    with (
        connect(current.tables, settings(), read_only=True) as con,
        open_ledger(workspace.ledger) as ledger,
    ):
        asked = review.queue(con, history(ledger), top=top)
        if sheet is not None:
            rows = review.write_sheet(con, asked, sheet)
            show.say(
                f"{times(rows, 'pair')} in {sheet}: fill in verdict and why, then"
                " `pei judgements import` it."
            )
        elif as_json:
            print_json([asdict(one) for one in asked])
        else:
            judged.questions(asked)
