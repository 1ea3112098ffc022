"""The linkage model for people to read: what it holds, what it made of the data, what is weak.

In: the tables of a run, and what an evaluation found. Out: one HTML file that needs nothing else.
"""

from pei_graph.evaluation.model.described import Comparison, Described, Level, describe
from pei_graph.evaluation.model.page import Heading, page
from pei_graph.evaluation.model.rates import Rates, SourceRate, rates

__all__ = [
    "Comparison",
    "Described",
    "Heading",
    "Level",
    "Rates",
    "SourceRate",
    "describe",
    "page",
    "rates",
]
