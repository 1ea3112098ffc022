"""LINKS and human judgements become persons, homes and families with ids that stay.

In: RECORDS, FACTS, ADDRESSES, LINKS, the last run's register of ids, and judgements. Out: MEMBERS,
PERSONS, RESIDENCES, FAMILIES, RELATIONS, IDENTITY_LOG and the next register. Connected components
only propose; vetoes, verdicts and weak bridges decide (:mod:`.agglomerate`). No pair is scored.
"""

from pei_graph.resolve.homes import fill_habits, habits
from pei_graph.resolve.judgements import Judged, Judgement
from pei_graph.resolve.part import Part, settle_homes, settle_people
from pei_graph.resolve.register import write_log, write_register
from pei_graph.resolve.stage import resolve

__all__ = [
    "Judged",
    "Judgement",
    "Part",
    "fill_habits",
    "habits",
    "resolve",
    "settle_homes",
    "settle_people",
    "write_log",
    "write_register",
]
