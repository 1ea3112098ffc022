"""What the sources have told lately."""

from pei_graph.tables.records import FACTS
from pei_graph.tables.table import Table

NEWS = Table(
    "news",
    "a fact that a source has told of a person lately, and not told before",
    ("fact_id",),
    {"person_id": "VARCHAR", "other_person_id": "VARCHAR", **FACTS.columns},
    ("person_id", *FACTS.required),
)
"""Made by :mod:`pei_graph.news`. ``person_id`` is the person of ``record_id``, ``other_person_id``
that of ``other_record_id``; the other columns are those of FACTS."""
