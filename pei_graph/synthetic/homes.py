"""Dwellings and communal homes: where in Inventshire a numbered dwelling stands.

Dwellings are computed from their number, never stored, so that a council of any size needs no
memory for them. Twelve share a postcode. Inside a neighbourhood of 3,000 the order is scattered,
so that one family's homes lie near, not beside, one another.
"""

from datetime import date, timedelta
from functools import cache
from zlib import crc32

from pei_graph.synthetic.identifiers import uprn
from pei_graph.synthetic.lists import places
from pei_graph.synthetic.people import Home

SLOTS = 5
"""Dwellings set aside for a family: its own, a parted parent's, a former one,
a newcomer's before, foster carers'."""
_NEIGHBOURHOOD = 3000
_PER_POSTCODE = 12
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_OUTSIDE = 5_000_000_000
_COMMUNAL = 9_000_000_000


def dwelling(slot: int) -> Home:
    """Return the dwelling in a slot."""
    start, within = slot // _NEIGHBOURHOOD * _NEIGHBOURHOOD, slot % _NEIGHBOURHOOD
    number = start + within * 1009 % _NEIGHBOURHOOD
    block, place = divmod(number, _PER_POSTCODE)
    return Home(number, _line(block, place), postcode(block), uprn(number))


def outside(number: int) -> Home:
    """Return a dwelling out of the council's area."""
    block, place = divmod(number * 17, _PER_POSTCODE)
    towns = places().outside_towns
    line = f"{2 * place + 2} {_street(block)}, {towns[block % len(towns)]}"
    return Home(_OUTSIDE + number, line, postcode(block, area="ZY"), uprn(_OUTSIDE + number))


def postcode(block: int, *, area: str = "ZZ") -> str:
    """Return a block's postcode, in a postcode area that does not exist."""
    letters = _UNIT_LETTERS[block % 20] + _UNIT_LETTERS[block // 20 % 20]
    return f"{area}{block // 4000 % 89 + 1} {block // 400 % 10}{letters}"


def _street(block: int) -> str:
    known = places()
    names, kinds = known.street_names, known.street_kinds
    at = block // 2 * 577 % (len(names) * len(kinds))
    return f"{names[at // len(kinds)]} {kinds[at % len(kinds)]}"


def _line(block: int, place: int) -> str:
    town = places().towns[block // 120 % len(places().towns)]
    if block % 9 == 0:
        return f"Flat {place + 1}, {block % 60 + 1} {_street(block)}, {town}"
    return f"{2 * place + 1 + 24 * (block % 2)} {_street(block)}, {town}"


@cache
def communal(kind: str) -> tuple[Home, ...]:
    """Return the communal homes of a kind: ``refuge``, ``childrens_home`` or ``hostel``."""
    names = places().communal[kind]
    first = sorted(places().communal).index(kind) * 10
    return tuple(
        Home(
            _COMMUNAL + first + at, f"{name}, {_street(40 * (first + at) + 7)}",
            postcode(3990 + first + at), uprn(_COMMUNAL + first + at), "communal",
        )
        for at, name in enumerate(names)
    )  # fmt: skip


def moved_on(seed: int, number: int, *, share: float, as_of: date) -> date | None:
    """Return the day a family moved into its present home, or nothing if it was always there.

    A pure function of the family's number, so that its neighbour in the list can know when it
    arrived without being made.
    """
    draw = crc32(f"{seed}/moved/{number}".encode()) / 2**32
    if draw >= share:
        return None
    return as_of - timedelta(days=30 + int(draw / share * 8 * 365))
