"""A model that is kept scores as it did: what else is on record no longer matters."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pei_graph.link import learn, link, read_model

pytestmark = pytest.mark.long

AGE = "DATE '1990-01-01' + i::INTEGER"


def _fill(council: Any) -> None:
    """Two systems know 700 people by the same names, dates and homes."""
    for source in ("schools", "health"):
        council.crowd(
            700,
            source=source,
            forename="'ab' || chr((97 + i % 26)::INTEGER) || 'o' || chr((97 + i % 7)::INTEGER)",
            surname="'ex' || chr((97 + i % 23)::INTEGER) || 'e' || chr((97 + i % 11)::INTEGER)",
            birth_date=AGE,
        )


def _weights(council: Any) -> dict[Any, Any]:
    return {
        pair: (row["weight"], row["bits"], row["match_key"])
        for pair, row in council.linked().items()
    }


def test_a_model_kept_gives_the_same_links(council: Any, tmp_path: Path) -> None:
    """Read back from its files, a model makes the LINKS it made, to the last digit."""
    _fill(council)
    before = _weights(council)
    learn(council.con).write(tmp_path)
    link(council.con, {}, model=read_model(tmp_path))
    rows = council.con.execute("SELECT record_l, record_r, weight, bits, match_key FROM links")
    assert {(low, high): tuple(rest) for low, high, *rest in rows.fetchall()} == before


def test_a_pair_weighs_the_same_whatever_else_is_on_record(council: Any) -> None:
    """Under one model a name that becomes common, and one never seen, change no other pair."""
    _fill(council)
    first = council.linked()
    model = learn(council.con)
    for number in range(40):
        testa = {
            "forename": "aboa",
            "surname": "exaea",
            "birth_date": date(2001, 1, 1 + number % 28),
        }
        council.record(
            f"police:{number}", **testa, address_id=f"other {number}", postcode="IN0 0AA"
        )
    link(council.con, {}, model=model)
    rows = council.con.execute(
        "SELECT record_l, record_r, weight FROM links"
        " WHERE NOT starts_with(record_l, 'police') AND NOT starts_with(record_r, 'police')"
    ).fetchall()
    assert {(low, high): weight for low, high, weight in rows} == {
        pair: row["weight"] for pair, row in first.items()
    }
    again = council.con.execute("SELECT count(*) FROM links WHERE starts_with(record_l, 'police')")
    assert again.fetchall()[0][0] > 0
