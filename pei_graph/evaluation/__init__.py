"""A finished run measured against the truth: precision, recall and F1 with intervals.

In: the tables of a run and truth files. Out: a :class:`Report`. Nothing is changed and no record is
named.
"""

from pei_graph.evaluation.measure import evaluate
from pei_graph.evaluation.report import Agreement, Gap, Group, Measure, Report
from pei_graph.evaluation.truth import TruthError

__all__ = ["Agreement", "Gap", "Group", "Measure", "Report", "TruthError", "evaluate"]
