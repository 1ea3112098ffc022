"""What is delivered is kept, and becomes RAW, RECORDS and FACTS: all of it, or only what is new.

In: the files that a user names, and what databases answer. Out: the deliveries kept, and the tables
of the first two stages.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pei_graph import basis, refresh
from pei_graph.basis import Basis
from pei_graph.contract import Contract
from pei_graph.extract import (
    Unanswered,
    ask_databases,
    extract,
    extract_again,
    extract_others,
    files_of,
    sources_fed_by,
    still_unanswered,
)
from pei_graph.order import Order
from pei_graph.receive import receive, received
from pei_graph.settings import Settings
from pei_graph.standardise import standardise, standardise_again
from pei_graph.workspace import RunFolder, Workspace


def receive_all(
    workspace: Workspace,
    sources: Sequence[Path],
    contracts: Mapping[str, Contract],
    *,
    beside: Path,
    as_of: date | None,
) -> list[Unanswered]:
    """What was named, and what databases answer, is kept; return the lists that none answered.

    Answers are written ``beside`` first, and are of the day ``as_of``, or of today.
    """
    with TemporaryDirectory(dir=beside) as scratch:
        answers = Path(scratch) / "answers"
        unanswered = ask_databases(contracts, answers, on=as_of or datetime.now(UTC).date())
        answered = [answers] if files_of(answers) else []
        receive(workspace.deliveries, [*sources, *answered], aside=workspace.withdrawn)
    return unanswered


def receive_none(
    workspace: Workspace, contracts: Mapping[str, Contract], settings: Settings
) -> list[Unanswered]:
    """Nothing new is delivered, and no database asked; return the lists that stay without answer.

    Those are the ones of which the current run says so.
    """
    receive(workspace.deliveries, ())
    last = workspace.current()
    before = basis.of_run(last, settings) if last else None
    return still_unanswered(contracts, before.silent) if before else []


def load(
    con: duckdb.DuckDBPyConnection, order: Order, read: tuple[RunFolder, Basis] | None = None
) -> date:
    """RAW, RECORDS and FACTS stand; return the day the criteria look back from.

    What was ``read`` for that run is not read again where this one would read the same of it.
    """
    with order.clock.stage("extract"):
        _extract(con, order, read)
        day = order.as_of or basis.newest_delivery(con)
    with order.clock.stage("standardise"):
        standardise(con, order.contracts)
    return day


def _extract(
    con: duckdb.DuckDBPyConnection, order: Order, read: tuple[RunFolder, Basis] | None
) -> None:
    kept = received(order.workspace.deliveries)
    alike = order.read_alike(read[1]) if read else set()
    if not read or not alike:
        extract(con, order.contracts, kept, unanswered=order.unanswered)
        return
    run, before = read
    _, known = basis.since(before, order.workspace)
    with refresh.beside(con, run):
        extract_others(
            con, order.contracts, kept, read=alike, known=known, unanswered=order.unanswered
        )


def load_again(con: duckdb.DuckDBPyConnection, order: Order, before: Basis) -> date:
    """As :func:`load`; only files that came, went or are of other times since are looked at."""
    names, known = basis.since(before, order.workspace)
    changed = sources_fed_by(names, order.contracts) | basis.silenced(before, order.silent)
    most = refresh.share(con, changed) > refresh.MOST
    with order.clock.stage("extract"):
        extract_again(
            con, order.contracts, received(order.workspace.deliveries),
            changed=set(order.contracts) if most else changed, known=known,
            unanswered=order.unanswered,
        )  # fmt: skip
        day = order.as_of or basis.newest_delivery(con)
    with order.clock.stage("standardise"):
        if not most:
            standardise_again(con, order.contracts, changed)
            return day
        standardise(con, order.contracts)
    refresh.remade_everything(con)
    return day
