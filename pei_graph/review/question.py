"""What a reviewer may be asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Kind = Literal["join", "split", "again"]
"""Whether two persons may be one, one may be two, or a judged pair has changed since."""

MADE_AT_ONCE = 256
"""Questions made of their rows while only the first few are wanted."""


@dataclass(frozen=True, slots=True)
class Question:
    """Two records, and what a verdict on them would settle.

    ``settled`` counts the pairs of records that the answer puts right if it is not what stands now.
    """

    kind: Kind
    record_l: str
    record_r: str
    person_l: str
    person_r: str
    weight: float | None = None
    match_key: str = ""
    """On what the records agree; asked of the run for those alone that are shown with it."""
    state: str = ""
    veto: str | None = None
    torn: bool = False
    twice: int = 0
    settled: int = 1
    open_case: bool = False
    stratum: str = "again"
    """The name of the questions that are about as likely to be answered alike."""
    chance: float = 1.0
    """How likely the answer is to change what stands."""
    priority: float = 1.0
    """The pairs of records that the answer is expected to put right."""

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two records, in order."""
        return self.record_l, self.record_r


def questions(rows: pa.Table) -> Iterator[Question]:
    """Give the question that each row is, made when it is come to: of many few are looked at."""
    for some in rows.to_batches(max_chunksize=MADE_AT_ONCE):
        for row in some.to_pylist():
            yield Question(**row)
