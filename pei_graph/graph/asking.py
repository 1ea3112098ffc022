"""How a question comes to an engine: by its name, or as text.

In: a name of ``cypher/explore`` with its parameters. Out: the text and a value for each parameter,
or several where the engine had better be asked of one thing after another.
"""

import re
from typing import Any

from pei_graph.graph.queries import explore_query

LABEL = re.compile(r"^[A-Z][A-Za-z]*$")
NAME = re.compile(r"^[a-z_]+$")

Asked = tuple[str, dict[str, Any]]
"""A text and a value for each of its parameters."""


def named(question: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the text of a named question, and a value for each of its parameters."""
    query = explore_query(question)
    return query.text, query.values(given)


def one_by_one(question: str, given: dict[str, Any], *, few: int) -> list[Asked]:
    """Return texts that ask a named question of each of a ``few`` values of its list, in order.

    So an engine that finds one thing by its key, but not one of several, need not read them all.
    There is one text where the question has no such list, or none or more values are asked about.
    """
    text, values = named(question, given)
    declared = explore_query(question).header.parameters
    name = next((name for name, parameter in declared.items() if parameter.each), None)
    if name is None or not 0 < len(values[name]) <= few:
        return [(text, values)]
    one = text.replace(f"IN ${name}", f"= ${name}")
    return [(one, {**values, name: value}) for value in sorted(set(values[name]))]
