"""The whole method, in order: the only module that knows every stage.

In: delivered files and a workspace. Out: one finished run that readers see from one instant to the
next, or, if anything fails, the run they saw before.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import duckdb

from pei_graph import basis, boundary, criteria, graph, models, refresh, tables
from pei_graph.basis import Basis
from pei_graph.contract import Contract, read_contracts
from pei_graph.errors import DeliveryError, GraphError
from pei_graph.extract import extract
from pei_graph.ledger import Judgement, open_ledger
from pei_graph.link import Model, link
from pei_graph.look_ups import index
from pei_graph.receive import receive, received
from pei_graph.report import Made, RunReport, report_on
from pei_graph.resolve import (
    fill_habits,
    habits,
    resolve,
    settle,
    write_log,
    write_register,
)
from pei_graph.settings import Settings
from pei_graph.standardise import standardise
from pei_graph.workspace import RunFolder, Workspace, connect

STAGES = (
    "receive", "extract", "standardise", "graph", "link", "graph", "resolve", "graph", "criteria",
    "graph", "publish",
)  # fmt: skip
"""In the order a progress bar hears of them: the graph takes in records while people are linked."""

Build = Literal["upon the last run", "anew"]
"""Whether a run may take over what has not changed since the last one; the outcome is the same."""

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


@dataclass(frozen=True, slots=True)
class _Order:
    """What a run is asked to do, and what it works with."""

    workspace: Workspace
    settings: Settings
    contracts: dict[str, Contract]
    contract_folders: Sequence[Path]
    as_of: date | None
    retrain: bool
    clock: Clock
    judgements: Sequence[Judgement]
    """Those that stand as the run begins: one made meanwhile is the next run's."""

    @property
    def asks_databases(self) -> bool:
        lists = [each for contract in self.contracts.values() for each in contract.lists.values()]
        return any(each.reader.format == "sql" for each in lists)

    def basis(self, *, as_of: date, model: int) -> Basis:
        return Basis(
            code=basis.product_digest(),
            contracts=basis.folders_digest(self.contract_folders),
            deliveries=basis.delivered(self.workspace),
            as_of=as_of.isoformat(),
            model=model,
        )


def run(
    workspace: Workspace,
    sources: Sequence[Path],
    *,
    settings: Settings,
    contract_folders: Sequence[Path] = (),
    as_of: date | None = None,
    retrain: bool = False,
    build: Build = "upon the last run",
    tell: Tell = lambda _: None,
) -> RunReport:
    """Everything delivered so far is one finished run that readers see; return its report.

    ``sources`` are added to what was received before. ``as_of`` is the day the criteria look back
    from: the newest delivery's date if not given. People are linked by the model adopted, as it
    stands; a new one is trained and adopted with the run where there is none, where the data have
    outgrown it, or to ``retrain``. Where nothing but judgements has changed, only whom they touch
    is settled again. Raises a ``PeiError`` and changes nothing that readers see when contracts are
    wrong, nothing could be loaded, or another run is writing.
    """
    contracts, clock = read_contracts(contract_folders), Clock(tell)
    with workspace.writing() as folder:
        with open_ledger(workspace.ledger) as ledger:
            judgements = ledger.judgements()
        order = _Order(
            workspace, settings, contracts, contract_folders, as_of, retrain, clock, judgements
        )
        with clock.stage("receive"):
            receive(workspace.deliveries, sources)
        report = _make(order, folder, "asked for" if build == "anew" else None)
        folder.report.write_text(report.to_json(), encoding="utf-8")
        workspace.publish(folder)
    return report


def _make(order: _Order, folder: RunFolder, anew: str | None) -> RunReport:
    """The run's tables and graph stand in its folder, ready to be published."""
    last = order.workspace.current()
    why = anew or _why_anew(order, last)
    if why is None and last is not None:
        try:
            return _make_upon(order, folder, last)
        except GraphError:
            folder.tables.unlink(missing_ok=True)
            why = "the last graph could not be changed"
    return _make_anew(order, folder, why or "no run to build upon")


def _why_anew(order: _Order, last: RunFolder | None) -> str | None:
    """Return why the last run cannot be built upon; None where it can."""
    number = models.adopted(order.workspace)
    if last is None or number is None or not last.graph.exists():
        return "no run to build upon"
    if order.workspace.latest_register() != order.workspace.register(last):
        return "no register of the last run's ids"
    if order.retrain:
        return "another model"
    if order.asks_databases:
        return "databases are asked each time"
    try:
        with connect(last.tables, order.settings, read_only=True) as con:
            day = order.as_of or _newest_delivery(con)
            now = order.basis(as_of=day, model=number)
            return basis.why_anew(basis.read(con), now)
    except duckdb.Error:
        return "no run to build upon"


def _make_upon(order: _Order, folder: RunFolder, last: RunFolder) -> RunReport:
    """The run is the last one with what has changed since."""
    clock = order.clock
    with clock.stage("copy"):
        refresh.begin(last, folder)
    with connect(folder.tables, order.settings) as con, refresh.beside(con, last):
        day = order.as_of or _newest_delivery(con)
        refresh.touch_nothing(con)
        refresh.touch_judged(con, order.judgements)
        with clock.stage("resolve"):
            part = settle(
                con,
                order.contracts,
                run=folder.number,
                as_of=day,
                register=order.workspace.register(last),
                judgements=order.judgements,
            )
        with clock.stage("graph"):
            refresh.change_people(con, folder, order.settings, contracts=order.contracts)
        _evaluate(con, folder, order, as_of=day)
        with clock.stage("graph"):
            refresh.change_findings(con, folder, order.settings, contracts=order.contracts)
        made = Made(touched={"records": part.settled, "records around": part.around})
        return _finish(con, order, folder, made, as_of=day)


def _make_anew(order: _Order, folder: RunFolder, why: str) -> RunReport:
    """The run is made from all deliveries."""
    clock, settings, contracts = order.clock, order.settings, order.contracts
    with connect(folder.tables, settings) as con:
        day = _load(con, order)
        with ExitStack() as loading:
            growing = loading.enter_context(
                graph.growing(folder.graph, settings, contracts=contracts)
            )
            with clock.stage("graph"):
                growing.add(con, graph.STANDARDISED)
            with clock.stage("link"):
                number, model = _link(con, order)
            with clock.stage("graph"):
                growing.add(con, graph.LINKED)
            fill_habits(con, model.tables)
            _resolve_people(con, order, folder.number, as_of=day)
            if number is None:
                number = models.keep(order.workspace, model.with_tables(habits(con)))
            con.execute("UPDATE model SET number = ?", [number])
            with clock.stage("graph"):
                growing.add(con, graph.RESOLVED)
                loading.close()
        _evaluate(con, folder, order, as_of=day)
        with clock.stage("graph"):
            graph.load_findings(folder.graph, con, settings)
        return _finish(con, order, folder, Made(full=why), as_of=day)


def _finish(
    con: duckdb.DuckDBPyConnection, order: _Order, folder: RunFolder, made: Made, *, as_of: date
) -> RunReport:
    """The run says what it rests upon, its ids are kept, its model adopted; return its report."""
    workspace, clock = order.workspace, order.clock
    [(model,)] = con.execute("SELECT number FROM model").fetchall()
    with clock.stage("publish"):
        index(con)
        basis.note(con, order.basis(as_of=as_of, model=model), order.judgements)
        write_register(con, workspace.register(folder))
        write_log(con, workspace.identity_log(folder))
        models.adopt(workspace, model)
    return report_on(con, folder.number, as_of=as_of, model=model, made=made, seconds=clock.seconds)


def _load(con: duckdb.DuckDBPyConnection, order: _Order) -> date:
    """RAW, RECORDS and FACTS stand; return the day the criteria look back from."""
    workspace, clock = order.workspace, order.clock
    with clock.stage("extract"):
        kept = received(workspace.deliveries)
        extract(con, order.contracts, kept, keep=workspace.answers, as_of=order.as_of)
        day = order.as_of or _newest_delivery(con)
    with clock.stage("standardise"):
        standardise(con, order.contracts)
    return day


def _link(con: duckdb.DuckDBPyConnection, order: _Order) -> tuple[int | None, Model]:
    """LINKS stands; return the model that made it, and its number where it is kept already."""
    number, model = (None, None) if order.retrain else _model_in_use(con, order.workspace)
    return number, link(con, order.contracts, model=model)


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
    con: duckdb.DuckDBPyConnection, order: _Order, number: int, *, as_of: date
) -> None:
    """PERSONS and FAMILIES stand."""
    with order.clock.stage("resolve"):
        resolve(
            con,
            order.contracts,
            run=number,
            as_of=as_of,
            register=order.workspace.latest_register(),
            judgements=order.judgements,
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
    con: duckdb.DuckDBPyConnection, folder: RunFolder, order: _Order, *, as_of: date
) -> None:
    """FINDINGS stands."""
    with order.clock.stage("criteria"):
        with graph.open_graph(folder.graph, order.settings) as store:
            criteria.evaluate(con, store, criteria.read_packs(), as_of=as_of)
        boundary.check(con, tables.ISSUES)
