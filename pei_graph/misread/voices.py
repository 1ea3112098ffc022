"""Whether columns hold the opposite of what their contract says, by the voices of other sources.

In: how often each other source agrees with what is told, as it stands and exchanged. Out: what is
doubted, with the voices that say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pei_graph.misread.told import Told

ENOUGH = 20
"""Fewest names or people in common from which another source may say so. Of fewer, as of one family
whose surname is a forename, half may stand the other way round in a source without a fault."""

ENOUGH_TO_DENY = 10
"""Fewest from which another source may say that all is well: what is exchanged hardly agrees."""

HARDLY = 2 / 3
"""Share that agrees only when exchanged, from which a voice says so. Faults and traditions, as of
family names that come first, leave it under 0.15; a contract that is wrong brings it over 0.95,
or over 0.7 where people are linked wrongly for it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How often one other source agrees with what a list tells, as it stands and exchanged."""

    told: Told
    other: str
    as_told: int
    exchanged: int

    @property
    def seen(self) -> int:
        """Return how many names or people the other source can speak of."""
        return self.as_told + self.exchanged

    @property
    def contrary(self) -> bool:
        """Return whether the other source says that the columns hold the opposite."""
        return self.exchanged >= HARDLY * self.seen

    @property
    def enough(self) -> bool:
        """Return whether the other source can speak of enough to be heard."""
        return self.seen >= (ENOUGH if self.contrary else ENOUGH_TO_DENY)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is told and doubted, by all the voices that there are."""

    told: Told
    voices: tuple[Voice, ...]

    @property
    def contrary(self) -> list[Voice]:
        """Return the voices that say so, the one that knows most first."""
        found = (voice for voice in self.voices if voice.contrary)
        return sorted(found, key=lambda voice: (-voice.seen, voice.other))

    @property
    def lead(self) -> int:
        """Return how many more voices say so than say the opposite."""
        return 2 * len(self.contrary) - len(self.voices)


def doubted(voices: Iterable[Voice]) -> list[Doubt]:
    """Return what most voices on one matter contradict, the surest first.

    A source that is doubted is no witness any more: else the largest one, read wrongly, would
    accuse every small one that hardly meets another. Where two sources are alone, each accuses the
    other, and both are doubted.
    """
    heard = [voice for voice in voices if voice.enough]
    found: list[Doubt] = []
    while surest := _surest(heard):
        found += surest
        wrong = {doubt.told.source for doubt in surest}
        done = {doubt.told for doubt in surest}
        heard = [each for each in heard if each.told not in done and each.other not in wrong]
    return found


def _surest(voices: Sequence[Voice]) -> list[Doubt]:
    """Return what is contradicted with the greatest lead; nothing where no lead is."""
    by_told: dict[Told, list[Voice]] = {voice.told: [] for voice in voices}
    for voice in voices:
        by_told[voice.told].append(voice)
    doubts = [Doubt(told, tuple(found)) for told, found in by_told.items()]
    most = max((doubt.lead for doubt in doubts), default=0)
    return [doubt for doubt in doubts if doubt.lead == most > 0]
