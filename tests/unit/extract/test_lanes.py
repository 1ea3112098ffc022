"""Files of several sources, read side by side."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pei_graph.contract import Contract
from pei_graph.extract import extract

SOURCES = ("a", "b", "c")


def _contracts(contract_of: Callable[..., Contract]) -> dict[str, Contract]:
    """Return three sources alike; a file called ``both`` feeds two of them."""
    return {
        source: contract_of(people={"files": [f"{source}*.csv", *shared]}).model_copy(
            update={"id": source}
        )
        for source, shared in zip(SOURCES, (["both.csv"], ["both.csv"], []), strict=True)
    }


def _deliver(folder: Path) -> None:
    for source in SOURCES:
        for number in range(4):
            rows = "".join(f"{row},Testa Example\n" for row in (1, 2, 2, ""))
            (folder / f"{source}{number}.csv").write_text(f"id,name,own {number}\n{rows}")
    (folder / "both.csv").write_text("id,name\n9,Tim Example\n")


def test_sources_read_side_by_side_come_out_the_same_each_time(
    tmp_path: Path, contract_of: Callable[..., Contract]
) -> None:
    """Columns of RAW, DELIVERIES and QUARANTINE are the same, in their order, by one or by four."""
    _deliver(tmp_path)
    outcomes = []
    for threads in (1, 4, 4):
        with duckdb.connect(config={"threads": threads}) as con:
            extract(con, _contracts(contract_of), [tmp_path])
            columns = [con.table(f'raw."{source}.people"').columns for source in SOURCES]
            deliveries = con.execute("FROM deliveries").fetchall()
            issues = con.execute("FROM issues").fetchall()
            aside = con.execute("FROM quarantine ORDER BY ALL").fetchall()
            outcomes.append((columns, deliveries, issues, aside))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert len(outcomes[0][1]) == len(SOURCES) * 4 + 2


def test_what_goes_wrong_in_one_lane_is_raised(
    tmp_path: Path, con: duckdb.DuckDBPyConnection, contract_of: Callable[..., Contract]
) -> None:
    """An encoding that does not exist is a mistake in a contract and stops the stage."""
    _deliver(tmp_path)
    reader = {"encoding": ["no-such-encoding"]}
    wrong = contract_of(people={"files": ["c*.csv"], "reader": reader})
    with pytest.raises(LookupError, match="no-such-encoding"):
        extract(con, {**_contracts(contract_of), "s": wrong}, [tmp_path])
