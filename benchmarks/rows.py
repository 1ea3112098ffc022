"""One row of the page: what the product and stock Splink found, and what was asked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any

from stock import Found

from pei_graph.evaluation.agreement import f1

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


def together(title: str, kind: str, rows: Sequence[Row]) -> Row:
    """Return the row of several councils as if they were one: their pairs are added up.

    Stock Splink's is the best that it reached on any of them.
    """
    known = [row.measured for row in rows if row.measured]
    counts = _sum(measured["counts"] for measured in known)
    named: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for measured in known:
        for group in measured["groups"]:
            named[group["attribute"], group["value"]].append(group)
    groups = [
        {
            "attribute": attribute,
            "value": value,
            "persons": sum(group["persons"] for group in found),
            "recall": {"value": _share(_sum(group["pairs"] for group in found), "true")},
        }
        for (attribute, value), found in named.items()
    ]
    measures = _measures(counts, "person") | _measures(counts, "family") | _membership(known)
    stock = max((row.stock for row in rows if row.stock), key=lambda each: each.f1, default=None)
    return Row(title, kind, {"measures": measures, "counts": counts, "groups": groups}, stock)


def _measures(counts: Mapping[str, int], what: str) -> dict[str, dict[str, float]]:
    pairs = {kind: counts[f"{what} pairs {kind}"] for kind in ("claimed", "true", "right")}
    precision, recall = _share(pairs, "claimed"), _share(pairs, "true")
    found = {"precision": precision, "recall": recall, "F1": f1(precision, recall)}
    return {f"{what} {name}": {"value": value} for name, value in found.items()}


def _membership(measured: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return how far families have their members: each council weighs as its members do."""
    precision = _weighed(measured, "family membership precision", by="family members found")
    recall = _weighed(measured, "family membership recall", by="family members true")
    found = {"precision": precision, "recall": recall, "F1": f1(precision, recall)}
    return {f"family membership {name}": {"value": value} for name, value in found.items()}


def _weighed(measured: Sequence[Mapping[str, Any]], measure: str, *, by: str) -> float:
    weights = [each["counts"][by] for each in measured]
    values = [each["measures"][measure]["value"] for each in measured]
    return sum(map(mul, weights, values)) / sum(weights)


def _sum(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total


def _share(pairs: Mapping[str, int], of: str) -> float:
    return pairs["right"] / pairs[of] if pairs[of] else 0.0
