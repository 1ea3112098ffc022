"""Who is missed and who is mixed up: errors by sex, age, ethnic group, name tradition and area.

In: ``compared``, RECORDS and, where it stands, what the truth says of people. Out: a
:class:`Group` for each value of each attribute, and the largest gap between two groups of one.

* A missed match counts in the group of the person whom it concerns.
* A false match counts half in each of the groups of the two people whom it mixes.
* An ethnic group is one of the census's five, as most of a person's records have it.
* A name's tradition is what the truth says. Where it says nothing, none is guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.evaluation.agreement import Compared
from pei_graph.evaluation.intervals import BOUNDS
from pei_graph.evaluation.report import Gap, Group, Measure
from pei_graph.evaluation.resampling import Numbers
from pei_graph.evaluation.scripts import SQL
from pei_graph.yml import read_yml

LEAST_PAIRS = 100
"""Fewest pairs a group needs before its rate may count as the best or the worst of all."""

CROWD = 0.2
"""Share of everybody above which a postcode district is told apart by its sectors."""

NOT_KNOWN = "not known"

_RATES = {"missed matches": "true_pairs", "false matches": "claimed"}


def attribute(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary table ``attributes`` says which groups each true person belongs to.

    Needs ``side`` and the temporary table ``true_people``, which may be empty.
    """
    written = files("pei_graph.evaluation").joinpath("ethnic_groups.yml")
    groups: dict[str, list[str]] = read_yml(written.read_text(encoding="utf-8"))
    rows = [(said.lower(), name) for name, known in groups.items() for said in known]
    said, names = zip(*rows, strict=True)
    con.register("ethnic_groups", pa.table({"said": said, "name": names}))
    SQL.run(con, "attributes", crowd=CROWD)
    con.unregister("ethnic_groups")


def groups(parts: Iterable[Compared]) -> list[Group]:
    """Return each group's measures, in the order of attributes and values."""
    return [_group(part) for part in parts if part.attribute != "all"]


def _group(part: Compared) -> Group:
    return Group(
        attribute=part.attribute,
        value=part.value,
        persons=part.count("groups"),
        records=part.count("items"),
        pairs=part.pairs(),
        agreement=part.pairwise(part.value),
    )


def gaps(parts: Sequence[Compared]) -> list[Gap]:
    """Return for each attribute the largest gap in missed matches and in false matches.

    Only groups of at least ``LEAST_PAIRS`` pairs are held against each other, and never those of
    whom the attribute is not known. The interval is that of the difference between the two groups;
    as they were picked for being furthest apart, it tells less than one chosen beforehand.
    """
    by_attribute: dict[str, list[Compared]] = defaultdict(list)
    for part in parts:
        if part.attribute != "all" and part.value != NOT_KNOWN:
            by_attribute[part.attribute].append(part)
    return [
        gap
        for name, found in by_attribute.items()
        for kind, whole in _RATES.items()
        for gap in _gap(name, found, kind=kind, whole=whole)
    ]


def _gap(attribute: str, parts: Sequence[Compared], *, kind: str, whole: str) -> Iterator[Gap]:
    ranked = sorted(
        (part for part in parts if part.count(whole) >= LEAST_PAIRS),
        key=lambda part: (_rate(part, whole), part.value),
    )
    if len(ranked) > 1:
        best, worst = ranked[0], ranked[-1]
        difference = _rate(worst, whole) - _rate(best, whole)
        low, high = np.percentile(_drawn(worst, whole) - _drawn(best, whole), BOUNDS)
        measure = Measure(f"{attribute}: gap in {kind}", difference, (float(low), float(high)))
        yield Gap(attribute, kind, _named(worst, whole), _named(best, whole), measure)


def _named(part: Compared, whole: str) -> Measure:
    return Measure(part.value, *part.totals.share("agreed", whole)).against(part.value)


def _rate(part: Compared, whole: str) -> float:
    return 1 - part.totals.share("agreed", whole)[0]


def _drawn(part: Compared, whole: str) -> Numbers:
    totals = part.totals.drawn
    rates: Numbers = 1 - totals["agreed"] / np.maximum(totals[whole], 1)
    return rates
