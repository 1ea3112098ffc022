"""An analyst's notebook: frames, neighbourhoods and py2neo, with nobody sealed in them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from pei_graph.errors import GraphError
from pei_graph.notebook import Notebook, NotebookError
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp.sight import Sight

PAGE = Path(__file__).parents[3] / "docs" / "notebook.ipynb"


def people(graph: "nx.MultiDiGraph[str]") -> set[str]:
    """The people of a neighbourhood."""
    return {node for node, label in graph.nodes(data="label") if label == "Person"}


def test_an_answer_is_a_frame(analyst: Notebook) -> None:
    """A row a line, a column for each that the question's header names."""
    frame = analyst.ask("family_members", family_id="F-1")
    assert set(frame["person_id"]) == {"P-1", "P-2", "P-3", "P-4", "P-5"}
    assert list(frame.columns)[:4] == ["person_id", "forename", "surname", "birth_date"]
    nobody = analyst.ask("family_members", family_id="F-000")
    assert (list(nobody.columns), len(nobody)) == (list(frame.columns), 0)


def test_every_question_is_named(analyst: Notebook) -> None:
    """The list of questions says what each must be given, and each can be asked."""
    asked = analyst.questions().set_index("question")
    assert asked.loc["family_members", "given"] == "family_id"
    assert not asked.loc["sources", "given"]
    assert len(analyst.ask("sources")) == 3


def test_an_unknown_question_is_refused(analyst: Notebook) -> None:
    """A name that is no question's gives an error that says where the names are."""
    with pytest.raises(GraphError, match="no question"):
        analyst.ask("everything")


def test_a_neighbourhood_holds_who_is_a_step_away(analyst: Notebook) -> None:
    """The family, whom a source calls related, who may be one of them, and who knows them."""
    around = analyst.neighbourhood("F-1")
    assert people(around) == {f"P-{n}" for n in (1, 2, 3, 4, 5, 6, 8)}
    assert around.edges["P-6", "P-3", "RELATED_TO parent"]["sources"] == ["lcs"]
    assert around.edges["P-3", "P-8", "MAY_BE"]["probability"] == pytest.approx(0.624)
    assert around.edges["P-2", "F-1", "MEMBER_OF"]["role"] == "adult"
    assert around.edges["P-2", "source:asp", "KNOWN_TO"]["facts"] == 1
    assert nx.has_path(around.to_undirected(), "P-2", "P-6")


def test_a_person_is_the_start_too(analyst: Notebook) -> None:
    """Somebody in a family stands with it; two steps lead on from whom the first found."""
    assert people(analyst.neighbourhood("P-3")) == people(analyst.neighbourhood("F-1"))
    assert people(analyst.neighbourhood("P-8")) == {"P-8", "P-3"}
    assert people(analyst.neighbourhood("P-8", steps=2)) == {"P-8", "P-3", "P-1", "P-6"}


@pytest.mark.parametrize("start", ["P-9", "F-9", "P-000"])
def test_nobody_sealed_is_a_start(analyst: Notebook, seeing: Notebook, start: str) -> None:
    """Whoever may not see somebody is told the same as of nobody."""
    with pytest.raises(GraphError, match="no such family or person"):
        analyst.neighbourhood(start)
    if start != "P-000":
        assert "P-9" in seeing.neighbourhood(start)


def test_nobody_sealed_is_in_an_answer(analyst: Notebook, seeing: Notebook) -> None:
    """Frames, neighbourhoods and pictures hold a sealed sister only for who may see her."""
    for one, seen in ((analyst, False), (seeing, True)):
        assert ("P-9" in one.neighbourhood("F-1")) is seen
        assert ("Hidden Sealed" in one.picture("F-1").page) is seen
        assert (len(one.ask("family_members", family_id="F-9")) == 1) is seen
        assert (len(one.ask("network_members", family_ids=["F-9"])) == 1) is seen
        assert ("P-9" in set(one.ask("person_relations", person_id="P-3")["other_id"])) is seen


def test_the_same_families_are_hidden_as_on_the_pages(
    analyst: Notebook, workspace: Path, settings: Settings
) -> None:
    """A notebook and the pages agree on which families are hidden whole."""
    sight = Sight(Workspace(workspace).require_current(), settings, see_sealed=False)
    assert analyst._seen.hidden_families == sight.hidden_families == {"F-9"}
    sight.close()


@pytest.mark.parametrize("settings", ["ladybug"], indirect=True)
def test_a_file_says_that_py2neo_needs_a_server(seeing: Notebook) -> None:
    """Where the graph is a file, what needs a server says so and what to do."""
    for asked in (seeing.graph, lambda: seeing.subgraph("F-1")):
        with pytest.raises(NotebookError, match=r"a file.*docs/neo4j\.md"):
            asked()


def test_what_is_not_installed_is_named(analyst: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the error says which to install; networkx needs none."""
    for module in ("pandas", "pyvis.network", "pei_graph.notebook.drawing"):
        monkeypatch.setitem(sys.modules, module, None)
    for asked in (analyst.questions, lambda: analyst.picture("F-1")):
        with pytest.raises(NotebookError, match=r"pei-graph\[notebook\]"):
            asked()
    assert people(analyst.neighbourhood("F-1"))


@pytest.mark.neo4j
@pytest.mark.parametrize("settings", ["neo4j"], indirect=True)
def test_a_subgraph_is_the_servers_own_without_the_sealed(
    analyst: Notebook, seeing: Notebook
) -> None:
    """py2neo's nodes are bound to the server's; a sealed sister and her home are not among them."""
    for one, seen in ((analyst, False), (seeing, True)):
        found = one.subgraph("F-1")
        nodes = {node["person_id"]: node for node in found.nodes if node.has_label("Person")}
        assert set(nodes) == people(one.neighbourhood("F-1"))
        assert nodes["P-3"].identity is not None
        assert nodes["P-3"]["surname"] == "Example"
        assert ("A-9" in {node["address_id"] for node in found.nodes}) is seen
        assert {"RELATED_TO", "MEMBER_OF", "LIVES_AT"} == set(found.types())


@pytest.mark.neo4j
@pytest.mark.parametrize("settings", ["neo4j"], indirect=True)
def test_the_whole_graph_is_for_who_may_see_it(analyst: Notebook, seeing: Notebook) -> None:
    """py2neo's own graph filters nobody, so it is refused to who may not see what is sealed."""
    with pytest.raises(NotebookError, match="sealed"):
        analyst.graph()
    sealed = seeing.graph().evaluate("MATCH (p:Person) WHERE p.sealed RETURN count(p)")
    assert sealed == 1


def test_the_notebook_of_the_documents_runs(workspace: Path, settings: Settings) -> None:
    """Every cell of docs/notebook.ipynb runs, in order, by the settings of the environment."""
    told = {
        "PEI_GRAPH_URL": settings.graph_url,
        "PEI_GRAPH_PASSWORD_FILE": str(settings.graph_password_file or ""),
        "PEI_GRAPH_BUFFER_MB": "512",
    }
    cells = json.loads(PAGE.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join(code)],
        cwd=workspace.parent, env={**os.environ, **{k: v for k, v in told.items() if v}},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "Around F-1" in (workspace.parent / "F-1.html").read_text("utf-8")
    assert ("P-3" in ran.stdout) is bool(settings.graph_url)


def test_the_notebook_of_the_documents_holds_no_output() -> None:
    """Outputs hold personal data, so none is kept, nor how often a cell was run."""
    cells = json.loads(PAGE.read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [(cell["outputs"], cell["execution_count"]) for cell in code] == [([], None)] * len(code)
