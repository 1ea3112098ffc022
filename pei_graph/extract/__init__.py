"""Delivered files become RAW: every row as it came, or set aside with the rule it broke.

In: contracts, and the files and folders that a user names. Out: one RAW table per list, all text
under the contract's column names, with DELIVERIES, QUARANTINE and ISSUES. Nothing here knows what
a value means: dates, names and codes are the next stage's.
"""

from pei_graph.extract.arrivals import Arrival, changed_at, is_one_place, named_from
from pei_graph.extract.columns import is_ignored
from pei_graph.extract.contradictions import (
    contradictions,
    refuse_wrong_patterns,
    wrong_patterns,
)
from pei_graph.extract.find import files_of
from pei_graph.extract.intake import extract, extract_again, extract_others, sources_fed_by
from pei_graph.extract.queries import Unanswered, ask_databases, asks_databases, still_unanswered

__all__ = [
    "Arrival",
    "Unanswered",
    "ask_databases",
    "asks_databases",
    "changed_at",
    "contradictions",
    "extract",
    "extract_again",
    "extract_others",
    "files_of",
    "is_ignored",
    "is_one_place",
    "named_from",
    "refuse_wrong_patterns",
    "sources_fed_by",
    "still_unanswered",
    "wrong_patterns",
]
