"""Whether links are true as often as the model expects.

In: the temporary table ``judged``: pairs with a verdict, a stratum and its size, and the weight and
probability of their link. Out: a :class:`Calibration`.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

import duckdb

from pei_graph.evaluation.intervals import Interval, wilson
from pei_graph.evaluation.scripts import SQL


@dataclass(frozen=True, slots=True)
class Band:
    """Links whose weight lies from ``low`` bits up to ``high``, and how many of them are true.

    ``links`` is how many there are, by the sample's own reckoning where only some were judged;
    ``trials`` how many independent verdicts the share is worth; ``squares`` the sum over the links
    of the squared difference between what was expected and what is so.
    """

    low: float
    high: float | None
    links: float
    expected: float
    share: float
    trials: float
    squares: float

    @property
    def says(self) -> str:
        """Return the band in words."""
        return f"{self.low:g} to {self.high:g}" if self.high is not None else f"from {self.low:g}"

    @property
    def interval(self) -> Interval:
        """Return Wilson's interval; links of one person are taken to be independent."""
        return wilson(self.share, self.trials)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the model expects of links and what is so, by band of weight, the lowest first."""

    bands: list[Band] = field(default_factory=list)

    @property
    def brier(self) -> float | None:
        """Return Brier's score: the mean squared error of a link's probability; best is 0."""
        links = sum(band.links for band in self.bands)
        return sum(band.squares for band in self.bands) / links if links else None

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        bands = [
            {**asdict(band), "interval": [round(bound or 0, 6) for bound in band.interval]}
            for band in self.bands
        ]
        return {"brier": self.brier, "bands": bands}


def calibrate(con: duckdb.DuckDBPyConnection) -> Calibration:
    """Return what the verdicts in ``judged`` say of the links they concern.

    A pair counts as often as its chance of being drawn asks for.
    """
    return Calibration([Band(**row) for row in SQL.records(con, "calibration")])


def calibrate_by_truth(con: duckdb.DuckDBPyConnection) -> Calibration:
    """Return what the truth in ``compared`` says of LINKS; nothing where the run keeps none."""
    if not con.execute("FROM duckdb_tables() WHERE table_name = 'links'").fetchall():
        return Calibration()
    SQL.run(con, "judged_by_truth")
    return calibrate(con)
