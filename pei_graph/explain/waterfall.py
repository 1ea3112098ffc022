"""From the prior to the final weight, one step for each comparison, as data.

In: a row shaped as LINKS, whether stored or judged anew, and the model it was judged by. Out: steps
whose bits add up from the prior to the weight, each with the level reached in plain words. A page
draws a bar for each; a program reads the numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pei_graph.explain import words
from pei_graph.explain.model import SavedModel
from pei_graph.explain.reading import Row
from pei_graph.explain.says import Agreement

NOT_COMPARED = "one of them does not say"
STRONGLY = 6.0
"""Bits (odds of 64) from which evidence is called strong."""
HARDLY = 1.0
"""Bits (odds of 2) up to which evidence is said to tell little."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one comparison adds to the weight or takes from it; ``total`` is the sum after it."""

    comparison: str
    title: str
    level: str
    agreement: Agreement
    bits: float
    total: float

    @property
    def before(self) -> float:
        """Return the sum before this step."""
        return self.total - self.bits

    @property
    def force(self) -> str:
        """Return in words how far this speaks for or against one person."""
        if abs(self.bits) < HARDLY:
            return "tells little"
        strength = "strongly " if abs(self.bits) >= STRONGLY else ""
        return f"speaks {strength}{'for' if self.bits > 0 else 'against'}"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The sum, step by step. Weights are in bits: each doubles or halves the odds."""

    prior: float
    steps: tuple[Step, ...]
    weight: float
    probability: float

    @property
    def least(self) -> float:
        """Return the lowest sum on the way, for the scale of a picture."""
        return min(0.0, self.prior, *(step.total for step in self.steps))

    @property
    def most(self) -> float:
        """Return the highest sum on the way."""
        return max(0.0, self.prior, *(step.total for step in self.steps))


def waterfall(link: Row, model: SavedModel) -> Waterfall:
    """Return the steps of a judged pair, in the model's order; what it adds itself comes after."""
    bits = {name: value or 0.0 for name, value in link["bits"].items()}
    prior = link["weight"] - sum(bits.values())
    steps = []
    total = prior
    for name, title, level, agreement in _named(link, model):
        total += bits[name]
        steps.append(Step(name, title, level, agreement, bits[name], total))
    return Waterfall(prior, tuple(steps), link["weight"], link["probability"])


def _named(link: Row, model: SavedModel) -> Iterator[tuple[str, str, str, Agreement]]:
    """Return each comparison that has bits: its id, its title, and what was found."""
    compared = {comparison.id: comparison for comparison in model.comparisons}
    for name in [*compared, *(extra for extra in link["bits"] if extra not in compared)]:
        if name in compared:
            titles = [level.title for level in compared[name].levels]
            at = (link["levels"] or {}).get(name)
            level, agreement = reached(titles, at)
            yield name, words.comparison(name), level, agreement
        elif link["bits"][name]:
            yield name, words.comparison(name), *_added(name, link)


def reached(titles: list[str], at: int | None) -> tuple[str, Agreement]:
    """Return the level reached in words, and what it comes to; ``titles`` are lowest first."""
    if at is None or at < 0:
        return NOT_COMPARED, "missing"
    if at == len(titles) - 1:
        return titles[at], "same"
    return titles[at], "similar" if at else "different"


_SETTLED_BY = {
    "+one_child": "two systems record them as the mother, or the father, of one child",
    "+only_name": "nobody else on record bears this full name",
    "+only_other": "nobody else of that surname and sex lives there whom it could be",
    "+no_twin": "two names of one person, by all that systems hold of this home; not twins",
}
"""By part of a match key, what the weight of the household is then."""


def _added(name: str, link: Row) -> tuple[str, Agreement]:
    """Return in words what the product adds to the model's own sum."""
    bits = link["bits"][name]
    if name == "identifier":
        return "an identifier that belongs to one person", "same"
    if name != "household":
        return ("agrees", "same") if bits > 0 else ("contradicts", "different")
    for said in (link["match_key"] or "").split():
        if said in _SETTLED_BY:
            return _SETTLED_BY[said], "similar"
    if bits > 0:
        return "they keep the same company", "similar"
    return "in one home, a shared surname and address is what relatives have too", "similar"
