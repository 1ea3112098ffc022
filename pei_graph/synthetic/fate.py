"""Chance in the invented lives: one family's dice, loaded by its need."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pei_graph.synthetic.settings import Council, Rate, Rates

_MOST = 12
"""Happenings of one kind in one family; incident numbers leave room for twice as many."""


@dataclass(frozen=True, slots=True)
class Fate:
    """A family's dice and the council's rates."""

    rng: Random
    council: Council
    need: float

    @property
    def as_of(self) -> date:
        """The reference date."""
        return self.council.as_of

    @property
    def rates(self) -> Rates:
        """How often things happen."""
        return self.council.rates

    def happens(self, rate: Rate) -> bool:
        """Return whether something of that rate happens in this family."""
        return self.rng.random() < rate.of(self.need)

    def count(self, rate: Rate) -> int:
        """Return how often it happens: a count of that mean with a long tail (geometric)."""
        mean = rate.of(self.need)
        count = 0
        while self.rng.random() < mean / (1 + mean) and count < _MOST:
            count += 1
        return count

    def ago(self, days: int, *, least: int = 1) -> date:
        """Return a day of the last ``days``, recent ones somewhat more often."""
        return self.as_of - timedelta(days=least + int((days - least) * self.rng.random() ** 1.4))
