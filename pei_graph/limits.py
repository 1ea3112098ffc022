"""What a run may use of the machine, and plain words where that is not enough."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pei_graph.errors import WorkspaceError
from pei_graph.settings import Settings


@contextmanager
def within_limits(settings: Settings) -> Iterator[None]:
    """Where memory or disk ends in the body, ``WorkspaceError`` says which setting to change.

    What DuckDB says of it is not passed on: it may quote a row.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise WorkspaceError(
            f"The {settings.memory_limit} that DuckDB may hold are not enough for this run",
            do="Set PEI_MEMORY_LIMIT higher, up to two thirds of the machine's memory; what readers"
            " see has not changed",
        ) from error
    except duckdb.Error as error:
        if "No space left" not in str(error):
            raise
        raise WorkspaceError(
            "The disk of the workspace is full",
            do="Make room there, or set PEI_TEMP_DIR to a folder on another disk; what readers see"
            " has not changed",
        ) from error
