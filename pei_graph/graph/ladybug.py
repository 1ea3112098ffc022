"""The graph in Ladybug: an embedded engine, one file, read by many threads.

The only module that imports ``ladybug``. Run as a program it loads Parquet files into a graph, a
statement a line of its input as they come, and ends with its input: a defect in the engine's loader
can then take only that process with it. It is run by its path, and imports little, so that the
process starts in a tenth of a second: most graphs are a test's.
"""

import ctypes
import json
import signal
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import ladybug

from pei_graph.errors import GraphError

MIB = 1 << 20
PR_SET_PDEATHSIG = 1
"""Linux's prctl(2): the signal that this process gets when its parent dies."""
SECOND_MS = 1000
Step = tuple[str, int | None]
"""A statement, and the number that it answers where all is well."""
Asked = Mapping[str, Any]
"""A question to the graph as it then is, with its ``values`` and ``days`` for parameters, the
``file`` to put the answer in, and the ``timeout_s`` within which there must be one."""


def opened(file: Path, *, buffer_mb: int, threads: int, read_only: bool) -> Any:
    """Return the engine's database in ``file``, made if it is not there and may be written.

    Raises ``GraphError`` where it cannot be opened.
    """
    try:
        return ladybug.Database(
            str(file),
            read_only=read_only,
            buffer_pool_size=buffer_mb * MIB,
            max_num_threads=threads,
            # Whoever writes says when: a checkpoint takes as long for one row as for a thousand.
            auto_checkpoint=False,
        )
    except RuntimeError as error:
        raise refused(error) from None


def connected(database: Any, *, timeout_s: int, threads: int) -> Any:
    """Return a connection whose every query uses ``threads`` and ends within ``timeout_s``."""
    connection = ladybug.Connection(database, threads)
    connection.set_query_timeout(timeout_s * SECOND_MS)
    return connection


def refused(error: RuntimeError) -> GraphError:
    """Return the engine's error in words that quote no key, which may speak of a person."""
    kind = str(error).partition(":")[0].strip(". ")
    if kind == "Interrupted":
        return GraphError("The question took too long", do="Ask for less, or raise the timeout")
    return GraphError(f"The graph engine refused a query ({kind})", do="Check the query's text")


def load(
    graph: Path, statements: Iterable[str | Step | Asked], *, buffer_mb: int, threads: int
) -> None:
    """Every statement has run against ``graph``, which is made if it is not there.

    For every question that was answered a line stands on the output. Raises ``GraphError`` naming
    the table whose statement failed, or met another number of rows.
    """
    database = opened(graph, buffer_mb=buffer_mb, threads=threads, read_only=False)
    connection = ladybug.Connection(database)
    try:
        for statement in statements:
            if isinstance(statement, Mapping):
                _answer(connection, statement)
                continue
            text, rows = (statement, None) if isinstance(statement, str) else statement
            _run(connection, text, rows)
    finally:
        connection.close()
        database.close()


def _run(connection: Any, statement: str, rows: int | None) -> None:
    words = " ".join(statement.split()[:4])
    try:
        answer = connection.execute(statement)
        met = rows if rows is None else answer.get_next()[0]
    except RuntimeError as error:
        raise GraphError(f"{refused(error).what} at `{words}`") from None
    if met != rows:
        raise GraphError(f"The graph held {met} of the {rows} rows to be changed at `{words}`")


def _answer(connection: Any, asked: Asked) -> None:
    # Imported here: it takes as long as the engine itself, and few processes are asked anything.
    import pyarrow as pa  # noqa: PLC0415

    days = {name: date.fromisoformat(day) for name, day in asked["days"].items()}
    connection.set_query_timeout(asked["timeout_s"] * SECOND_MS)
    try:
        answer = connection.execute(asked["ask"], {**asked["values"], **days}).get_as_arrow()
    except RuntimeError as error:
        raise refused(error) from None
    connection.set_query_timeout(0)
    with pa.OSFile(asked["file"], "wb") as file, pa.ipc.new_file(file, answer.schema) as writer:
        writer.write_table(answer)
    sys.stdout.write("answered\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """This process is killed when its parent dies, so that nothing writes to a graph left behind.

    Elsewhere than on Linux it ends a little later, when it finds that nobody tells it any more.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    _end_with_parent()
    plan = json.loads(sys.stdin.readline())
    lines = (json.loads(line) for line in sys.stdin)
    try:
        load(Path(plan["graph"]), lines, buffer_mb=plan["buffer_mb"], threads=plan["threads"])
    except GraphError as problem:
        sys.exit(problem.what)
