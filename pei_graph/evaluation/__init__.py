"""A finished run measured: against the truth, or against pairs that people have judged.

In: the tables of a run, and truth files or a judged sample. Out: a :class:`Report` or a
:class:`Clerical`, each measure with its interval; and the plan of a sample to judge. Nothing is
changed and no report names a record.
"""

from pei_graph.evaluation.calibration import Band, Calibration
from pei_graph.evaluation.clerical import estimate, read_sample
from pei_graph.evaluation.measure import evaluate, newest_day
from pei_graph.evaluation.report import Agreement, Clerical, Gap, Group, Measure, Report, Settled
from pei_graph.evaluation.sampling import SampleError, Stratum, draw, write
from pei_graph.evaluation.truth import TruthError

__all__ = [
    "Agreement",
    "Band",
    "Calibration",
    "Clerical",
    "Gap",
    "Group",
    "Measure",
    "Report",
    "SampleError",
    "Settled",
    "Stratum",
    "TruthError",
    "draw",
    "estimate",
    "evaluate",
    "newest_day",
    "read_sample",
    "write",
]
