"""A neighbourhood as one HTML file for a notebook or a case file; the only module of pyvis.

pyvis has had no release since 2023. Left to itself it loads a style sheet from another machine, and
writes all titles as HTML as soon as one of them holds *href*, so that a name could run a script. So
its page is cut: nothing is loaded, its content security policy forbids it, and titles are text.
The same stands under the picture as tables, for whoever cannot use the picture.
"""

import html
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from pyvis.network import Network

if TYPE_CHECKING:
    from networkx import MultiDiGraph

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)
"""What the file may do in a browser: show itself."""

LOOKS = {
    "Person": ("#123c4a", "dot"),
    "Family": ("#8fb8ab", "box"),
    "Source": ("#7a5ea8", "square"),
}
"""Each label's colour and shape."""
SIZE = 16

OPTIONS = {
    # A seed, so that a family looks the same tomorrow.
    "layout": {"randomSeed": 7},
    "physics": {"barnesHut": {"springLength": 150}, "stabilization": {"iterations": 300}},
    "nodes": {"font": {"size": 15}},
    "edges": {"font": {"size": 12, "align": "middle"}, "arrows": {"to": {"scaleFactor": 0.5}}},
}

_LOADED = re.compile(r"<(?:link|script)\s[^>]*\b(?:href|src)\s*=[^>]*>(?:\s*</script>)?")
_EMPTY_HEADING = re.compile(r"<center>\s*<h1></h1>\s*</center>")

_PAGE = Environment(autoescape=True).from_string(
    files("pei_graph.notebook").joinpath("picture.html").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Picture:
    """One page of HTML that needs nothing else; a notebook shows it in a frame of its own."""

    page: str

    def save(self, file: str | Path) -> Path:
        """The page stands in ``file``, which is returned."""
        written = Path(file)
        written.write_text(self.page, encoding="utf-8")
        return written

    def _repr_html_(self) -> str:
        """Return the page in a frame that may run its own scripts and reach nothing around it."""
        inside = html.escape(self.page, quote=True)
        return (
            f'<iframe sandbox="allow-scripts" style="width: 100%; height: 700px; border: 0"'
            f' title="Picture of a network" srcdoc="{inside}"></iframe>'
        )


class _Drawn(Network):  # type: ignore[misc]
    """pyvis's network, which never comes to see the titles: it would choose HTML for them."""

    def __init__(self, titles: dict[str, str]) -> None:
        super().__init__(height="620px", directed=True, cdn_resources="in_line")
        self.options = OPTIONS
        self._titles = titles

    def get_network_data(self) -> tuple[Any, ...]:
        """Return what the page is made of, with the titles, which it shows as text."""
        nodes, *others = super().get_network_data()
        return ([{**node, "title": self._titles[node["id"]]} for node in nodes], *others)


def drawn(around: "MultiDiGraph[str]", *, title: str) -> Picture:
    """Return a picture of a neighbourhood, with the same as tables beneath."""
    nodes = dict(around.nodes(data=True))
    names = {node: _name(node, said) for node, said in nodes.items()}
    titles = {node: _title(node, said) for node, said in nodes.items()}
    edges = [(one, other, said) for one, other, said in around.edges(data=True)]
    network = _Drawn(titles)
    for node, said in nodes.items():
        colour, shape = LOOKS[said["label"]]
        network.add_node(node, label=names[node], color=colour, shape=shape, size=SIZE)
    for one, other, said in edges:
        network.add_edge(one, other, label=_tie(said), dashes=said["type"] == "MAY_BE")
    head, body = _parts(network.generate_html())
    page = _PAGE.render(
        policy=POLICY,
        title=title,
        head=head,
        body=body,
        people=[(names[node], titles[node]) for node in nodes],
        ties=[(names[one], _tie(said), names[other]) for one, other, said in edges],
    )
    return Picture(page)


def _parts(page: str) -> tuple[str, str]:
    """Return what stands in the head and in the body of pyvis's page, but for what it loads."""
    head, _, body = _EMPTY_HEADING.sub("", _LOADED.sub("", page)).rpartition("</head>")
    return (
        head.partition("<head>")[2],
        body.partition("<body>")[2].rpartition("</body>")[0],
    )


def _name(node: str, said: dict[str, Any]) -> str:
    """Return what a node is called in the picture."""
    if said["label"] == "Person":
        parts = (said["forename"], said["surname"])
        return " ".join(part for part in parts if part) or "Name not known"
    return str(said.get("title") or said.get("line") or node)


def _title(node: str, said: dict[str, Any]) -> str:
    """Return what is told of a node that is pointed at."""
    born = said.get("birth_date")
    told = [said["label"], node.removeprefix("source:"), f"born {born:%d/%m/%Y}" if born else ""]
    return ", ".join(part for part in (*told, said.get("line")) if part)


def _tie(said: dict[str, Any]) -> str:
    if said["type"] == "MAY_BE":
        return f"may be one person ({int(said['probability'] * 100)} %)"
    if said["type"] == "KNOWN_TO":
        return f"known to, {said['facts']} facts" if said["facts"] != 1 else "known to, 1 fact"
    return str(said.get("kind") or "member of").replace("_", " ")
