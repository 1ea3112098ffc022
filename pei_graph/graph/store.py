"""What the product asks of a graph engine; every engine is its full equal.

Only the module named after an engine may import it. Queries are Cypher; what engines spell
differently (schema, bulk load) stays behind this protocol.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Self

import pyarrow as pa

Rows = list[dict[str, Any]]


class Question(NamedTuple):
    """A query over the whole graph, as text, and its parameters."""

    text: str
    parameters: Mapping[str, Any]


class Answering(Protocol):
    """What answers queries over the whole graph."""

    def table(self, text: str, **parameters: Any) -> pa.Table:
        """Return all rows of a query given as text, as an Arrow table."""
        ...


class GraphStore(Answering, Protocol):
    """An open graph that may be read from several threads at once."""

    def rows(self, question: str, **parameters: Any) -> Rows:
        """Return the rows of a named question, or of a query given as text.

        Raises ``GraphError`` where the question is unknown, is given other parameters than it
        takes, or runs longer than the settings allow.
        """
        ...

    def answers(self, questions: Sequence[str], **parameters: Any) -> Iterator[Rows]:
        """Return the rows of each of several questions that take the same parameters, in turn.

        All are asked at once; what a first answer leads to can be asked while others are awaited.
        A server answers of the graph at one instant. Raises as :meth:`rows` does, at the latest
        when the answer is taken.
        """
        ...

    def count(self, label: str) -> int:
        """Return how many nodes have a label of the schema."""
        ...

    def check(self) -> None:
        """The graph answers; raises ``GraphError`` where it does not."""
        ...

    def close(self) -> None:
        """Nothing of the graph stays open."""
        ...

    def __enter__(self) -> Self:
        """Return the store."""
        ...

    def __exit__(self, *_: object) -> None:
        """Nothing of the graph stays open."""
        ...
