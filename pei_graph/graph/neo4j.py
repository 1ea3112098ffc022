"""The graph in Neo4j: a server that several processes read.

The only module that imports the driver. In: a URL, a name and a password from the settings. Out:
:class:`Server`, on which statements run, and :class:`Neo4jStore`, which answers questions. What the
server says is passed on in words that quote no value of a query.
"""

import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, Self

import neo4j
import pyarrow as pa
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from pei_graph.errors import GraphError
from pei_graph.graph.asking import LABEL, NAME, named
from pei_graph.graph.store import Rows
from pei_graph.settings import Settings

SCHEMES = ("neo4j", "neo4j+s", "bolt", "bolt+s")
"""How a server is reached. Those that take any certificate for the server's are not among them."""
LEAST = (5, 26)
"""The oldest version of Neo4j that the product is tested on."""
SECONDS_TO_CONNECT = 10
SECONDS_TO_RETRY = 30
"""How long a read that met a passing fault of the server is tried again."""

WORDS = {"string_split(": "split("}
"""Functions of the questions that Neo4j calls otherwise: all in which the texts would differ."""

Asked = tuple[str, Mapping[str, Any]]
"""A text and a value for each of its parameters."""
Answer = tuple[list[str], list[list[Any]]]
"""Names of columns, and rows."""


class Server:
    """One database of a Neo4j server; safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        """Connect; raises ``GraphError`` where the server cannot be used, saying why."""
        self.url, self._database = settings.graph_url, settings.graph_database
        self._timeout = settings.query_timeout_s
        if self.url.partition("://")[0] not in SCHEMES:
            raise GraphError(_NO_URL, do=_URL)
        url, trusted = _trusting(settings)
        with told():
            self._driver = _driver(url, settings, trusted)
        try:
            with told(), _asked_directly(url, settings, trusted):
                self._driver.verify_connectivity()
            self._require_version()
        except BaseException:
            self._driver.close()
            raise

    def _require_version(self) -> None:
        with told():
            agent = str(self._driver.get_server_info().agent)
        version = agent.partition("/")[2]
        if version_of(version) < LEAST:
            raise GraphError(
                f"The server is {agent}, too old", do="Use Neo4j 5.26, or a newer release"
            )

    def ask(self, text: str, parameters: Mapping[str, Any]) -> Answer:
        """Return the answer to a question; it is asked again after a passing fault.

        Raises ``GraphError`` where it takes longer than the settings allow.
        """
        [answer] = self.ask_all([(text, parameters)])
        return answer

    def ask_all(self, asked: Sequence[Asked]) -> list[Answer]:
        """Return the answers to several questions, all of the graph at one instant.

        Raises as :meth:`ask` does, where they take too long together.
        """
        work = neo4j.unit_of_work(timeout=self._timeout)(
            lambda tx: [_answer(tx.run(*each)) for each in asked]
        )
        with told(), self._session() as session:
            found: list[Answer] = session.execute_read(work)
            return found

    def run(self, text: str, parameters: Mapping[str, Any] | None = None) -> None:
        """A statement has run in a transaction of its own, tried again after a passing fault.

        It may take as long as it needs.
        """
        work = neo4j.unit_of_work(timeout=0)(lambda tx: tx.run(text, parameters or {}).consume())
        with told(), self._session() as session:
            session.execute_write(work)

    def run_in_parts(self, text: str) -> None:
        """A statement with ``IN TRANSACTIONS`` has run: each part of it counts by itself."""
        with told(), self._session() as session:
            session.run(text).consume()

    @contextmanager
    def writing(self) -> Iterator["Writing"]:
        """Give one transaction that may stay open as long as it needs.

        It counts when it is committed; else nothing of it ever does, however the body ends.
        """
        with self._session() as session:
            with told():
                transaction = session.begin_transaction(timeout=0)
            try:
                yield Writing(transaction)
            finally:
                if not transaction.closed():
                    transaction.close()

    def close(self) -> None:
        """No connection stays open."""
        self._driver.close()

    def _session(self) -> neo4j.Session:
        return self._driver.session(database=self._database)

    def __enter__(self) -> Self:
        """Return the server."""
        return self

    def __exit__(self, *_: object) -> None:
        """No connection stays open."""
        self.close()


class Writing:
    """One open transaction: what is asked in it sees what was written in it."""

    def __init__(self, transaction: neo4j.Transaction) -> None:
        """Write in ``transaction``, one statement at a time."""
        self._transaction = transaction
        self._lock = Lock()

    def ask(self, text: str, parameters: Mapping[str, Any]) -> Answer:
        """Return the answer to a question."""
        with self._lock, told():
            return _answer(self._transaction.run(text, dict(parameters)))

    def ask_all(self, asked: Sequence[Asked]) -> list[Answer]:
        """Return the answers to several questions."""
        return [self.ask(*each) for each in asked]

    def run(self, text: str, parameters: Mapping[str, Any] | None = None) -> None:
        """A statement has run."""
        with self._lock, told():
            self._transaction.run(text, dict(parameters or {})).consume()

    def commit(self) -> None:
        """What was written counts, all of it at once."""
        with self._lock, told():
            self._transaction.commit()


class Neo4jStore:
    """A graph on a server, open for questions from several threads."""

    def __init__(
        self, asked: Server | Writing, *, close: Callable[[], None] = lambda: None
    ) -> None:
        """Ask ``asked``; ``close`` ends what must end with the store."""
        self._asked = asked
        self._close = close

    def rows(self, question: str, **parameters: Any) -> Rows:
        """Return the rows of a named question, or of a query given as text."""
        return _rows(self._asked.ask(*_asked(question, parameters)))

    def answers(self, questions: Sequence[str], **parameters: Any) -> Iterator[Rows]:
        """Return the rows of each of several questions that take the same parameters, in turn."""
        asked = [_asked(question, parameters) for question in questions]
        return map(_rows, self._asked.ask_all(asked))

    def table(self, text: str, **parameters: Any) -> pa.Table:
        """Return all rows of a query given as text, as an Arrow table."""
        columns, rows = self._asked.ask(*_asked(text, parameters))
        values = zip(*rows, strict=True) if rows else ([] for _ in columns)
        return pa.table([pa.array(each) for each in map(list, values)], names=columns)

    def count(self, label: str) -> int:
        """Return how many nodes have a label of the schema."""
        if not LABEL.match(label):
            raise GraphError(f"{label} is no label", do="See cypher/schema for the labels")
        return int(self.rows(f"MATCH (n:{label}) RETURN count(*) AS nodes")[0]["nodes"])

    def check(self) -> None:
        """The graph answers; raises ``GraphError`` where it does not."""
        self.count("Person")

    def close(self) -> None:
        """Nothing of the graph stays open."""
        self._close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing of the graph stays open."""
        self.close()


def version_of(text: str) -> tuple[int, ...]:
    """Return the leading numbers of a version.

    >>> version_of("5.26.30")
    (5, 26, 30)
    """
    parts = text.split("-", maxsplit=1)[0].split(".")
    return tuple(int(part) for part in parts if part.isdigit())


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong in the body with the server is raised as a ``GraphError`` in plain words."""
    try:
        yield
    except (Neo4jError, DriverError, ValueError) as error:
        raise refused(error) from None


def refused(error: Exception) -> GraphError:
    """Return the server's or driver's error as one that quotes no value, with what to do."""
    code = str(getattr(error, "code", "") or "")
    if isinstance(error, AuthError):
        return GraphError(
            "The graph server refuses the name or the password",
            do="Check PEI_GRAPH_USER and PEI_GRAPH_PASSWORD_FILE",
        )
    if problem := _not_trusted(error):
        return problem
    if isinstance(error, ServiceUnavailable):
        return GraphError(
            "The graph server does not answer",
            do="Check that it runs, and PEI_GRAPH_URL (with +s for a server that asks for TLS)",
        )
    if isinstance(error, (ConfigurationError, ValueError)):
        return GraphError(_NO_URL, do=_URL)
    known = (_ADVICE[part] for part in _ADVICE if part in code)
    what, do = next(known, (f"The graph server refused a statement ({code})", "See its log"))
    return GraphError(what, do=do)


_OTHER_NAME = (62, 64)
"""OpenSSL's codes for a certificate of another host or address."""

_NO_URL = "PEI_GRAPH_URL is no address of a graph server"
_URL = "It looks like neo4j+s://host:7687, or neo4j://localhost:7687 without TLS"

_ADVICE = {
    "DatabaseNotFound": (
        "The graph server has no such database", "Check PEI_GRAPH_DATABASE: neo4j is the usual one"
    ),
    "MemoryPoolOutOfMemory": (
        "The graph server has too little memory for so large a change",
        "Raise its dbms.memory.transaction.total.max and heap, or load the graph with `pei load`",
    ),
    "OutOfMemory": (
        "The graph server has run out of memory",
        "Raise its server.memory.heap.max_size, or load the graph with `pei load`",
    ),
    "TransactionTimedOut": ("The question took too long", "Ask for less, or raise the timeout"),
    "ReadOnly": (
        "The graph server takes no changes: its disk may be full",
        "Free some space, start it again, and run again: the last good graph is still there",
    ),
    "WriteOnReadOnlyAccessDb": (
        "The graph server takes no changes: its disk may be full",
        "Free some space, start it again, and run again: the last good graph is still there",
    ),
    "DatabaseUnavailable": (
        "The graph server's database is not available", "See its log: its disk may be full"
    ),
}  # fmt: skip
"""By a part of the server's code: what to say, and what to do."""


def _password(settings: Settings) -> str:
    file = settings.graph_password_file
    try:
        return file.read_text(encoding="utf-8").strip() if file else ""
    except OSError:
        raise GraphError(
            "The file with the graph server's password cannot be read",
            do="Check PEI_GRAPH_PASSWORD_FILE",
        ) from None


def _trusting(settings: Settings) -> tuple[str, dict[str, Any]]:
    """Return the driver's URL and options, which trust the council's own authority if it is named.

    The driver takes ``+s`` for the machine's authorities, and refuses it beside another.
    """
    if settings.graph_certificate is None:
        return settings.graph_url, {}
    try:
        context = ssl.create_default_context(cafile=settings.graph_certificate)
    except OSError:
        raise GraphError(
            "The certificate of the graph server's authority cannot be read",
            do="Check PEI_GRAPH_CERTIFICATE: it names a file in PEM",
        ) from None
    scheme, _, rest = settings.graph_url.partition("://")
    return f"{scheme.removesuffix('+s')}://{rest}", {"ssl_context": context}


def _driver(url: str, settings: Settings, trusted: Mapping[str, Any]) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        url,
        auth=(settings.graph_user, _password(settings)),
        connection_timeout=SECONDS_TO_CONNECT,
        max_transaction_retry_time=SECONDS_TO_RETRY,
        notifications_min_severity="OFF",
        **trusted,
    )


@contextmanager
def _asked_directly(url: str, settings: Settings, trusted: Mapping[str, Any]) -> Iterator[None]:
    """Why no server is reached in the body is raised: of a routed one the driver says nothing."""
    try:
        yield
    except ServiceUnavailable:
        if url.startswith("neo4j"):
            with _driver(url.replace("neo4j", "bolt", 1), settings, trusted) as direct:
                direct.verify_connectivity()
        raise


def _not_trusted(error: BaseException | None) -> GraphError | None:
    """Return what is wrong with the server's certificate, if that is behind the error."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    if error is None:
        return None
    if error.verify_code in _OTHER_NAME:
        return GraphError(
            "The graph server's certificate is for another name",
            do="Write the name in the certificate into PEI_GRAPH_URL",
        )
    return GraphError(
        "The graph server's certificate is not from an authority that is trusted here",
        do="Name the certificate of the authority that issued it in PEI_GRAPH_CERTIFICATE",
    )


def _asked(question: str, parameters: dict[str, Any]) -> Asked:
    """Return a question of a name, or given as text, in the server's words."""
    text = question
    if NAME.match(question):
        text, parameters = named(question, parameters)
    for here, there in WORDS.items():
        text = text.replace(here, there)
    return text, parameters


def _rows(answer: Answer) -> Rows:
    columns, rows = answer
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _answer(result: neo4j.Result) -> Answer:
    columns = list(result.keys())
    return columns, [[_native(value) for value in row.values()] for row in result]


def _native(value: Any) -> Any:
    """Return a value of the driver's as Python has it."""
    return value.to_native() if isinstance(value, neo4j.time.Date) else value
