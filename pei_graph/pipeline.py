"""The whole method, in order: the only module that knows every stage.

In: delivered files and a workspace. Out: a finished run that readers see at once, or the last one.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import duckdb

from pei_graph import basis, criteria, graph, models, refresh
from pei_graph.basis import Basis
from pei_graph.clock import Clock, Tell
from pei_graph.contract import keep_contracts, read_contracts
from pei_graph.ended import find_ended
from pei_graph.errors import GraphError, PeiError
from pei_graph.extract import refuse_wrong_patterns
from pei_graph.ledger import open_ledger
from pei_graph.limits import within_limits
from pei_graph.link import Model, by_source, find_cluster, link, link_again
from pei_graph.loading import load, load_again, receive_all, receive_none
from pei_graph.look_ups import index
from pei_graph.misread import tell_misread
from pei_graph.news import find_news
from pei_graph.order import Order
from pei_graph.receive import tell_withdrawn
from pei_graph.report import Made, RunReport, report_on
from pei_graph.resolve import (
    fill_habits,
    habits,
    resolve,
    settle_homes,
    settle_people,
    write_log,
    write_register,
)
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, Workspace, connect

STAGES = (
    "receive", "extract", "standardise", "graph", "link", "graph", "resolve", "graph", "index",
    "graph", "criteria", "graph", "publish",
)  # fmt: skip
"""In the order a progress bar hears of them: the graph takes tables in while others are made."""

Build = Literal["upon the last run", "anew"]
"""Whether a run may take over what has not changed since the last one; the outcome is the same."""


def run(
    workspace: Workspace,
    sources: Sequence[Path] | None,
    *,
    settings: Settings,
    contract_folders: Sequence[Path] = (),
    as_of: date | None = None,
    retrain: bool = False,
    build: Build = "upon the last run",
    tell: Tell = lambda _: None,
) -> RunReport:
    """Everything delivered so far is one finished run that readers see; return its report.

    ``sources``, and what databases answer, are added to what was received before; None adds nothing
    and asks nobody. ``as_of`` is the day the criteria look back from: the newest delivery's date if
    not given. People are linked by the model adopted, as it stands; a new one is trained and
    adopted with the run where there is none, where the data have outgrown it, or to ``retrain``.
    Where the last run can be built upon, only pairs that may weigh otherwise are scored, and only
    people who are touched are settled. Raises a ``PeiError`` and changes nothing that readers see
    when contracts are wrong, nothing could be loaded, or another run is writing.
    """
    contracts, clock = read_contracts(contract_folders), Clock(tell)
    refuse_wrong_patterns(contracts.values())
    find_cluster(settings)
    with (
        within_limits(settings),
        workspace.writing(lambda kept: graph.was_kept(kept.graph, settings)) as folder,
    ):
        with open_ledger(workspace.ledger, settings) as ledger:
            judgements = ledger.judgements()
        with clock.stage("receive"):
            unanswered = (
                receive_none(workspace, contracts, settings)
                if sources is None
                else receive_all(workspace, sources, contracts, beside=folder.folder, as_of=as_of)
            )
        last = workspace.current()
        with graph.coming_graph(
            folder.graph,
            settings,
            contracts=contracts,
            workspace=workspace.name(),
            last=last.graph if last else None,
        ) as coming:
            order = Order(
                workspace, settings, contracts, as_of, retrain, clock,
                judgements, unanswered, coming,
            )  # fmt: skip
            report = _make(order, folder, "asked for" if build == "anew" else None)
            folder.report.write_text(report.to_json(), encoding="utf-8")
            coming.keep()
            workspace.publish(folder)
    return report


def _make(order: Order, folder: RunFolder, anew: str | None) -> RunReport:
    """The run's tables and graph stand in its folder, ready to be published."""
    last = order.workspace.current()
    if last is not None:
        basis.require_contracts(last, order.workspace, order.contracts, order.settings)
    before = None if anew or last is None else basis.of_run(last, order.settings)
    why = anew or _why_anew(order, last, before)
    if why is None and last is not None and before is not None:
        try:
            return _make_upon(order, folder, last, before)
        except (GraphError, _OutgrownError) as error:
            folder.tables.unlink(missing_ok=True)
            why = error.what
    read = (last, before) if last and before else None
    return _make_anew(order, folder, why or "no run to build upon", read)


class _OutgrownError(PeiError):
    """The data have outgrown the model by which the last run was made."""


def _why_anew(order: Order, last: RunFolder | None, before: Basis | None) -> str | None:
    """Return why the last run cannot be built upon; None where it can."""
    number = models.adopted(order.workspace)
    if last is None or before is None or number is None:
        return "no run to build upon"
    if order.workspace.latest_register() != order.workspace.register(last):
        return "no register of the last run's ids"
    if order.retrain:
        return "another model"
    return basis.why_anew(before, order.basis(as_of=None, model=number))


def _make_upon(order: Order, folder: RunFolder, last: RunFolder, before: Basis) -> RunReport:
    """The run is the last one with what has changed since; in another month all homes may have."""
    delivered = before.deliveries != basis.delivered(order.workspace)
    delivered = delivered or before.silent != order.silent
    with order.clock.stage("copy"):
        refresh.begin(last, folder, order.coming)
    with connect(folder.tables, order.settings) as con, refresh.beside(con, last):
        refresh.pack(con)
        refresh.touch_nothing(con)
        refresh.touch_judged(con, order.judgements)
        day = (
            load_again(con, order, before)
            if delivered
            else order.as_of or basis.newest_delivery(con)
        )
        settle_them = partial(_settle, last_as_of=date.fromisoformat(before.as_of))
        if delivered:
            made = _rebuild_upon(con, order, folder, settle_them, before, as_of=day)
        else:
            made = settle_them(con, order, folder.number, refresh.change_members, as_of=day)
            _change_graph(con, order, before, as_of=day)
        return _finish(con, order, folder, made, as_of=day)


def _rebuild_upon(
    con: duckdb.DuckDBPyConnection,
    order: Order,
    folder: RunFolder,
    settle_them: Callable[..., Made],
    before: Basis,
    *,
    as_of: date,
) -> Made:
    """Pairs are scored, people settled and the graph changed as far as need be.

    Where many are touched it costs less to settle everybody; where more are, to build a graph anew.
    """
    _link_again(con, order)
    touched = refresh.share_touched(con)
    if touched > refresh.MANY_CHANGED:
        with _growing(con, order) as growing:
            growing(graph.LINKED)
            made = _resolve_people(con, order, folder.number, as_of=as_of)
            growing(graph.RESOLVED)
        _add_findings(con, order, as_of=as_of)
        return made
    if touched > refresh.MANY_SETTLED:
        made = _resolve_people(con, order, folder.number, as_of=as_of)
        with order.clock.stage("graph"):
            refresh.change_records(con, order.coming)
    else:
        made = settle_them(con, order, folder.number, refresh.change_records, as_of=as_of)
    _change_graph(con, order, before, as_of=as_of)
    return made


def _change_graph(
    con: duckdb.DuckDBPyConnection, order: Order, before: Basis, *, as_of: date
) -> None:
    """The last run's graph, which was told who is who, holds homes and this run's findings too.

    It takes in what it is told while criteria are asked of few.
    """
    last_as_of = date.fromisoformat(before.as_of)
    asking = criteria.of_everybody(criteria.read_packs(), as_of=as_of, last_as_of=last_as_of)
    with order.clock.stage("graph"):
        refresh.change_homes(con, order.coming, asking)
    with order.clock.stage("criteria"):
        of_few = refresh.ask_few(con, order.coming, as_of=as_of, last_as_of=last_as_of)
    _evaluate(con, order, of_few, as_of=as_of)
    with order.clock.stage("graph"):
        refresh.change_findings(con, order.coming)


def _add_findings(con: duckdb.DuckDBPyConnection, order: Order, *, as_of: date) -> None:
    """A graph built of all holds this run's findings too."""
    _evaluate(con, order, None, as_of=as_of)
    with order.clock.stage("graph"):
        order.coming.add_findings(con)


Grow = Callable[[Sequence[str]], None]
"""Sends tables on their way into a graph that is being built."""


@contextmanager
def _growing(con: duckdb.DuckDBPyConnection, order: Order) -> Iterator[Grow]:
    """Give what adds tables to the graph, while other stages go on; after the body it is whole."""
    with ExitStack() as loading:
        growing = loading.enter_context(order.coming.growing())

        def grow(names: Sequence[str]) -> None:
            with order.clock.stage("graph"):
                growing.add(con, names)

        grow(graph.STANDARDISED)
        yield grow
        with order.clock.stage("index"):  # while the last tables are loaded
            index(con)
        with order.clock.stage("graph"):
            loading.close()


def _link_again(con: duckdb.DuckDBPyConnection, order: Order) -> None:
    """LINKS stands, scored again where need be; ``touched`` holds whom that touches."""
    number, model = _model_in_use(con, order.workspace)
    if number is None or model is None:
        raise _OutgrownError("the data have outgrown the model")
    if model.judges_left_over:
        raise _OutgrownError("who is left over in two sources depends on every record")
    with order.clock.stage("link"):
        link_again(con, model)
        con.execute("UPDATE model SET number = ?", [number])
        refresh.touch_changed(con)


def _settle(
    con: duckdb.DuckDBPyConnection,
    order: Order,
    number: int,
    change: refresh.Change,
    *,
    as_of: date,
    last_as_of: date,
) -> Made:
    """Whoever is touched is settled again, in another month all homes too; return how many.

    The graph takes in what ``change`` tells it of who is who while homes are found.
    """
    with order.clock.stage("resolve"):
        settle_people(
            con, run=number, as_of=as_of, last_as_of=last_as_of,
            register=order.workspace.latest_register(), judgements=order.judgements,
        )  # fmt: skip
        find_ended(con, order.contracts, as_of=as_of)
    with order.clock.stage("graph"):
        change(con, order.coming)
    with order.clock.stage("resolve"):
        part = settle_homes(con, order.contracts, run=number, as_of=as_of, last_as_of=last_as_of)
    return Made(touched={"records": part.settled, "records around": part.around})


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    [(rows,)] = con.execute(f'SELECT count(*) FROM "{table}"').fetchall()
    return int(rows)


def _make_anew(
    order: Order, folder: RunFolder, why: str, read: tuple[RunFolder, Basis] | None
) -> RunReport:
    """The run is made from all deliveries; what was ``read`` for the last one need not be again."""
    with connect(folder.tables, order.settings) as con:
        day = load(con, order, read)
        with _growing(con, order) as growing:
            with order.clock.stage("link"):
                number, model = _link(con, order)
            growing(graph.LINKED)
            fill_habits(con, model.tables)
            _resolve_people(con, order, folder.number, as_of=day)
            growing(graph.RESOLVED)
            if number is None:
                number = models.keep(order.workspace, model.with_tables(habits(con)))
            con.execute("UPDATE model SET number = ?", [number])
        _add_findings(con, order, as_of=day)
        return _finish(con, order, folder, Made(full=why), as_of=day)


def _finish(
    con: duckdb.DuckDBPyConnection, order: Order, folder: RunFolder, made: Made, *, as_of: date
) -> RunReport:
    """The run says what it rests upon, its ids are kept, its model adopted; return its report."""
    workspace, clock = order.workspace, order.clock
    [(model,)] = con.execute("SELECT number FROM model").fetchall()
    with clock.stage("publish"):
        index(con)
        find_news(con, as_of=as_of)
        tell_misread(con, order.contracts)
        tell_withdrawn(con, workspace.withdrawn)
        basis.note(con, order.basis(as_of=as_of, model=model), order.judgements)
        keep_contracts(con, order.contracts)
        con.execute("CHECKPOINT")  # while the graph takes in what it was told
    with clock.stage("graph"):
        order.coming.whole()  # before anything is kept of a run that may have to be made anew
    with clock.stage("publish"):
        write_register(con, workspace.register(folder))
        write_log(con, workspace.identity_log(folder))
        models.adopt(workspace, model)
    return report_on(con, folder.number, as_of=as_of, model=model, made=made, seconds=clock.seconds)


def _link(con: duckdb.DuckDBPyConnection, order: Order) -> tuple[int | None, Model]:
    """LINKS stands; return the model that made it, and its number where it is kept already."""
    number, model = (None, None) if order.retrain else _model_in_use(con, order.workspace)
    return number, link(con, order.contracts, model=model, cluster=find_cluster(order.settings))


def _model_in_use(
    con: duckdb.DuckDBPyConnection, workspace: Workspace
) -> tuple[int, Model] | tuple[None, None]:
    """Return the model adopted and its number, or nothing where the data need a new one."""
    number = models.adopted(workspace)
    if number is None:
        return None, None
    model = models.read(workspace, number)
    return (None, None) if model.outgrown_by(by_source(con)) else (number, model)


def _resolve_people(
    con: duckdb.DuckDBPyConnection, order: Order, number: int, *, as_of: date
) -> Made:
    """PERSONS and FAMILIES stand; return whom that took."""
    with order.clock.stage("resolve"):
        resolve(
            con, order.contracts, run=number, as_of=as_of,
            register=order.workspace.latest_register(), judgements=order.judgements,
        )  # fmt: skip
        find_ended(con, order.contracts, as_of=as_of)
    return Made(touched={"records": _count(con, "records")})


def _evaluate(
    con: duckdb.DuckDBPyConnection, order: Order, of_few: criteria.Few | None, *, as_of: date
) -> None:
    """FINDINGS stands."""
    with (
        order.clock.stage("criteria"),
        order.coming.answered() if of_few else order.coming.asked() as store,
    ):
        criteria.evaluate(con, store, criteria.read_packs(), as_of=as_of, of_few=of_few)
