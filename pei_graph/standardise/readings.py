"""One value of a plan as SQL, step by step, and what may be doubtful about it.

In: a kind and a value of the contract. Out: the expressions of each step that makes ``list_rows``:
``g`` as written, ``m`` its meaning by code table, ``e`` a whole and ``i`` an incomplete date or
``n`` a number as parsed, ``p`` the date in its century, ``v`` the value, ``q`` the quality of a
birth date. Each is computed once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pei_graph.contract import Contract, Value
from pei_graph.standardise import cells
from pei_graph.standardise.plan import Kind, Plan

EXPECTING = 280
"""Days from which a pregnancy is counted to the birth: nobody knows of one further away."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Value ``number`` of a plan, read as its kind."""

    contract: Contract
    kind: Kind
    value: Value
    number: int

    @property
    def codes(self) -> Mapping[str, str] | None:
        """Return the code table the value goes through, if any."""
        if self.value.codes is None or self.value.constant is not None:
            return None
        return self.contract.codes[self.value.codes]

    @property
    def text(self) -> str:
        """Return SQL for the value as text: what is written or, by code table, what it means."""
        return f"g{self.number}" if self.codes is None else f"nullif(m{self.number}, '')"

    @property
    def dated(self) -> bool:
        """Return whether the value is a date written with day, month and year."""
        return self.kind in {"date", "birth"}

    @property
    def formats(self) -> tuple[list[str], list[str]]:
        """Return the formats that name a day, and those of a month or year alone."""
        formats = self.value.format or self.contract.dates
        exact = [each for each in formats if "%d" in each or "%j" in each]
        return exact, [each for each in formats if each not in exact]

    @property
    def earliest(self) -> str:
        """Return SQL for the day before which the contract believes no birth."""
        return f"DATE '{self.contract.births_from:%Y-%m-%d}'"

    @property
    def latest(self) -> str:
        """Return SQL for the day after which nobody is born, or expected where that is recorded."""
        return f"delivered_on + {EXPECTING}" if self.contract.unborn else "delivered_on"

    @property
    def column(self) -> str:
        """Return the delivered column that an issue about the value names."""
        return self.value.from_[0] if self.value.from_ else ""


def readings(plan: Plan) -> list[Reading]:
    """Return every value of a plan as a reading, in the order of their numbers."""
    return [
        Reading(plan.contract, kind, value, number) for (kind, value), number in plan.values.items()
    ]


def given(reading: Reading) -> str:
    """Return SQL over ``cells`` for the value as written."""
    return f"{cells.given(reading.value)} AS g{reading.number}"


def _meaning(reading: Reading) -> Iterator[str]:
    if reading.codes is not None:
        yield f"{cells.coded(f'g{reading.number}', reading.codes)} AS m{reading.number}"


def _parsed(reading: Reading) -> Iterator[str]:
    if reading.dated:
        exact, partial = reading.formats
        yield f"{cells.moment(reading.text, exact)} AS e{reading.number}"
        if partial:
            yield f"{cells.part_date(reading.text, partial)} AS i{reading.number}"
    if reading.kind == "number":
        yield f"{cells.number(reading.text)} AS n{reading.number}"


def _in_century(reading: Reading) -> Iterator[str]:
    if reading.dated:
        n = reading.number
        date = f"coalesce(e{n}, i{n})" if reading.formats[1] else f"e{n}"
        latest = "delivered_on" if reading.kind == "birth" else "far_off"
        yield f"{cells.in_century(date, reading.text, latest=latest)} AS p{n}"


def _typed(reading: Reading) -> Iterator[str]:
    text, date, born = reading.text, f"p{reading.number}", reading.earliest
    ways: Mapping[Kind, Callable[[], str]] = {
        "text": lambda: text,
        "name": lambda: cells.named(text),
        "date": lambda: cells.possible(date),
        "birth": lambda: cells.possible(date, earliest=born, latest=reading.latest),
        "year": lambda: cells.year(text, earliest=born, latest="delivered_on"),
        "number": lambda: cells.finite(f"n{reading.number}"),
        "sex": lambda: cells.sex(text),
        "relationship": lambda: cells.relationship(text),
        "flag": lambda: cells.sealed(text),
    }
    yield f"{ways[reading.kind]()} AS v{reading.number}"


def _quality(reading: Reading) -> Iterator[str]:
    if reading.kind == "birth":
        n = reading.number
        placeholder = cells.placeholder(f"v{n}", reading.contract.placeholder_dates)
        yield (
            f"CASE WHEN v{n} IS NULL THEN NULL WHEN v{n} > delivered_on THEN 'expected'"
            f" WHEN {placeholder} THEN 'placeholder'"
            f" WHEN e{n} IS NULL THEN 'partial' ELSE 'exact' END AS q{n}"
        )


STEPS: tuple[Callable[[Reading], Iterator[str]], ...] = (
    _meaning, _parsed, _in_century, _typed, _quality,
)  # fmt: skip
"""Each step after ``given`` adds columns computed from those of the steps before it."""
