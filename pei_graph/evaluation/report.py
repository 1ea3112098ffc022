"""What an evaluation found: measures with intervals, and counts to judge them by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Interval = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A share between 0 and 1 with its 95 % interval; the bounds are None where none is known."""

    name: str
    value: float
    interval: Interval = (None, None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far found groups agree with true ones; see :mod:`.agreement` for the definitions."""

    precision: Measure
    recall: Measure
    f1: Measure

    def measures(self) -> list[Measure]:
        """Return precision, recall and F1."""
        return [self.precision, self.recall, self.f1]


@dataclass(frozen=True, slots=True)
class Report:
    """A run measured against the truth.

    ``counts`` holds whole numbers: truth rows, how many of them are not in the run, the run's
    records without truth, true and found persons, pairs claimed, true and right, twins and how many
    of them were mixed. ``errors`` counts wrong and missed pairs by the two sources concerned.
    ``families`` and ``criteria`` are None where the truth says nothing of them.
    """

    persons: Agreement
    b_cubed: Agreement
    counts: Mapping[str, int]
    errors: list[dict[str, Any]] = field(default_factory=list)
    families: Agreement | None = None
    criteria: Agreement | None = None

    def measures(self) -> list[Measure]:
        """Return every measure, persons first."""
        parts = (self.persons, self.b_cubed, self.families, self.criteria)
        return [measure for part in parts if part for measure in part.measures()]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values for ``json.dumps``."""
        measures = {
            measure.name: {
                "value": round(measure.value, 6),
                "interval": [None if b is None else round(b, 6) for b in measure.interval],
            }
            for measure in self.measures()
        }
        return {"measures": measures, "counts": dict(self.counts), "errors": self.errors}
