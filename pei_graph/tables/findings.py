"""What the criteria find for persons and families."""

from pei_graph.tables.table import Table

CRITERIA = Table(
    "criteria",
    "a criterion of a pack, as it was asked in this run",
    ("pack", "criterion"),
    {
        "pack": "VARCHAR",
        "criterion": "VARCHAR",
        "area": "VARCHAR",
        "subject": "VARCHAR",
        "title": "VARCHAR",
        "why": "VARCHAR",
        "parameters": "VARCHAR",
        "owner": "VARCHAR",
        "checked_by": "VARCHAR",
        "next_review": "DATE",
        "as_of": "DATE",
    },
    ("pack", "criterion", "area", "subject", "title", "why", "parameters", "as_of"),
)
"""``subject`` is ``person`` or ``family``. ``parameters`` is JSON: name to the figure used.
``as_of`` is the day that it looks back from: what it finds in the run, it finds as of that day."""

FINDINGS = Table(
    "findings",
    "a criterion's state for a person or family, with the evidencing facts",
    ("pack", "criterion", "subject"),
    {
        "pack": "VARCHAR",
        "criterion": "VARCHAR",
        "area": "VARCHAR",
        "subject_kind": "VARCHAR",
        "subject": "VARCHAR",
        "family_id": "VARCHAR",
        "state": "VARCHAR",
        "since": "DATE",
        "value": "DOUBLE",
        "evidence": "BIGINT[]",
        "because": "VARCHAR",
    },
    ("pack", "criterion", "area", "subject_kind", "subject", "state", "evidence"),
)
"""``state`` is ``met`` or ``cusp`` (rows for ``not_met`` and ``no_data`` are derived per family and
area in FAMILY_AREAS, so silence is explained once). ``because`` is a sentence without names."""

FAMILY_AREAS = Table(
    "family_areas",
    "the state of one problem area for one family",
    ("pack", "family_id", "area"),
    {
        "pack": "VARCHAR",
        "family_id": "VARCHAR",
        "area": "VARCHAR",
        "state": "VARCHAR",
        "findings": "INTEGER",
        "because": "VARCHAR",
    },
    ("pack", "family_id", "area", "state", "findings"),
)
"""``state`` is ``met``, ``cusp``, ``not_met`` or ``no_data`` (no source that could evidence the
area knows anyone in the family)."""

PRIORITIES = Table(
    "priorities",
    "a family's priority: points that a reader can add up by hand",
    ("pack", "family_id", "criterion", "reason"),
    {
        "pack": "VARCHAR",
        "family_id": "VARCHAR",
        "criterion": "VARCHAR",
        "area": "VARCHAR",
        "points": "INTEGER",
        "reason": "VARCHAR",
    },
    ("pack", "family_id", "criterion", "points", "reason"),
)
