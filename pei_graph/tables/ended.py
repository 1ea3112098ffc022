"""What goes on no longer, though its source gives no day on which it ended."""

from pei_graph.tables.table import Table

ENDED = Table(
    "ended",
    "a fact that goes on no longer, though its source does not say when it ended",
    ("fact_id",),
    {"fact_id": "BIGINT", "record_id": "VARCHAR", "because": "VARCHAR"},
    ("record_id", "because"),
)
"""Made by :mod:`pei_graph.ended`. ``because`` is ``closed`` (its status says so), ``unlisted`` (the
source's newest list does not hold the record any more) or ``elsewhere`` (another source, or a later
row of the same, knows the end)."""
