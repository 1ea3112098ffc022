"""RAW -> RECORDS, FACTS: names, dates, addresses, identifiers and codes in one form.

The SQL is made from the contracts and runs in DuckDB; nothing here goes through rows in Python.
"""

from pei_graph.standardise.again import standardise_again
from pei_graph.standardise.stage import standardise

__all__ = ["standardise", "standardise_again"]
