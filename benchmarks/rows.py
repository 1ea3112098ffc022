"""One row of the page: what the product and stock Splink found, and what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stock import Found

ASKED: Mapping[str, float] = {
    "council": 0.98,
    "reviewed": 0.99,
    "historical_figures_with_errors_50k": 0.87,
    "febrl3": 0.995,
    "febrl4a": 0.9995,
}
"""Pairwise F1 to reach, by kind of row; others are printed to be looked at."""


FEWEST = 100
"""True persons of a name tradition from which its recall is looked at."""


@dataclass(frozen=True, slots=True)
class Row:
    """``measured`` is what ``pei evaluate`` said, or None where the data are not at hand."""

    title: str
    kind: str
    measured: Mapping[str, Any] | None
    stock: Found | None

    @property
    def asked(self) -> float | None:
        """Return the F1 to reach."""
        return ASKED.get(self.kind)

    def value(self, name: str) -> float | None:
        """Return one measure's value, None where there is none."""
        measures = self.measured["measures"] if self.measured else {}
        return measures[name]["value"] if name in measures else None

    @property
    def traditions(self) -> float | None:
        """Return the largest difference in recall between two name traditions."""
        groups = self.measured["groups"] if self.measured else []
        recalls = [
            group["recall"]["value"]
            for group in groups
            if group["attribute"] == "name tradition" and group["persons"] >= FEWEST
        ]
        return max(recalls) - min(recalls) if recalls else None

    @property
    def twins(self) -> float | None:
        """Return the share of pairs of twins that were mixed."""
        counts = self.measured["counts"] if self.measured else {}
        pairs = counts.get("pairs of twins")
        return counts["pairs of twins mixed"] / pairs if pairs else None
