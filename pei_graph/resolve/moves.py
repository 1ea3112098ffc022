"""Where people live now, judged from who said what when: people move, and sources hear of it late.

In: claims, each a source's word on where somebody lives, with the years since it had reason to
know. Out: what speaks for each place as the home of now, against one that nobody names. Learnt
besides, without truth: how often each source is out of date when it speaks, and how often people
move; the sources of whom others contradict are found out by expectation maximisation (Dempster,
Laird and Rubin 1977).

A person's claims are laid in the order of time and explained in every way in which they came to
live where they live now: from some claim on each names that home or is out of date; before, each
was right in its time, and where two in a row differ somebody moved or was out of date. So old
claims that agree do not outvote a new one, as they would if each were a vote: nothing about them
is wrong. Log odds are natural (nats).
"""

from dataclasses import dataclass

import numpy as np

from pei_graph.resolve.components import Codes, Flags, Weights

ROUNDS = 12
"""Of expectation maximisation."""

LIKE_PRIOR = 10.0
"""Claims that the prior of how often a source is out of date weighs as much as."""

MOVING = 0.06
"""Moves of a person in a year to start from: a council's families move every 15 years or so."""

YEARS_LIKE_MOVING = 100.0
"""Years of somebody's life that it weighs as much as."""

LEAST, MOST = 0.01, 0.6
"""Between which a source is out of date: none is perfect, and none worse than chance by much."""

_A_DAY = 1 / 365
_NEVER = -50.0
_ELSEWHERE = -1

TAUGHT_BY = 50_000
"""Claims from which habits are learnt, of people spread over all: more would teach no more."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What sources say of where people live, sorted by person, then from the oldest on.

    ``years`` have passed since the source last had reason to know; ``compared`` marks people of
    whom several sources speak.
    """

    label: Codes
    place: Codes
    source: Codes
    years: Weights
    compared: Flags

    def taken(self, wanted: Flags) -> "Claims":
        """Return the wanted claims."""
        return Claims(
            self.label[wanted], self.place[wanted], self.source[wanted], self.years[wanted],
            self.compared[wanted],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habits:
    """How often each source is out of date when it speaks, and how often people move in a year."""

    stale: Weights
    moving: float


@dataclass(frozen=True, slots=True)
class Spots:
    """What may be somebody's home, sorted by person, then place; ``nats`` speak for it."""

    label: Codes
    place: Codes
    nats: Weights


@dataclass(frozen=True, slots=True)
class _Ways:
    """Every claim beside every home its person may have now, one row each.

    ``whose`` and ``place`` say of each home whose it would be and where, ``_ELSEWHERE`` where
    nobody names it; ``begins`` and ``ends`` are its first and last row. Of each row: ``home`` and
    ``claim`` number what it is of; ``here`` marks claims that name the home; ``differs`` those that
    name another place than the claim before; ``starts`` the first of a home; ``gap`` is the years
    since the claim before, and ``lived`` marks claims after one that names the home.
    """

    whose: Codes
    place: Codes
    begins: Codes
    ends: Codes
    home: Codes
    claim: Codes
    here: Flags
    differs: Flags
    lived: Flags
    starts: Flags
    gap: Weights
    later: tuple[Codes, ...]


@dataclass(frozen=True, slots=True)
class _Likely:
    """How likely each way and each home is, in nats.

    A ``way`` is to have come to a home just before the claim of a row; ``left`` is to have gone
    elsewhere after the last; and ``home`` is to live there in whichever way.
    """

    way: Weights
    left: Weights
    home: Weights


def changes(codes: Codes) -> Flags:
    """Return where a value differs from the one before it; the first does."""
    return np.concatenate([np.ones(min(1, codes.size), np.bool_), codes[1:] != codes[:-1]])


def summed(group: Codes, values: Weights, groups: int) -> Weights:
    """Return the sum of the values in each of so many groups."""
    sums: Weights = np.bincount(group, values, minlength=groups).astype(np.float64)
    return sums


def learn(claims: Claims, prior: Weights) -> Habits:
    """Return the habits that explain best what is said of people of whom several sources speak.

    ``prior`` says how often each source is out of date if nothing can be learnt.
    """
    taught = claims.taken(claims.compared)
    taught = taught.taken(_spread(taught.label))
    habits = Habits(prior, MOVING)
    if taught.label.size:
        ways = _lay_out(taught)
        for _ in range(ROUNDS):
            habits = _taught(taught, ways, habits, prior=prior)
    return habits


def weigh(claims: Claims, habits: Habits) -> Spots:
    """Return every place named for a person, and what speaks for it as their home now."""
    if not claims.label.size:
        return Spots(claims.label, claims.place, claims.years)
    ways = _lay_out(claims)
    likely = _likely(claims, ways, habits).home
    elsewhere = ways.place == _ELSEWHERE
    nats = likely - likely[elsewhere][ways.whose]
    label = claims.label[changes(claims.label)][ways.whose]
    return Spots(label[~elsewhere], ways.place[~elsewhere], nats[~elsewhere])


def _spread(label: Codes) -> Flags:
    """Return which claims to learn from: all those of every so-manieth person."""
    person = np.cumsum(changes(label)) - 1
    wanted: Flags = person % (1 + label.size // TAUGHT_BY) == 0
    return wanted


def _lay_out(claims: Claims) -> _Ways:
    first = np.flatnonzero(changes(claims.label))
    size = np.diff(np.append(first, claims.label.size))
    whose, place = _homes(claims, people=first.size)
    rows = size[whose]
    home = np.repeat(np.arange(whose.size), rows)
    begins = np.cumsum(rows) - rows
    starts = np.zeros(home.size, np.bool_)
    starts[begins] = True
    nth = np.arange(home.size) - begins[home]
    claim = first[whose][home] + nth
    before = np.maximum(claim - 1, 0)
    return _Ways(
        whose=whose, place=place, begins=begins, ends=begins + rows - 1, home=home, claim=claim,
        here=claims.place[claim] == place[home],
        differs=~starts & (claims.place[claim] != claims.place[before]),
        lived=~starts & (claims.place[before] == place[home]),
        starts=starts,
        gap=np.where(starts, 0.0, claims.years[before] - claims.years[claim]), later=_later(nth),
    )  # fmt: skip


def _later(nth: Codes) -> tuple[Codes, ...]:
    """Return the rows that are second of their group, those that are third, and so on."""
    order = np.argsort(nth, kind="stable")
    return tuple(np.split(order, np.flatnonzero(changes(nth[order]))[1:])[1:])


def _homes(claims: Claims, *, people: int) -> tuple[Codes, Codes]:
    """Return whose and where each home may be: the places named for each person, and elsewhere."""
    person = np.cumsum(changes(claims.label)) - 1
    whose = np.append(person, np.arange(people))
    place = np.append(claims.place, np.full(people, _ELSEWHERE))
    order = np.lexsort((place, whose))
    whose, place = whose[order], place[order]
    distinct = changes(whose) | changes(place)
    return whose[distinct], place[distinct]


def _likely(claims: Claims, ways: _Ways, habits: Habits) -> _Likely:
    stale = habits.stale[claims.source][ways.claim]
    years = claims.years[ways.claim]
    moved = habits.moving * np.maximum(ways.gap, _A_DAY)
    since = np.where(ways.here, np.log1p(-stale), np.log(stale))
    until = np.log1p(-stale) + np.where(ways.differs, np.log(moved + stale), 0.0)
    summed_until = _running(until, ways.later)
    summed_since = _running(since, ways.later)
    whole = summed_since[ways.ends][ways.home]
    came = np.where(ways.starts, 0.0, np.where(ways.lived, _NEVER, np.log(moved)))
    way = (summed_until - until) + (whole - summed_since + since) + came - habits.moving * years
    left = summed_until[ways.ends] + np.log(
        habits.moving * np.maximum(claims.years[ways.claim[ways.ends]], _A_DAY)
    )
    left = np.where(ways.place == _ELSEWHERE, left, -np.inf)
    return _Likely(way, left, np.logaddexp(_log_summed(way, ways.begins, ways.home), left))


def _taught(claims: Claims, ways: _Ways, habits: Habits, *, prior: Weights) -> Habits:
    """Return the habits that follow from what they make likely."""
    likely = _likely(claims, ways, habits)
    people = np.flatnonzero(changes(ways.whose))
    all_of = _log_summed(likely.home, people, ways.whose)[ways.whose]
    way, left = np.exp(likely.way - all_of[ways.home]), np.exp(likely.left - all_of)
    right = _right(claims, ways, habits, way=way, left=left)
    said = np.bincount(claims.source, minlength=prior.size)
    wrong = summed(claims.source, 1 - right, prior.size)
    stale = np.clip((wrong + LIKE_PRIOR * prior) / (said + LIKE_PRIOR), LEAST, MOST)
    lived = float(ways.gap[ways.place[ways.home] == _ELSEWHERE].sum())
    moves = float(way[~ways.starts].sum())
    moving = (moves + MOVING * YEARS_LIKE_MOVING) / (lived + YEARS_LIKE_MOVING)
    return Habits(stale, moving)


def _right(claims: Claims, ways: _Ways, habits: Habits, *, way: Weights, left: Weights) -> Weights:
    """Return how likely each claim was right when it was made."""
    come = _running(way, ways.later)
    to_come = come[ways.ends][ways.home] - come + left[ways.home]
    moved = habits.moving * ways.gap
    or_moved = moved / (moved + habits.stale[claims.source][ways.claim])
    before = to_come * np.where(ways.differs, or_moved, 1.0)
    return summed(ways.claim, np.where(ways.here, come, 0.0) + before, claims.label.size)


def _running(values: Weights, later: tuple[Codes, ...]) -> Weights:
    """Return the running sums of each group's rows, to the last digit whatever else there is."""
    total = values.copy()
    for rows in later:
        total[rows] += total[rows - 1]
    return total


def _log_summed(nats: Weights, begins: Codes, group: Codes) -> Weights:
    """Return the logarithm of the summed likelihoods of each group of neighbouring rows."""
    most = np.maximum.reduceat(nats, begins)
    total: Weights = most + np.log(np.add.reduceat(np.exp(nats - most[group]), begins))
    return total
