"""What each of the graph's tables is: a kind of node with its key, or a relationship with its ends.

In: nothing. Out: the shape of every name that ``select/`` holds a query for. The first column of a
node's query is its key, the first two of a relationship's are the keys of its ends. Every engine
loads by this; ``cypher/schema`` says the same in each engine's words.
"""

from dataclasses import dataclass

PROPERTIES = {"from_date": "from", "to_date": "to"}
"""Columns of the queries that are properties of another name: SQL keeps the shorter words."""


@dataclass(frozen=True, slots=True)
class Node:
    """A label, and the property that names one of its nodes."""

    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A type of relationship, and the nodes it starts from and leads to."""

    type: str
    start: Node
    end: Node


SOURCE = Node("Source", "source")
ADDRESS = Node("Address", "address_id")
PERSON = Node("Person", "person_id")
FAMILY = Node("Family", "family_id")
RECORD = Node("Record", "record_id")
INVOLVEMENT = Node("Involvement", "fact_id")
CRITERION = Node("Criterion", "criterion_id")

NODES = {
    node.label: node for node in (SOURCE, ADDRESS, PERSON, FAMILY, RECORD, INVOLVEMENT, CRITERION)
}

TIES = {
    "WITH_AGENCY": Tie("WITH_AGENCY", INVOLVEMENT, SOURCE),
    "FROM_SOURCE": Tie("FROM_SOURCE", RECORD, SOURCE),
    "EVIDENCES": Tie("EVIDENCES", RECORD, INVOLVEMENT),
    "RECORDED_AT": Tie("RECORDED_AT", RECORD, ADDRESS),
    "SAME_AS": Tie("SAME_AS", RECORD, RECORD),
    "INVOLVED_IN": Tie("INVOLVED_IN", PERSON, INVOLVEMENT),
    "CANDIDATE_FOR": Tie("CANDIDATE_FOR", RECORD, PERSON),
    "LIVES_AT": Tie("LIVES_AT", PERSON, ADDRESS),
    "MEMBER_OF": Tie("MEMBER_OF", PERSON, FAMILY),
    "AT": Tie("AT", FAMILY, ADDRESS),
    "RELATED_TO": Tie("RELATED_TO", PERSON, PERSON),
    "MEETS.Person": Tie("MEETS", PERSON, CRITERION),
    "MEETS.Family": Tie("MEETS", FAMILY, CRITERION),
}

SHAPES: dict[str, Node | Tie] = {**NODES, **TIES}
"""By the name of the query that gives the rows."""
