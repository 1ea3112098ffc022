"""Criteria: questions of a programme, asked of the whole graph, with evidence and priority.

In: a graph and packs. Out: FINDINGS, FAMILY_AREAS and PRIORITIES. The questions themselves are
Cypher files under ``cypher/criteria``; nothing here knows one of them.
"""

from pei_graph.criteria.ageing import note_aged
from pei_graph.criteria.findings import Few, ask_few, evaluate, of_everybody
from pei_graph.criteria.packs import Criterion, CriterionHeader, Pack, read_pack, read_packs

__all__ = [
    "Criterion",
    "CriterionHeader",
    "Few",
    "Pack",
    "ask_few",
    "evaluate",
    "note_aged",
    "of_everybody",
    "read_pack",
    "read_packs",
]
