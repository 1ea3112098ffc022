"""What two records say, value by value, side by side.

In: two rows of RECORDS and their identifiers. Out: for each thing that both could say, what each
says in its source's own words, and whether it is the same, similar, different or not known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pei_graph.explain import words
from pei_graph.explain.reading import Row

Agreement = Literal["same", "similar", "different", "missing"]

NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that two records say, or one of them does not."""

    title: str
    left: str
    right: str
    agreement: Agreement


def value(record: Row, comparison: str, held: Sequence[Row] = ()) -> str:
    """Return what a record says of what a comparison compares; ``held`` are its identifiers."""
    if comparison == "identifier":
        return ", ".join(f"{words.scheme(row['scheme'])} {row['value']}" for row in held)
    said = _SAYS.get(comparison)
    return (said(record) if said else str(record.get(comparison) or "")) or NOT_GIVEN


def read_as(forename: str, surname: str) -> Row:
    """Return what a record says of its names, read in the field where others have them."""
    return {
        "forename": forename,
        "surname": surname,
        "forename_given": f"{forename.title()}, written as the surname",
        "surname_given": f"{surname.title()}, written as the forename",
        "forenames": [],
        "surnames": [],
    }


def _name(record: Row, part: str, others: str) -> str:
    given = record[f"{part}_given"] or record[part]
    more = [name for name in record[others] or () if name and name != record[part]]
    return _also(str(given or ""), [name.title() for name in more])


def _also(first: str, more: Sequence[str]) -> str:
    return f"{first} (also {', '.join(more)})" if first and more else first or ", ".join(more)


def _forename(record: Row) -> str:
    return _name(record, "forename", "forenames")


def _surname(record: Row) -> str:
    return _name(record, "surname", "surnames")


def _born(record: Row) -> str:
    quality, given = record["birth_date_quality"], record["birth_date_given"]
    if quality == "exact":
        return words.day(record["birth_date"])
    if quality == "partial":
        return f"{given}, not a whole date"
    if quality == "expected":
        return f"expected on {words.day(record['birth_date'])}"
    return f"{given}, which systems write for a date not known" if given else ""


def _sex(record: Row) -> str:
    return words.SEXES.get(record["sex"] or "", record["sex"] or "")


def _address(record: Row) -> str:
    parts = [record["house"], record["street"], record["postcode"]]
    return str(record["address_given"] or ", ".join(part for part in parts if part))


def _ages(record: Row) -> str:
    earliest, latest = record["born_from"], record["born_to"]
    role = str(record["role"] or "person").replace("_", " ")
    if not earliest and not latest:
        return role
    return f"{role}: born {words.day(earliest)} to {words.day(latest)}"


_SAYS: dict[str, Callable[[Row], str]] = {
    "forename": _forename,
    "surname": _surname,
    "birth_date": _born,
    "sex": _sex,
    "address": _address,
    "age_band": _ages,
    "household": lambda _: "",
}


def further(left: Row, right: Row, held: Mapping[str, Sequence[Row]]) -> Iterator[Value]:
    """Return what the two say besides what the model compares: other names, roles, identifiers."""
    middles = left["middle_names"], right["middle_names"]
    if any(middles):
        yield _compared("Middle names", *(str(name or "").title() for name in middles))
    yield Value("Role there", _role(left), _role(right), "missing")
    one, other = (held.get(record["record_id"], ()) for record in (left, right))
    for scheme in sorted({row["scheme"] for row in (*one, *other)}):
        texts = [
            ", ".join(row["value"] for row in rows if row["scheme"] == scheme)
            for rows in (one, other)
        ]
        yield _compared(words.scheme(scheme)[:1].upper() + words.scheme(scheme)[1:], *texts)


def _role(record: Row) -> str:
    return str(record["role"] or NOT_GIVEN).replace("_", " ")


def _compared(title: str, left: str, right: str) -> Value:
    if not left or not right:
        return Value(title, left or NOT_GIVEN, right or NOT_GIVEN, "missing")
    shared = set(left.lower().split(", ")) & set(right.lower().split(", "))
    return Value(title, left, right, "same" if shared else "different")
