"""How a run is laid out: what its tables and its graph hold, and under which names.

In: the tables between stages and the graph's own SELECTs. Out: a digest, kept in a run's report.
A run of another version of the product is then refused in plain words, instead of by whichever
question first meets a column that is not there.
"""

import hashlib
import json
from functools import cache

from pei_graph.contract.kept import COLUMNS
from pei_graph.errors import OtherVersionError
from pei_graph.graph.projection import schema, select
from pei_graph.graph.shape import SHAPES
from pei_graph.tables import STAGE_TABLES
from pei_graph.workspace import RunFolder, Workspace


@cache
def layout() -> str:
    """Return the digest of how this version of the product lays out a run."""
    tables = [[table.name, table.columns] for table in STAGE_TABLES]
    graph = [*schema("ladybug"), *(select(name) for name in SHAPES)]
    return hashlib.sha256(json.dumps([tables, COLUMNS, graph]).encode()).hexdigest()


def readable_run(workspace: Workspace) -> RunFolder:
    """Return the run that readers see.

    Raises ``WorkspaceError`` before the first, ``OtherVersionError`` as :func:`require_readable`.
    """
    run = workspace.require_current()
    require_readable(run)
    return run


def require_readable(run: RunFolder) -> None:
    """Raise ``OtherVersionError`` where another version laid the run out otherwise."""
    report = json.loads(run.report.read_text(encoding="utf-8"))
    if report.get("layout") != layout():
        raise OtherVersionError(
            f"Run {run.number} was made by another version of the product",
            do="Run `pei rebuild --workspace W`: deliveries and judgements stay as they are",
        )
