"""Where pairs are too many for the memory, they are found and scored in parts."""

from typing import Any

import pytest

CROWD = 300
"""Records of one surname and birth date: 44,850 pairs."""


def _how(council: Any) -> str:
    """What the run's report will say."""
    return str(council.con.execute("SELECT how FROM scoring").fetchall()[0][0])


def test_many_parts_give_the_links_of_one(council: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs that outgrow the memory are scored in parts, and the links are the same."""
    council.crowd(
        CROWD,
        forename="printf('%c%c%s', 97 + i % 26, 97 + i // 26 % 26, ['ra', 'lo', 'ni'][1 + i % 3])",
        surname="'example'",
        birth_date="DATE '2014-01-02'",
        sex="['F', 'M'][1 + i % 2]",
    )
    council.con.execute("SET memory_limit = '1GB'")
    links = council.linked()
    assert _how(council) == "on DuckDB"
    monkeypatch.setattr("pei_graph.link.parts.PAIR_BYTES", 100_000)
    assert council.linked() == links
    assert _how(council).startswith("on DuckDB in ")
    assert len(links) > CROWD
