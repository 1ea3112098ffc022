"""What an analyst may see of a graph, by the rules of the pages.

In: an open graph. Out: the rows of named questions. Sealed people and places are hidden by the
questions themselves; a family with a sealed member or address is hidden whole, here.
"""

from functools import cached_property
from typing import Any

from pei_graph.graph import GraphStore, explore_query

Rows = list[dict[str, Any]]

_HIDDEN_FAMILIES = """
MATCH (p:Person)-[:MEMBER_OF]->(f:Family)
WHERE p.sealed
RETURN f.family_id AS family_id
UNION
MATCH (f:Family)-[:AT]->(a:Address)
WHERE a.sealed
RETURN f.family_id AS family_id
"""


class Seen:
    """A graph as somebody with or without sight of sealed data sees it."""

    def __init__(self, store: GraphStore, *, see_sealed: bool) -> None:
        """Ask ``store``."""
        self._store = store
        self.see_sealed = see_sealed

    @cached_property
    def hidden_families(self) -> frozenset[str]:
        """Return the families that are hidden whole."""
        if self.see_sealed:
            return frozenset()
        return frozenset(row["family_id"] for row in self._store.rows(_HIDDEN_FAMILIES))

    def rows(self, question: str, **given: Any) -> Rows:
        """Return the rows of a named question; what is asked of a hidden family has none."""
        if given.get("family_id") in self.hidden_families:
            return []
        if "family_ids" in given:
            given["family_ids"] = [f for f in given["family_ids"] if f not in self.hidden_families]
        if "see_sealed" in explore_query(question).header.parameters:
            given["see_sealed"] = self.see_sealed
        return [self._without_hidden(row) for row in self._store.rows(question, **given)]

    def _without_hidden(self, row: dict[str, Any]) -> dict[str, Any]:
        hidden = row.get("family_id") in self.hidden_families
        return {**row, "family_id": None} if hidden else row
