"""Columns that do not hold what a contract reads from them, told by what all sources say.

In: RECORDS, MEMBERS and DELIVERIES, and the contracts. Out: rows of ISSUES. Nothing is put right: a
contract is its council's own.
"""

from pei_graph.misread.stage import tell_misread
from pei_graph.misread.zeros import tell_zeros

__all__ = ["tell_misread", "tell_zeros"]
