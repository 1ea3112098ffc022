"""The tables between stages, as typed specifications; :mod:`pei_graph.boundary` checks them.

A table lives under its name in the run's DuckDB file, so that any stage can be re-run, opened or
compared alone. RAW tables live in the schema ``raw``, one per list of a source, all text: their
columns are the source's own, so only their first two are specified here (``RAW_COLUMNS``).
"""

from pei_graph.tables.deliveries import (
    DELIVERIES,
    FEWER_ROWS,
    ISSUES,
    MISREAD,
    QUARANTINE,
    RAW_COLUMNS,
)
from pei_graph.tables.ended import ENDED
from pei_graph.tables.findings import (
    CRITERIA,
    FAMILY_AREAS,
    FINDINGS,
    PRIORITIES,
)
from pei_graph.tables.identity import (
    CALLED_AGAIN,
    FAMILIES,
    HEIRS,
    IDENTITY_LOG,
    KEPT_BY_LARGER,
    LINKS,
    MEMBERS,
    PERSONS,
    RELATIONS,
    RESIDENCES,
)
from pei_graph.tables.news import NEWS
from pei_graph.tables.records import (
    ADDRESSES,
    FACTS,
    IDENTIFIERS,
    RECORD_ROWS,
    RECORDS,
    TOLD_BOUNDS,
)
from pei_graph.tables.table import (
    Table,
)

__all__ = [
    "ADDRESSES",
    "CALLED_AGAIN",
    "CRITERIA",
    "DELIVERIES",
    "ENDED",
    "FACTS",
    "FAMILIES",
    "FAMILY_AREAS",
    "FEWER_ROWS",
    "FINDINGS",
    "HEIRS",
    "IDENTIFIERS",
    "IDENTITY_LOG",
    "ISSUES",
    "KEPT_BY_LARGER",
    "LINKS",
    "MEMBERS",
    "MISREAD",
    "NEWS",
    "PERSONS",
    "PRIORITIES",
    "QUARANTINE",
    "RAW_COLUMNS",
    "RECORDS",
    "RECORD_ROWS",
    "RELATIONS",
    "RESIDENCES",
    "STAGE_TABLES",
    "TOLD_BOUNDS",
    "Table",
]

STAGE_TABLES: tuple[Table, ...] = (
    DELIVERIES, QUARANTINE, ISSUES, RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES, FACTS, LINKS,
    MEMBERS, ENDED, PERSONS, RESIDENCES, FAMILIES, RELATIONS, IDENTITY_LOG, HEIRS, CRITERIA,
    FINDINGS, FAMILY_AREAS, PRIORITIES, NEWS,
)  # fmt: skip
"""Every table, in the order in which a run makes them."""
