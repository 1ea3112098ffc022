"""The command line: arguments in, tables of plain words or JSON out; the work is done elsewhere.

Exit codes: 0 done; 1 found something wrong; 2 wrong usage; 3 and above the kind of error, as
:mod:`pei_graph.errors` numbers them.
"""

import click

from pei_graph import __version__
from pei_graph.cli import graphs, judging, model, moving, pages, quality, reading, runs

COMMANDS = (
    runs.generate, reading.check, runs.run, runs.settle, runs.rebuild, graphs.load, reading.verify,
    quality.evaluate,
    quality.sample, model.model,
    reading.explain, reading.history, reading.ask, reading.export, judging.judge,
    judging.judgements, judging.queue, pages.serve, pages.invite, moving.move_ledger,
    runs.demo,
)  # fmt: skip


@click.group()
@click.version_option(__version__)
def main() -> None:
    """See one family whole: load, link, find criteria, explain and show."""


for command in COMMANDS:
    main.add_command(command)
