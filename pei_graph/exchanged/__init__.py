"""Columns that hold what another column should, told by what all other sources say.

In: RECORDS and MEMBERS, and the contracts. Out: rows of ISSUES. Nothing is put right: a contract is
its council's own.
"""

from pei_graph.exchanged.stage import tell_exchanged

__all__ = ["tell_exchanged"]
