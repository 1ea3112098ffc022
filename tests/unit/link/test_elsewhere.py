"""What a weight means between two homes is learnt from who is spoken for."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pei_graph.link.elsewhere import fitted

MANY = 400
FORENAME = "'f' || chr((97 + i % 20)::INTEGER) || chr((97 + i // 20)::INTEGER) || 'a'"
BORN = "DATE '1960-01-01' + (i * 37)::INTEGER"


@pytest.fixture
def town(council: Any) -> Any:
    """Give a function that adds people as sources know them, each at a home of its own."""

    def add(kind: str, surname: str, sources: tuple[str, ...], *, later: int = 0) -> Any:
        for source in sources:
            council.crowd(
                MANY,
                source=source,
                record_id=f"printf('{source}:{kind} %04d', i)",
                source_key=f"printf('{kind} %04d', i)",
                role="'adult'",
                forename=FORENAME,
                surname=surname,
                birth_date=f"{BORN} + {later}",
                address_id=f"'{source} {kind} ' || i",
                postcode=f"'{source[0].upper()}{kind[0].upper()}' || i || ' 1AA'",
            )
        return council

    return add


def _figures(council: Any) -> Any:
    council.linked()
    [(figures,)] = council.con.execute("SELECT figures FROM model").fetchall()
    return json.loads(figures)


def _elsewhere(council: Any) -> float:
    return float(_figures(council)["elsewhere"])


BOTH = ("benefits", "police")


def test_pairs_of_whom_many_are_spoken_for_weigh_less(town: Any) -> None:
    """Two alike, of whom each surely is somebody else in the other's source, speak against such."""
    town("usual", "'example' || i", BOTH)
    council = town("alike", "'othername' || i", BOTH)
    assert _elsewhere(council) < -1


def test_pairs_of_whom_nobody_is_spoken_for_weigh_as_before(town: Any) -> None:
    """As many alike, of whom neither has anybody else, do not."""
    town("usual", "'example' || i", BOTH)
    town("alike", "'othername' || i", ("benefits",), later=100)
    council = town("alike", "'newname' || i", ("police",), later=100)
    assert _elsewhere(council) >= 0


def test_pairs_without_names_are_not_weighed_by_it(town: Any) -> None:
    """Who gives a birth date alone is another kind of pair, of which nothing was learnt."""
    town("usual", "'example' || i", BOTH)
    council = town("alike", "'othername' || i", BOTH)
    council.record("benefits:1", birth_date=date(1950, 1, 1), sex="F", address_id="one")
    council.record("care:1", birth_date=date(1950, 1, 1), sex="F", address_id="other")
    link = council.linked()["benefits:1", "care:1"]
    said = sum(value or 0 for value in link["bits"].values())
    [(prior,)] = council.con.execute("SELECT prior FROM model").fetchall()
    assert link["weight"] - said == pytest.approx(prior)


def test_where_little_tells_more_is_asked_of_a_pair(town: Any) -> None:
    """A town of which nobody is spoken for learns nothing, and links it from sixteen to one."""
    figures = _figures(town("usual", "'example' || i", BOTH))
    assert (figures["elsewhere"], figures["accept"]) == (0, figures["accept_unlearnt"])


def _counted(bits: float, *, of_one: float, of_two: float, pairs: float) -> Any:
    """Return what would be counted, were odds even where weight and bits come to nought."""
    weights = np.arange(-4, 12, 0.25)
    one = 1 / (1 + np.exp2(-(weights + bits)))
    spoken_for = pairs * (one * of_one + (1 - one) * of_two)
    return np.array(
        [(w, 1.0, n) for w, n in zip(weights, spoken_for, strict=True)]
        + [(w, 0.0, pairs - n) for w, n in zip(weights, spoken_for, strict=True)]
    )


@given(
    bits=st.floats(-4, 4), of_one=st.floats(0, 0.15), of_two=st.floats(0.4, 0.95),
    pairs=st.floats(200, 5000),
)  # fmt: skip
def test_what_weights_mean_is_found_again(
    bits: float, of_one: float, of_two: float, pairs: float
) -> None:
    """Whatever share of strangers and of people is spoken for, the bits are found within one."""
    counted = _counted(bits, of_one=of_one, of_two=of_two, pairs=pairs)
    assert abs(fitted(counted) - bits) <= 1


def test_where_nothing_tells_weights_stay() -> None:
    """Without pairs, or where nobody is spoken for, nothing is added."""
    assert fitted(np.zeros((0, 3))) == 0
    nobody = np.array([(weight, 0.0, 10.0) for weight in np.arange(-4, 12, 0.25)])
    assert abs(fitted(nobody)) <= 1
