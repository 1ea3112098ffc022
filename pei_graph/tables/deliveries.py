"""What was delivered, as it was delivered, and what of it was set aside."""

from collections.abc import Mapping
from types import MappingProxyType

from pei_graph.tables.table import Table

RAW_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"_delivery": "VARCHAR", "_row": "BIGINT", "_since": "DATE", "_aside": "BOOLEAN"},
)
"""First columns of every RAW table: the delivery, and the row as counted in the delivered file
(for text files and sheets the line a person sees, so the first row under a header is 2); the day of
the first delivery that said the same, where others did before; and whether the row is in QUARANTINE
too, because it names nobody."""

DELIVERIES = Table(
    "deliveries",
    "one file, sheet or query result of one list of a source, as delivered on one date",
    ("delivery_id",),
    {
        "delivery_id": "VARCHAR",
        "source": "VARCHAR",
        "list": "VARCHAR",
        "file": "VARCHAR",
        "sha256": "VARCHAR",
        "bytes": "BIGINT",
        "layout": "VARCHAR",
        "delivered_on": "DATE",
        "changed": "TIMESTAMP",
        "came": "TIMESTAMP",
        "sequence": "INTEGER",
        "latest": "BOOLEAN",
        "overtaken": "BOOLEAN",
        "status": "VARCHAR",
        "rows_in": "BIGINT",
        "repeated": "BIGINT",
    },
    ("source", "list", "file", "sha256", "delivered_on", "sequence", "status", "rows_in"),
)
"""``delivered_on`` is the day it speaks for; ``changed`` and ``came``, in UTC, are when it was
last changed and when it came, where that was written down. ``status`` is ``loaded`` or
``refused``. ``sequence`` orders the deliveries of one list, oldest first; ``latest`` marks the
newest, and ``overtaken`` those of a snapshot list, read or refused, that the newest came after:
what was amiss with them is past. ``rows_in`` counts every row of the file, readable or not, and
``repeated`` those that a later delivery of a snapshot list has again: they stand there alone."""

QUARANTINE = Table(
    "quarantine",
    "a delivered row that was set aside whole, with the rule it broke",
    ("delivery_id", "row"),
    {
        "delivery_id": "VARCHAR",
        "source": "VARCHAR",
        "list": "VARCHAR",
        "file": "VARCHAR",
        "row": "BIGINT",
        "column": "VARCHAR",
        "rule": "VARCHAR",
        "advice": "VARCHAR",
        "content": "VARCHAR",
    },
    ("delivery_id", "source", "list", "file", "row", "rule", "advice"),
)
"""``content`` is the row as text where it could be read; it never leaves the workspace."""

ISSUES = Table(
    "issues",
    "something not understood in a delivery that was loaded, a delivery that was refused, or a"
    " contract that other sources contradict",
    (),
    {
        "source": "VARCHAR",
        "list": "VARCHAR",
        "delivery_id": "VARCHAR",
        "file": "VARCHAR",
        "row": "BIGINT",
        "column": "VARCHAR",
        "rule": "VARCHAR",
        "severity": "VARCHAR",
        "rows": "BIGINT",
        "advice": "VARCHAR",
    },
    ("file", "rule", "severity", "advice"),
)
"""``severity`` is ``error``, ``warning`` or ``note``. ``rows`` counts the rows concerned where one
issue speaks for many; ``row`` is then the first of them. Never holds a value."""

MISREAD: Mapping[str, str] = MappingProxyType(
    {
        "names": "forename_and_surname_exchanged",
        "births": "day_and_month_exchanged",
        "sexes": "sexes_exchanged",
        "keys": "people_nobody_describes",
        "zeros": "zeros_lost_before_keys",
    },
)
"""By what is told of people: the rule of ISSUES where all sources say that a contract reads columns
wrongly. ``column`` then names them all, ``rows`` counts what shows it. It is an ``error``
where they hold the opposite: people are linked wrongly until the contract is mended. It is a
``warning`` where a key leads to nobody, since a list may not be delivered yet, or would be
another list's but for zeros before it, since these may tell people apart."""

FEWER_ROWS = "fewer_rows"
"""The rule of ISSUES where a list has less than half of the rows that it had: what is gone of it no
longer counts."""
