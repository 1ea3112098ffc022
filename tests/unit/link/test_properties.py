"""What holds for any records: weights add up, order does not matter, nothing is told."""

import logging
import random
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FORENAMES = ("testa", "tim", "mona", "zed", None)
SURNAMES = ("example", "other", "invented", None)
BORN = (date(2010, 1, 2), date(2010, 2, 1), date(1980, 5, 6), None)

people = st.lists(
    st.fixed_dictionaries(
        {
            "forename": st.sampled_from(FORENAMES),
            "surname": st.sampled_from(SURNAMES),
            "birth_date": st.sampled_from(BORN),
            "sex": st.sampled_from(("F", "M", None)),
            "address_id": st.sampled_from(("home", "elsewhere", None)),
        }
    ),
    max_size=8,
)

few = settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _fill(council: Any, rows: list[dict[str, Any]], *, order: random.Random | None = None) -> None:
    for table in ("records", "identifiers", "addresses"):
        council.con.execute(f"DELETE FROM {table}")
    numbered = list(enumerate(rows))
    if order:
        order.shuffle(numbered)
    for number, row in numbered:
        record = council.record(f"{'ab'[number % 2]}:{number}", **row)
        council.identifier(record, "nhs_number", f"999000000{number // 3}")


@few
@given(rows=people, order=st.randoms(use_true_random=False))
def test_weights_add_up_whatever_the_order_of_the_records(
    council: Any, rows: list[dict[str, Any]], order: random.Random
) -> None:
    """A weight is the prior and its bits; the same records in another order give the same LINKS."""
    _fill(council, rows)
    links = council.linked()
    prior = council.con.execute("SELECT prior FROM model").fetchall()[0][0]
    for row in links.values():
        assert prior + sum(row["bits"].values()) == pytest.approx(row["weight"])
    _fill(council, rows, order=order)
    assert council.linked() == links


def _town() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give two systems' records of 260 invented people, twins among them."""
    shuffled = random.Random(3)  # noqa: S311 - invented people need no secret
    syllables = ("ba", "do", "ki", "lu", "mer", "na", "pel", "ro", "sin", "tav")
    forenames = ["".join(parts) for parts in product(syllables, syllables)]
    surnames = [f"{first}{second}son" for first, second in product(syllables, syllables)]
    for home, surname in enumerate(shuffled.choices(surnames, k=130)):
        born = date(1990 + home % 30, 1 + home % 12, 1 + home % 28)
        for twin, forename in enumerate(shuffled.sample(forenames, 2)):
            row = {"forename": forename, "surname": surname, "birth_date": born}
            at = {"address_id": f"home {home}", "postcode": f"IN{home} 1AA"}
            yield f"schools:{home}-{twin}", {**row, **at, "sex": "FM"[twin]}
            yield f"health:{home}-{twin}", {**row, **at, "sex": "FM"[twin]}


def test_a_town_trains_the_model_and_keeps_its_twins_apart(council: Any) -> None:
    """With enough records the probabilities are learnt, and only true pairs are accepted."""
    rows = dict(_town())
    for record, row in rows.items():
        council.record(record, **row)
    accepted = {pair for pair, state in council.states().items() if state == "accepted"}
    assert accepted == {
        (left, right)
        for left, right in pairwise(sorted(rows, key=lambda key: key.split(":")[::-1]))
        if left.split(":")[1] == right.split(":")[1]
    }


def test_no_personal_value_is_logged(
    council: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither a log at any level nor the screen holds a name from the records."""
    caplog.set_level(logging.DEBUG)
    for number in range(3):
        council.record(f"schools:{number}", forename="markedforename", surname="markedsurname")
    council.linked()
    told = caplog.text + "".join(capfd.readouterr())
    assert "marked" not in told


def test_the_veto_macro_outlives_the_connection(council: Any, testa: dict[str, Any]) -> None:
    """A later stage finds the macro and the compared records in the run's file."""
    council.record("schools:1", **testa)
    council.linked()
    kept = council.con.execute(
        "SELECT function_name FROM duckdb_functions()"
        " WHERE function_name = 'pair_veto' AND database_name = current_database()"
    ).fetchall()
    assert kept == [("pair_veto",)]
