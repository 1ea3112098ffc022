"""The run that readers see: followed from one to the next without a restart.

A request reads one run from beginning to end. When a newer one is published the next request opens
it; the old one is closed when its last reader has finished.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock

from flask import Flask, current_app, g

from pei_graph.contract import Contract, Term, kept_contracts, terms_of
from pei_graph.graph import GraphStore, open_graph
from pei_graph.layout import require_readable
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, Workspace
from webapp.access import SEE_SEALED, may
from webapp.sight import Row, Rows, Sight


class Reader:
    """One run, open for reading by any number of requests."""

    def __init__(self, run: RunFolder, register: Path, settings: Settings) -> None:
        """Open the run's graph. ``register`` is the file of ids that it wrote."""
        self.number = run.number
        self.settings = settings.model_copy(update={"temp_dir": run.folder / "spill"})
        self.as_of = _as_of(run)
        self.register = register
        self.requests = 0
        self._run = run
        self._graph = open_graph(run.graph, settings)
        self._lock = Lock()
        self._sights: dict[bool, Sight] = {}

    @property
    def store(self) -> GraphStore:
        """Return the run's graph."""
        return self._graph

    def sight(self, *, see_sealed: bool) -> Sight:
        """Return the tables as a reader with or without sight of sealed data sees them.

        They are opened for the first who asks.
        """
        with self._lock:
            if see_sealed not in self._sights:
                self._sights[see_sealed] = Sight(self._run, self.settings, see_sealed=see_sealed)
            return self._sights[see_sealed]

    @cached_property
    def sources(self) -> Rows:
        """Return what is known of every source; no person is in it."""
        return sorted(self.store.rows("sources"), key=lambda row: str(row["source"]))

    @cached_property
    def contracts(self) -> Mapping[str, Contract]:
        """Return the contracts by which the run was made, by source id."""
        with self.sight(see_sealed=False).explaining() as con:
            return kept_contracts(con)

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Return what is known of each type of involvement that its sources may state."""
        return dict(terms_of(self.contracts.values()))

    @cached_property
    def deliveries(self) -> Rows:
        """Return what came in by each list of each source; no person is in it."""
        return self.sight(see_sealed=False).rows("deliveries")

    @cached_property
    def criteria(self) -> Mapping[str, Row]:
        """Return what every criterion is called and speaks to, by its id."""
        rows = self.store.rows("criteria_described")
        return {row.pop("criterion_id"): row for row in rows}

    def close(self) -> None:
        """The run's files are no longer held."""
        self._graph.close()
        for sight in self._sights.values():
            sight.close()


def _as_of(run: RunFolder) -> date:
    return date.fromisoformat(json.loads(run.report.read_text(encoding="utf-8"))["as_of"])


class Readers:
    """The newest run of a workspace, and older ones while a request still reads them."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        """Open nothing yet: the first request does."""
        self._workspace = workspace
        self._settings = settings
        self._lock = Lock()
        self._newest: Reader | None = None

    def take(self) -> Reader:
        """Return the current run, to be given back. Raises ``WorkspaceError`` before the first.

        And where another version of the product laid it out otherwise.
        """
        with self._lock:
            folder = self._workspace.require_current()
            if self._newest is None or self._newest.number != folder.number:
                require_readable(folder)
                old, self._newest = (
                    self._newest,
                    Reader(folder, self._workspace.register(folder), self._settings),
                )
                if old and not old.requests:
                    old.close()
            self._newest.requests += 1
            return self._newest

    def give_back(self, reader: Reader) -> None:
        """The request has finished; the run is closed if it is old and nobody else reads it."""
        with self._lock:
            reader.requests -= 1
            if reader is not self._newest and not reader.requests:
                reader.close()

    def close(self) -> None:
        """The newest run is closed."""
        with self._lock:
            if self._newest is not None:
                self._newest.close()
                self._newest = None


def follow_runs(app: Flask, workspace: Workspace, settings: Settings) -> None:
    """Requests of ``app`` read the workspace's current run."""
    app.extensions["readers"] = Readers(workspace, settings)

    @app.teardown_request
    def finish(_error: BaseException | None) -> None:
        reader = g.pop("reader", None)
        if reader is not None:
            app.extensions["readers"].give_back(reader)


def reader() -> Reader:
    """Return the run that this request reads, the same one until the request ends."""
    if "reader" not in g:
        g.reader = current_app.extensions["readers"].take()
    found: Reader = g.reader
    return found


def sight() -> Sight:
    """Return the run's tables as this request's user may see them."""
    return reader().sight(see_sealed=may(SEE_SEALED))


def sealed_from_others(question: str, **parameters: object) -> bool:
    """Return whether what this user sees is nothing to whoever may not see what is sealed.

    ``question`` asks the tables whether somebody is seen.
    """
    if not may(SEE_SEALED):
        return False
    return not reader().sight(see_sealed=False).rows(question, parameters)


def ask(question: str, **parameters: object) -> Rows:
    """Return the answer of the graph to a named question, as this request's user may see it.

    The graph hides sealed people and places; the id of a family that is hidden whole goes here.
    """
    return _seen(reader().store.rows(question, see_sealed=may(SEE_SEALED), **parameters))


def ask_together(questions: Sequence[str], **parameters: object) -> Iterator[Rows]:
    """Return the answers to named questions, in turn, each as :func:`ask` gives it.

    They take the same parameters. All are asked at once.
    """
    return map(_seen, reader().store.answers(questions, see_sealed=may(SEE_SEALED), **parameters))


def _seen(rows: Rows) -> Rows:
    hidden = sight().hidden_families
    for row in rows:
        if row.get("family_id") in hidden:
            row["family_id"] = None
    return rows


def about_sources() -> Rows:
    """Return what is known of every source; no person is in it, so nothing is hidden."""
    return reader().sources
