"""Human verdicts on pairs of records, as the stage takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import duckdb
import pyarrow as pa

Verdict = Literal["same", "different", "unsure"]


class Judged(Protocol):
    """Whatever states a person's verdict on two records, in either order."""

    @property
    def record_l(self) -> str:
        """Return one record's id."""

    @property
    def record_r(self) -> str:
        """Return the other record's id."""

    @property
    def verdict(self) -> Verdict:
        """Return ``same``, ``different`` or ``unsure`` (the model may not settle the pair)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's verdict on two records."""

    record_l: str
    record_r: str
    verdict: Verdict


def load(con: duckdb.DuckDBPyConnection, judgements: Sequence[Judged]) -> None:
    """The temporary table ``verdict`` (l, r, verdict) holds every verdict on two known records.

    Needs ``node``. Of several verdicts on one pair the last in the sequence counts.
    """
    standing = {_pair(judgement): judgement.verdict for judgement in judgements}
    rows = [(*pair, verdict) for pair, verdict in sorted(standing.items())]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    given = pa.table(dict(zip(("one", "other", "verdict"), _texts(columns), strict=True)))
    con.register("given_verdict", given)
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE verdict AS
        SELECT a.code AS l, b.code AS r, v.verdict
        FROM given_verdict v
        JOIN node a ON a.record_id = v.one
        JOIN node b ON b.record_id = v.other
        """
    )
    con.unregister("given_verdict")
    _report_unknown(con, len(rows))


def _pair(judgement: Judged) -> tuple[str, str]:
    low, high = sorted((judgement.record_l, judgement.record_r))
    return low, high


def _texts(columns: list[tuple[str, ...]]) -> list[pa.Array]:
    return [pa.array(column, pa.string()) for column in columns]


def _report_unknown(con: duckdb.DuckDBPyConnection, given: int) -> None:
    [(known,)] = con.execute("SELECT count(*) FROM verdict").fetchall()
    if lost := given - int(known):
        report(
            con,
            rule="judgement_on_unknown_record",
            rows=lost,
            advice="A judged record is in no delivery; the verdict waits until it returns",
        )


def report(con: duckdb.DuckDBPyConnection, *, rule: str, rows: int, advice: str) -> None:
    """ISSUES has one more warning, about judgements; it names no record."""
    con.execute(
        "INSERT INTO issues (file, rule, severity, rows, advice)"
        " VALUES ('judgements', ?, 'warning', ?, ?)",
        [rule, rows, advice],
    )
