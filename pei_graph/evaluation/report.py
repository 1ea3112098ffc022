"""What an evaluation found: measures with intervals, and counts to judge them by."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pei_graph.evaluation.calibration import Calibration
from pei_graph.evaluation.intervals import NONE, Interval

FEW = 300
"""Judged pairs under which intervals were too narrow when simulated."""


TOGETHER = "together"
"""How the strata of a sample begin of pairs that are held to be one person."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A share between 0 and 1 with its 95 % interval; the bounds are None where none is known."""

    name: str
    value: float
    interval: Interval = NONE

    def against(self, name: str) -> "Measure":
        """Return what is left to 1, as a share of its own."""
        low, high = self.interval
        known = low is not None and high is not None
        return Measure(name, 1 - self.value, (1 - (high or 0), 1 - (low or 0)) if known else NONE)

    def as_json(self) -> dict[str, Any]:
        """Return the value and its interval, rounded to what can be told."""
        bounds = [None if bound is None else round(bound, 6) for bound in self.interval]
        return {"value": round(self.value, 6), "interval": bounds}


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
class Group:
    """The measures of the true persons whose ``attribute`` has a ``value``."""

    attribute: str
    value: str
    persons: int
    records: int
    pairs: Mapping[str, int]
    """``true`` pairs, ``claimed`` ones and those that are ``right``."""
    agreement: Agreement

    @property
    def missed(self) -> Measure:
        """Return the share of the group's true pairs that was not found."""
        return self.agreement.recall.against("missed matches")

    @property
    def wrong(self) -> Measure:
        """Return the share of the pairs claimed of the group that is false."""
        return self.agreement.precision.against("false matches")

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "attribute": self.attribute,
            "value": self.value,
            "persons": self.persons,
            "records": self.records,
            "pairs": dict(self.pairs),
            "precision": self.agreement.precision.as_json(),
            "recall": self.agreement.recall.as_json(),
            "f1": self.agreement.f1.as_json(),
            "missed": self.missed.as_json(),
            "false": self.wrong.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Gap:
    """The largest gap between two groups of one attribute, in the share of pairs that is wrong.

    ``worst`` and ``best`` are named after the groups; their values are rates of error.
    """

    attribute: str
    kind: str
    worst: Measure
    best: Measure
    difference: Measure

    @property
    def sentence(self) -> str:
        """Return the gap in plain words."""
        low, high = (f"{100 * (bound or 0):.1f}" for bound in self.difference.interval)
        return (
            f"Largest gap in {self.kind} by {self.attribute}:"
            f" {100 * self.difference.value:.1f} points ({low} to {high}):"
            f" {self.worst.value:.1%} for {self.worst.name}, {self.best.value:.1%} for"
            f" {self.best.name}."
        )

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "attribute": self.attribute,
            "kind": self.kind,
            "worst": {"value": self.worst.name, "rate": self.worst.as_json()},
            "best": {"value": self.best.name, "rate": self.best.as_json()},
            "difference": self.difference.as_json(),
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """A run measured against the truth.

    ``counts`` holds whole numbers: truth rows, how many of them are not in the run, the run's
    records without truth, true and found persons, pairs claimed, true and right, twins and how many
    of them were mixed, and people in families. ``errors`` counts wrong and missed pairs by the two
    sources concerned. ``twins``, ``families`` (pairs of people), ``membership`` (people) and
    ``criteria`` are None where the truth says nothing of them.
    """

    persons: Agreement
    b_cubed: Agreement
    counts: Mapping[str, int]
    errors: list[dict[str, Any]] = field(default_factory=list)
    clusters: list[Measure] = field(default_factory=list)
    twins: Measure | None = None
    families: Agreement | None = None
    membership: Agreement | None = None
    criteria: Agreement | None = None
    groups: list[Group] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    calibration: Calibration = field(default_factory=Calibration)

    def measures(self) -> list[Measure]:
        """Return every measure, persons first."""
        persons = [*self.persons.measures(), *self.b_cubed.measures(), *self.clusters]
        twins = [self.twins] if self.twins else []
        rest = [part for part in (self.families, self.membership, self.criteria) if part]
        return [*persons, *twins, *(measure for part in rest for measure in part.measures())]

    @property
    def cautions(self) -> list[str]:
        """Return what no measure rests on, though it was given, in sentences."""
        given, gone, untold = (
            self.counts[name]
            for name in ("truth records", "truth records not found", "records without truth")
        )
        told = {
            f"{gone:,} of {given:,} rows of the truth name no record of this run, and count nowhere"
            ": check how their sources and keys are written.": gone,
            f"{untold:,} records of this run have no row in the truth, and count nowhere.": untold,
        }
        return [sentence for sentence, number in told.items() if number]

    def by(self, attribute: str) -> dict[str, Group]:
        """Return the groups of an attribute, as ``sex`` or ``name tradition``, by value."""
        return {group.value: group for group in self.groups if group.attribute == attribute}

    def gap(self, attribute: str, kind: str = "missed matches") -> Gap | None:
        """Return the largest gap by an attribute, or None where no two groups are large enough."""
        found = (gap for gap in self.gaps if (gap.attribute, gap.kind) == (attribute, kind))
        return next(found, None)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values for ``json.dumps``."""
        return {
            "measures": {measure.name: measure.as_json() for measure in self.measures()},
            "counts": dict(self.counts),
            "cautions": self.cautions,
            "errors": self.errors,
            "groups": [group.as_json() for group in self.groups],
            "gaps": [gap.as_json() for gap in self.gaps],
            "calibration": self.calibration.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Settled:
    """A stratum of a clerical sample: how many pairs it has and how those drawn were judged."""

    name: str
    pairs: int | None
    same: int
    different: int
    unsure: int
    unjudged: int
    expected: float

    @property
    def settled(self) -> int:
        """Return how many pairs were judged same or different."""
        return self.same + self.different

    @property
    def share(self) -> float:
        """Return the share judged same; of what nobody judged, what the model expects."""
        return self.same / self.settled if self.settled else self.expected


@dataclass(frozen=True, slots=True)
class Clerical:
    """What a judged sample says of the run it was drawn from.

    ``measures`` are precision and, where chances of being drawn are known, recall, F1, and recall
    among pairs that any link ties.
    """

    strata: list[Settled]
    measures: list[Measure]
    calibration: Calibration
    earlier: int | None = None
    """The run the sample was drawn from, where that is not the current one."""

    @property
    def judged(self) -> int:
        """Return how many pairs were judged same or different."""
        return sum(stratum.settled for stratum in self.strata)

    @property
    def cautions(self) -> list[str]:
        """Return what makes the estimates weaker than their intervals say, in sentences."""
        unsure = sum(stratum.unsure for stratum in self.strata)
        unjudged = sum(stratum.unjudged for stratum in self.strata)
        empty = sum(not stratum.settled for stratum in self.strata)
        told = {
            f"Under {FEW} judged pairs intervals hold the truth less often than 95 times of 100.": (
                self.judged < FEW
            ),
            f"{unsure} unsure pairs are left out, as if they had not been drawn.": unsure,
            f"{unjudged} pairs of the sample are not judged.": unjudged,
            f"{empty} strata have no judged pair; there the model is believed.": empty,
            "Chances of being drawn are not known, so recall cannot be told.": any(
                stratum.pairs is None for stratum in self.strata
            ),
            "Every pair was held to be one person, so recall cannot be told.": all(
                stratum.name.startswith(TOGETHER) for stratum in self.strata
            ),
            f"This is of run {self.earlier}, from which the pairs were drawn, before any of them"
            " was judged.": self.earlier,
        }
        return [sentence for sentence, holds in told.items() if holds]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values for ``json.dumps``."""
        return {
            "judged": self.judged,
            "cautions": self.cautions,
            "measures": {measure.name: measure.as_json() for measure in self.measures},
            "strata": [asdict(stratum) for stratum in self.strata],
            "calibration": self.calibration.as_json(),
        }
