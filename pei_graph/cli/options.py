"""What commands share: options, errors told plainly, JSON on the terminal."""

import getpass
import json
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from pei_graph import show
from pei_graph.contract import read_contracts
from pei_graph.errors import PeiError
from pei_graph.extract import asks_databases

P = ParamSpec("P")
T = TypeVar("T")

WORKSPACE = click.option(
    "--workspace",
    "-w",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("workspace"),
    show_default=True,
    help="Folder of the council's deliveries, ledger and runs.",
)
CONTRACTS = click.option(
    "--contracts",
    "contract_folders",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A folder of further contracts; may be given more than once.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")
AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day the criteria look back from; the newest delivery's if not given.",
)
PEOPLE = click.option("--people", type=click.IntRange(min=1), default=20_000, show_default=True)
SEED = click.option("--seed", type=int, default=1, show_default=True)
LINKER = click.option(
    "--linker",
    type=click.Choice(["duckdb", "spark"]),
    help="What scores the pairs: DuckDB on this machine, or Spark (docs/spark.md).",
)
BY = click.option(
    "--by",
    default=getpass.getuser,
    show_default="who is logged in to this machine",
    help="Who says so.",
)
WHY = click.option("--why", required=True, help="The reason, for whoever looks at it in a year.")
SOURCES = click.argument("sources", nargs=-1, type=click.Path(path_type=Path, exists=True))


def require_sources(sources: Sequence[Path], contract_folders: Sequence[Path]) -> None:
    """Something is delivered: files or folders that were named, or what a database answers."""
    if not sources and not asks_databases(read_contracts(contract_folders)):
        raise click.UsageError("Missing argument 'SOURCES...': no contract asks a database.")


def plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Errors made on purpose end the command with their message and exit code, no traceback."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except PeiError as error:
            show.problem(error)
            raise SystemExit(error.exit_code) from error

    return wrapped


def print_json(value: Any) -> None:
    """The value stands on the terminal as JSON."""
    click.echo(json.dumps(value, indent=2, default=str))
