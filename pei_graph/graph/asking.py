"""How a question comes to an engine: by its name, or as text.

In: a name of ``cypher/explore`` with its parameters. Out: the text and a value for each parameter.
"""

import re
from typing import Any

from pei_graph.graph.queries import explore_query

LABEL = re.compile(r"^[A-Z][A-Za-z]*$")
NAME = re.compile(r"^[a-z_]+$")


def named(question: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the text of a named question, and a value for each of its parameters."""
    query = explore_query(question)
    return query.text, query.values(given)
