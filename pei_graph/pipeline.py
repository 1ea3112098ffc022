"""The whole method, in order: the only module that knows every stage.

In: delivered files and a workspace. Out: one finished run that readers see from one instant to the
next, or, if anything fails, the run they saw before.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from pei_graph import boundary, criteria, graph, models, tables
from pei_graph.contract import Contract, read_contracts
from pei_graph.errors import DeliveryError
from pei_graph.extract import extract
from pei_graph.ledger import open_ledger
from pei_graph.link import Model, link
from pei_graph.look_ups import index
from pei_graph.receive import receive, received
from pei_graph.report import RunReport, report_on
from pei_graph.resolve import resolve, write_log, write_register
from pei_graph.settings import Settings
from pei_graph.standardise import standardise
from pei_graph.workspace import RunFolder, Workspace, connect

STAGES = (
    "receive", "extract", "standardise", "graph", "link", "graph", "resolve", "graph", "criteria",
    "publish",
)  # fmt: skip
"""In the order a progress bar hears of them: the graph takes in records while people are linked."""

Tell = Callable[[str], None]
"""Called with a stage's name as it begins, for a progress bar."""


class Clock:
    """Seconds that each stage took, in order."""

    def __init__(self, tell: Tell) -> None:
        """Start with nothing timed; ``tell`` hears of each stage."""
        self.seconds: dict[str, float] = {}
        self._tell = tell

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The body is timed under ``name``, together with earlier bodies of that name."""
        self._tell(name)
        began = time.perf_counter()
        yield
        took = time.perf_counter() - began
        self.seconds[name] = round(self.seconds.get(name, 0.0) + took, 3)


def run(
    workspace: Workspace,
    sources: Sequence[Path],
    *,
    settings: Settings,
    contract_folders: Sequence[Path] = (),
    as_of: date | None = None,
    retrain: bool = False,
    tell: Tell = lambda _: None,
) -> RunReport:
    """Everything delivered so far is one finished run that readers see; return its report.

    ``sources`` are added to what was received before. ``as_of`` is the day the criteria look back
    from: the newest delivery's date if not given. People are linked by the model adopted, as it
    stands; a new one is trained and adopted with the run where there is none, where the data have
    outgrown it, or to ``retrain``. Raises a ``PeiError`` and changes nothing that
    readers see when contracts are wrong, nothing could be loaded, or another run is writing.
    """
    contracts = read_contracts(contract_folders)
    clock = Clock(tell)
    with workspace.writing() as folder:
        with clock.stage("receive"):
            receive(workspace.deliveries, sources)
        with connect(folder.tables, settings) as con:
            day = _load(con, workspace, contracts, clock=clock, as_of=as_of)
            with ExitStack() as loading:
                growing = loading.enter_context(
                    graph.growing(folder.graph, settings, contracts=contracts)
                )
                with clock.stage("graph"):
                    growing.add(con, graph.STANDARDISED)
                with clock.stage("link"):
                    model = _link(con, workspace, contracts, retrain=retrain)
                with clock.stage("graph"):
                    growing.add(con, graph.LINKED)
                _resolve_people(con, workspace, folder.number, contracts, clock=clock, as_of=day)
                with clock.stage("graph"):
                    growing.add(con, graph.RESOLVED)
                    loading.close()
            _evaluate(con, folder, settings, clock=clock, as_of=day)
            with clock.stage("publish"):
                index(con)
                write_register(con, workspace.register(folder))
                write_log(con, workspace.identity_log(folder))
                report = report_on(
                    con, folder.number, as_of=day, model=model, seconds=clock.seconds
                )
                models.adopt(workspace, model)
        folder.report.write_text(report.to_json(), encoding="utf-8")
        workspace.publish(folder)
    return report


def _load(
    con: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    contracts: dict[str, Contract],
    *,
    clock: Clock,
    as_of: date | None,
) -> date:
    """RAW, RECORDS and FACTS stand; return the day the criteria look back from."""
    with clock.stage("extract"):
        kept = received(workspace.deliveries)
        extract(con, contracts, kept, keep=workspace.answers, as_of=as_of)
        day = as_of or _newest_delivery(con)
    with clock.stage("standardise"):
        standardise(con, contracts)
    return day


def _link(
    con: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    contracts: dict[str, Contract],
    *,
    retrain: bool,
) -> int:
    """LINKS stands; return the number of the model that made it, which is kept."""
    number, model = (None, None) if retrain else _model_in_use(con, workspace)
    made = link(con, contracts, model=model)
    if number is None:
        number = models.keep(workspace, made)
    con.execute("UPDATE model SET number = ?", [number])
    return number


def _model_in_use(
    con: duckdb.DuckDBPyConnection, workspace: Workspace
) -> tuple[int, Model] | tuple[None, None]:
    """Return the model adopted and its number, or nothing where the data need a new one."""
    number = models.adopted(workspace)
    if number is None:
        return None, None
    model = models.read(workspace, number)
    [(records,)] = con.execute("SELECT count(*) FROM records").fetchall()
    return (None, None) if model.outgrown_by(int(records)) else (number, model)


def _resolve_people(
    con: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    number: int,
    contracts: dict[str, Contract],
    *,
    clock: Clock,
    as_of: date,
) -> None:
    """PERSONS and FAMILIES stand."""
    with clock.stage("resolve"), open_ledger(workspace.ledger) as ledger:
        resolve(
            con,
            contracts,
            run=number,
            as_of=as_of,
            register=workspace.latest_register(),
            judgements=ledger.judgements(),
        )


def _newest_delivery(con: duckdb.DuckDBPyConnection) -> date:
    row = con.execute("SELECT max(delivered_on) FROM deliveries WHERE status = 'loaded'").fetchone()
    if not row or not row[0]:
        raise DeliveryError(
            "No delivery could be loaded",
            do="Run `pei check SOURCES` to see what is wrong with each file",
        )
    newest: date = row[0]
    return min(newest, datetime.now(UTC).date())


def _evaluate(
    con: duckdb.DuckDBPyConnection,
    folder: RunFolder,
    settings: Settings,
    *,
    clock: Clock,
    as_of: date,
) -> None:
    with clock.stage("criteria"):
        with graph.open_graph(folder.graph, settings) as store:
            criteria.evaluate(con, store, criteria.read_packs(), as_of=as_of)
        graph.load_findings(folder.graph, con, settings)
        boundary.check(con, tables.ISSUES)
