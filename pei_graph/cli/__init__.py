"""The command line: arguments in, tables of plain words or JSON out; the work is done elsewhere.

Exit codes: 0 done; 1 found something wrong; 2 wrong usage; 3 and above the kind of error, as
:mod:`pei_graph.errors` numbers them.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from pei_graph import __version__

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "generate": "invented", "demo": "invented", "check": "reading", "run": "runs",
        "settle": "runs", "rebuild": "runs", "deliveries": "delivered", "load": "graphs",
        "verify": "reading",
        "evaluate": "quality", "sample": "quality", "model": "model", "explain": "reading",
        "history": "reading", "ask": "reading", "export": "reading", "judge": "judging",
        "judgements": "judging", "queue": "judging", "serve": "pages", "invite": "pages",
        "move-ledger": "moving",
    }
)  # fmt: skip
"""Every command, and the module here that holds it as a function of that name."""

ELSEWHERE = "PEI Graph runs on Linux, and on Windows under WSL 2 or in a container (docs/server.md)"
"""What is said on Windows, which lacks the locks that runs need."""


class Commands(click.Group):
    """Commands of which only the one asked for is imported: all of them take half as long again."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands' names in the order in which help shows them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name; None where there is none."""
        if name not in COMMANDS:
            return None
        if sys.platform == "win32":
            raise click.ClickException(ELSEWHERE)
        module = import_module(f"{__name__}.{COMMANDS[name]}")
        found: click.Command = getattr(module, name.replace("-", "_"))
        return found


@click.group(cls=Commands)
@click.version_option(__version__)
def main() -> None:
    """See one family whole: load, link, find criteria, explain and show."""
