"""The linkage model for people to read: what it holds, what it made of the data, what is weak.

In: the tables of a run, and what an evaluation found. Out: one HTML file that needs nothing else; a
candidate model learnt again from judged pairs; and two models held against each other.
"""

from pei_graph.evaluation.model.compare import Compared, Sided, compare_models
from pei_graph.evaluation.model.described import Comparison, Described, Level, describe
from pei_graph.evaluation.model.estimate import Change, Estimated, estimate_model
from pei_graph.evaluation.model.page import Heading, page
from pei_graph.evaluation.model.rates import Rates, SourceRate, rates

__all__ = [
    "Change",
    "Compared",
    "Comparison",
    "Described",
    "Estimated",
    "Heading",
    "Level",
    "Rates",
    "Sided",
    "SourceRate",
    "compare_models",
    "describe",
    "estimate_model",
    "page",
    "rates",
]
