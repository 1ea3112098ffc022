"""A council's graph on a server gives what the same graph in a file gives."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from same_run import tables_of

import cypher
from pei_graph.graph import explore_query, open_graph
from pei_graph.ledger import create_user, open_ledger
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp import create_app

pytestmark = pytest.mark.neo4j

PASSWORD = "an invented password"
PAGES = 160
"""Pages looked at: every kind of them many times."""
LINK = re.compile(r'href="(/(?!static|logout)[^"#]*)"')
DIFFERS = re.compile(r'(name="csrf_token"[^>]*value=|nonce=|content=)"[^"]*"')
"""What a page holds that is never the same twice."""

ASKED = {
    "family_id": "SELECT DISTINCT family_id FROM families ORDER BY 1",
    "person_id": "SELECT person_id FROM persons ORDER BY 1",
    "record_id": "SELECT record_id FROM records ORDER BY 1",
    "fact_ids": "SELECT fact_id FROM facts WHERE kind = 'involvement' ORDER BY 1",
}
"""Whom a question is asked about, by the parameter that names them."""

LISTS = {"person_ids": "person_id", "family_ids": "family_id", "fact_ids": "fact_ids"}
TOGETHER = 7
"""Things asked about at once where a question takes a list."""
ASKED_ABOUT = 40
"""Things of each kind, spread evenly over all: the big and the small, the old and the new."""

UNANSWERED = {"family_own_findings", "family_died"}
"""No packaged criterion is of whole families, and nobody dies in the invented council:
`tests/unit/graph` asks these of graphs with one that is, and with some who have."""

NAMES = sorted(
    file.name.removesuffix(".cypher")
    for file in (cypher.ROOT / "explore").iterdir()
    if file.name.endswith(".cypher")
)


def test_finds_the_same(council: SimpleNamespace) -> None:
    """Every table between stages is the same but for when each workspace received its files."""
    filed, served = tables_of(council.filed), tables_of(council.served)
    assert [name for name in filed if filed[name] != served[name]] == ["deliveries"]
    assert len(filed["findings"]) > 100


@pytest.mark.parametrize("name", NAMES)
def test_answers_the_same(name: str, council: SimpleNamespace) -> None:
    """Every named question has the same rows, in the same order where it promises one."""
    with (
        open_graph(council.filed.require_current().graph, council.small) as filed,
        open_graph(council.served.require_current().graph, council.settings) as served,
    ):
        answers = 0
        for given in _given(name, council.filed):
            here, there = (_plain(name, store.rows(name, **given)) for store in (filed, served))
            assert there == here
            answers += len(here)
        assert bool(answers) is (name not in UNANSWERED)


def _plain(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows, in order where no order is promised, as are the lists within them."""
    inside = [
        {key: sorted(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in rows
    ]
    text = explore_query(name).text
    promised = "ORDER BY" in text and "UNION" not in text
    return inside if promised else sorted(inside, key=repr)


def _given(name: str, workspace: Workspace) -> Iterator[dict[str, Any]]:
    """Yield parameters that ask about all that a question can be asked about, sealed or not."""
    parameters = explore_query(name).header.parameters
    needed = [key for key, parameter in parameters.items() if parameter.given]
    seen = {"see_sealed": True} if "see_sealed" in parameters else {}
    if not needed:
        yield seen
        return
    [key] = needed
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        things = [row[0] for row in con.execute(ASKED[LISTS.get(key, key)]).fetchall()]
    step = max(1, len(things) // ASKED_ABOUT)
    for start in range(0, len(things), step):
        asked = things[start : start + TOGETHER] if key in LISTS else things[start]
        yield {key: asked, **seen}


def test_shows_the_same(council: SimpleNamespace) -> None:
    """Page by page, from link to link, both show the same text."""
    with (
        _reader(council.filed, council.small) as filed,
        _reader(council.served, council.settings) as served,
    ):
        looked_at: Counter[str] = Counter()
        waiting, known = ["/", "/families", "/sources", "/review"], set[str]()
        while waiting and looked_at.total() < PAGES:
            page = min(waiting, key=lambda each: looked_at[_kind(each)])
            waiting.remove(page)
            looked_at[_kind(page)] += 1
            here, there = filed(page), served(page)
            assert there == here, page
            waiting += [link for link in dict.fromkeys(LINK.findall(here)) if link not in known]
            known.update(waiting)
    kinds = ("family", "person", "network", "explain")
    assert min(looked_at[kind] for kind in kinds) > 20, looked_at


def _kind(page: str) -> str:
    return re.split("[/?]", page)[1]


@contextmanager
def _reader(workspace: Workspace, settings: Settings) -> Iterator[Callable[[str], str]]:
    """Give what returns the text of a page as an analyst sees it."""
    with open_ledger(workspace.ledger) as ledger:
        create_user(ledger, "testa", PASSWORD, "admin")
    app = create_app(workspace.root, settings)
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    browser.post(
        "/login", data={"name": "testa", "password": PASSWORD, "purpose": "Checking data quality"}
    )

    def page(address: str) -> str:
        return DIFFERS.sub("", browser.get(address.replace("&amp;", "&")).text)

    try:
        yield page
    finally:
        app.extensions["readers"].close()
        app.extensions["ledger"].close()
