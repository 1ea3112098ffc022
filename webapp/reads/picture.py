"""A network as the elements that the picture draws: boxes, people, agencies and lines."""

from collections.abc import Iterator
from typing import Any

from webapp.format import full_name
from webapp.reads.network import Network, Tie

Element = dict[str, Any]


def picture(network: Network) -> dict[str, list[Element]]:
    """Return ``nodes`` and ``edges``, in an order that depends on the network alone."""
    return {"nodes": list(_nodes(network)), "edges": [_edge(tie) for tie in network.ties]}


def _nodes(network: Network) -> Iterator[Element]:
    home_of = {person: home.id for home in network.households for person in home.shown}
    for home in network.households:
        yield {
            "id": home.id,
            "kind": "household",
            "label": home.line or "Address not known",
            "page": f"/family/{home.id}",
            "heart": home.id == network.start,
        }
    for person, row in network.people.items():
        yield {
            "id": person,
            "kind": "person",
            "label": f"{full_name(row)} (died {row['died']:%Y})" if row["died"] else full_name(row),
            "died": row["died"] is not None,
            "parent": home_of.get(person),
            "adult": row["adult"],
            "page": f"/person/{person}",
            "heart": person in network.heart,
            "further": network.further.get(person, 0),
            "open": person in network.opened,
        }
    for source, title in network.agencies.items():
        yield {"id": f"source:{source}", "kind": "agency", "label": title}


def _edge(tie: Tie) -> Element:
    other = f"source:{tie.other}" if tie.kind == "agency" else tie.other
    return {
        "id": f"{tie.kind}:{tie.one}:{other}",
        "source": tie.one,
        "target": other,
        "kind": tie.kind,
        "label": "" if tie.kind == "agency" else tie.label,
    }
