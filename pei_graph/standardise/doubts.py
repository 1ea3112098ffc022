"""What may be wrong with a value, as conditions on the rows of a list.

In: a reading. Out: its doubts; :mod:`pei_graph.standardise.issues` counts and tells them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pei_graph.standardise import cells
from pei_graph.standardise.plan import Kind
from pei_graph.standardise.readings import Reading
from pei_graph.standardise.words import words


@dataclass(frozen=True, slots=True)
class Doubt:
    """A condition on ``list_rows`` that should not hold, and what to do about it."""

    rule: str
    column: str
    holds: str
    advice: str
    severity: str = "warning"
    each_row: bool = False


def doubts(reading: Reading) -> Iterator[Doubt]:
    """Yield what may be wrong with a value; a constant of the contract is never doubted."""
    if reading.value.constant is not None:
        return
    n = reading.number
    if reading.codes is not None:
        yield Doubt(
            "unknown_code", reading.column, f"g{n} IS NOT NULL AND m{n} IS NULL",
            f"Add the spelling to codes.{reading.value.codes} of the contract"
            f" {reading.contract.id}; the cell counts as empty until then",
        )  # fmt: skip
    yield from _DOUBTS.get(reading.kind, _none)(reading)


def _none(_reading: Reading) -> Iterator[Doubt]:
    yield from ()


def _bad_date(reading: Reading) -> Iterator[Doubt]:
    n = reading.number
    birth = cells.possible(f"p{n}", earliest=reading.earliest)
    read = birth if reading.kind == "birth" else f"v{n}"
    yield Doubt(
        "bad_date", reading.column, f"{reading.text} IS NOT NULL AND {read} IS NULL",
        "Correct the date in the source, or add its format to the contract;"
        " the row was kept without it",
        each_row=True,
    )  # fmt: skip


def _bad_birth_date(reading: Reading) -> Iterator[Doubt]:
    yield from _bad_date(reading)
    date = f"p{reading.number}"
    possible = cells.possible(date, earliest=reading.earliest)
    yield Doubt(
        "future_birth_date", reading.column,
        f"{date} > {reading.latest} AND {possible} IS NOT NULL",
        "Correct the date of birth in the source: it lies after the delivery;"
        " the row was kept without it",
        each_row=True,
    )  # fmt: skip


def _bad_number(reading: Reading) -> Iterator[Doubt]:
    n = reading.number
    yield Doubt(
        "bad_number", reading.column, f"{reading.text} IS NOT NULL AND v{n} IS NULL",
        "Write the number in digits in the source; the row was kept without it",
    )  # fmt: skip


def _not_a_name(reading: Reading) -> Iterator[Doubt]:
    yield Doubt(
        "placeholder_name", reading.column,
        f"{reading.text} IS NOT NULL AND v{reading.number} IS NULL",
        "Nothing to do unless the name is known by now: it then belongs in the source",
        severity="note",
    )  # fmt: skip


def _unknown_sex(reading: Reading) -> Iterator[Doubt]:
    understood = cells.one_of(reading.text, words().no_sex)
    yield Doubt(
        "unknown_sex", reading.column,
        f"{reading.text} IS NOT NULL AND v{reading.number} IS NULL AND NOT {understood}",
        "Add a code table for the column to the contract, with meanings F and M",
    )  # fmt: skip


def _unknown_relationship(reading: Reading) -> Iterator[Doubt]:
    text = reading.text
    yield Doubt(
        "unknown_relationship", reading.column,
        f"{text} IS NOT NULL AND lower({text}) <> v{reading.number}",
        "Give the column a code table in the contract whose meanings are relationships of"
        " loaders/vocabulary.yml; until then the two count as relatives",
    )  # fmt: skip


_DOUBTS: Mapping[Kind, Callable[[Reading], Iterator[Doubt]]] = {
    "date": _bad_date, "birth": _bad_birth_date, "year": _bad_date, "number": _bad_number,
    "name": _not_a_name, "sex": _unknown_sex,
    "relationship": _unknown_relationship,
}  # fmt: skip
