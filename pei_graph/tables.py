"""The tables between stages, as typed specifications; :mod:`pei_graph.boundary` checks them.

A table lives under its name in the run's DuckDB file, so that any stage can be re-run, opened or
compared alone. RAW tables live in the schema ``raw``, one per list of a source, all text: their
columns are the source's own, so only their first two are specified here (``RAW_COLUMNS``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

RAW_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"_delivery": "VARCHAR", "_row": "BIGINT"},
)
"""First columns of every RAW table: the delivery, and the row as counted in the delivered file
(for text files and sheets the line a person sees, so the first row under a header is 2)."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a table promises: its columns in order with their DuckDB types, and its key."""

    name: str
    says: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    required: tuple[str, ...] = ()

    @property
    def ddl(self) -> str:
        """Return the statement that makes this table, empty."""
        columns = ", ".join(f'"{name}" {kind}' for name, kind in self.columns.items())
        return f'CREATE OR REPLACE TABLE "{self.name}" ({columns})'


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
        "sequence": "INTEGER",
        "latest": "BOOLEAN",
        "status": "VARCHAR",
        "rows_in": "BIGINT",
    },
    ("source", "list", "file", "sha256", "delivered_on", "sequence", "status", "rows_in"),
)
"""``status`` is ``loaded`` or ``refused``. ``sequence`` orders the deliveries of one list, oldest
first; ``latest`` marks the newest. ``rows_in`` counts every row of the file, readable or not."""

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
    "something not understood in a delivery that was loaded, or a delivery that was refused",
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

RECORDS = Table(
    "records",
    "what one source says about one person, standardised beside the original",
    ("record_id",),
    {
        "record_id": "VARCHAR",
        "source": "VARCHAR",
        "source_key": "VARCHAR",
        "role": "VARCHAR",
        # as delivered
        "forename_given": "VARCHAR",
        "surname_given": "VARCHAR",
        "birth_date_given": "VARCHAR",
        "address_given": "VARCHAR",
        # standardised
        "forename": "VARCHAR",
        "middle_names": "VARCHAR",
        "surname": "VARCHAR",
        "forenames": "VARCHAR[]",
        "surnames": "VARCHAR[]",
        "birth_date": "DATE",
        "birth_date_quality": "VARCHAR",
        "born_from": "DATE",
        "born_to": "DATE",
        "sex": "VARCHAR",
        "ethnicity": "VARCHAR",
        "address_id": "VARCHAR",
        "uprn": "VARCHAR",
        "postcode": "VARCHAR",
        "house": "VARCHAR",
        "street": "VARCHAR",
        "case_family": "VARCHAR",
        # provenance
        "delivery_id": "VARCHAR",
        "row": "BIGINT",
        "first_seen": "DATE",
        "last_seen": "DATE",
        "in_latest": "BOOLEAN",
        "sealed": "BOOLEAN",
    },
    ("record_id", "source", "source_key", "role", "forenames", "surnames", "in_latest", "sealed"),
)
"""``record_id`` is ``source:source_key``. Names are lower-case ASCII letters, spaces and hyphens
folded to single spaces. ``forenames`` and ``surnames`` hold every distinct spelling a source gives
(given, known as, former, preferred), the main one first. ``birth_date_quality`` is ``exact``,
``placeholder`` (a date systems use for *not known*), ``partial`` (year or month only, the date then
being its first day) or null. ``born_from`` and ``born_to`` bound the birth date by what the role
implies (a pupil is 4 to 19). ``sex`` is ``F``, ``M`` or null. ``case_family`` groups the records a
source itself holds to be one household or case, written ``source:key``. The address is the newest
one the record gives. ``delivery_id`` and ``row`` say where the newest statement stands."""

RECORD_ROWS = Table(
    "record_rows",
    "a delivered row speaks of a record",
    (),
    {"record_id": "VARCHAR", "delivery_id": "VARCHAR", "row": "BIGINT"},
    ("record_id", "delivery_id", "row"),
)
"""Every row of RAW stands here or in QUARANTINE: that is what ``pei verify`` adds up."""

IDENTIFIERS = Table(
    "identifiers",
    "an identifier a record carries, in a named scheme",
    ("record_id", "scheme", "value"),
    {
        "record_id": "VARCHAR",
        "scheme": "VARCHAR",
        "value": "VARCHAR",
        "valid": "BOOLEAN",
    },
    ("record_id", "scheme", "value", "valid"),
)
"""Schemes: ``upn``, ``nhs_number``, ``nino``, ``uln``, and one per system whose keys other systems
quote (``la_child_id``, ``ehm_id`` ...). ``valid`` is false where a check digit or the form fails;
schemes without a check are always valid."""

ADDRESSES = Table(
    "addresses",
    "a place",
    ("address_id",),
    {
        "address_id": "VARCHAR",
        "uprn": "VARCHAR",
        "postcode": "VARCHAR",
        "house": "VARCHAR",
        "street": "VARCHAR",
        "line": "VARCHAR",
        "kind": "VARCHAR",
        "sealed": "BOOLEAN",
    },
    ("address_id", "kind", "sealed"),
)
"""``kind`` is ``dwelling``, ``communal`` (refuge, children's home, hostel) or ``partial`` (not
precise enough to be one dwelling, for example a postcode alone): only dwellings form families.
``house`` is the number or name within the street; ``line`` is for showing."""

FACTS = Table(
    "facts",
    "a dated statement about a record: an involvement, an address or a relationship",
    ("fact_id",),
    {
        "fact_id": "BIGINT",
        "record_id": "VARCHAR",
        "kind": "VARCHAR",
        "type": "VARCHAR",
        "role": "VARCHAR",
        "event": "VARCHAR",
        "from_date": "DATE",
        "to_date": "DATE",
        "status": "VARCHAR",
        "detail": "VARCHAR",
        "value": "DOUBLE",
        "total": "DOUBLE",
        "unauthorised": "DOUBLE",
        "worker": "VARCHAR",
        "telephone": "VARCHAR",
        "address_id": "VARCHAR",
        "other_record_id": "VARCHAR",
        "source": "VARCHAR",
        "delivery_id": "VARCHAR",
        "row": "BIGINT",
    },
    ("fact_id", "record_id", "kind", "type", "source", "delivery_id", "row"),
)
"""``kind`` is ``involvement``, ``address`` or ``relationship``; ``type`` comes from the vocabulary.
``event`` groups facts about one happening (an incident with a victim and a suspect: one event, two
facts with two roles). For attendance ``value`` is sessions attended, ``total`` sessions possible,
``unauthorised`` sessions missed without leave. A relationship reads *record is <type> of other*.
``fact_id`` is a 63-bit digest of what is stated, the same in every run."""

LINKS = Table(
    "links",
    "a scored pair of records",
    ("record_l", "record_r"),
    {
        "record_l": "VARCHAR",
        "record_r": "VARCHAR",
        "weight": "DOUBLE",
        "probability": "DOUBLE",
        "reason": "VARCHAR",
        "match_key": "VARCHAR",
        "state": "VARCHAR",
        "veto": "VARCHAR",
        "model_weight": "DOUBLE",
        "bits": "STRUCT(forename DOUBLE, surname DOUBLE, birth_date DOUBLE, sex DOUBLE,"
        " address DOUBLE, identifier DOUBLE, household DOUBLE, age_band DOUBLE)",
        "levels": "STRUCT(forename INTEGER, surname INTEGER, birth_date INTEGER, sex INTEGER,"
        " address INTEGER)",
    },
    ("record_l", "record_r", "weight", "probability", "reason", "match_key", "state", "bits"),
)
"""``record_l`` < ``record_r``. ``weight`` is in bits (log2 odds): the model's prior plus the sum of
``bits``. ``reason`` says what linked them (``identifier`` or ``model``). ``state`` is ``accepted``,
``possible`` or ``refused`` by weight and veto alone, before clusters form; ``veto`` names what
forbids the pair. ``match_key`` is short, as ``+forename +surname ~birth_date -address``. ``levels``
hold Splink's comparison level per comparison, null where the pair was linked by identifier only."""

MEMBERS = Table(
    "members",
    "a record belongs to a person, or may",
    ("record_id", "person_id"),
    {
        "record_id": "VARCHAR",
        "person_id": "VARCHAR",
        "state": "VARCHAR",
        "probability": "DOUBLE",
        "weakest_link": "DOUBLE",
        "match_key": "VARCHAR",
    },
    ("record_id", "person_id", "state"),
)
"""``state`` is ``accepted`` (exactly once for each record) or ``possible``. ``weakest_link`` is the
weakest weight, in bits, on the strongest path that holds the record in the person."""

PERSONS = Table(
    "persons",
    "a view over records judged to be one human being",
    ("person_id",),
    {
        "person_id": "VARCHAR",
        "forename": "VARCHAR",
        "surname": "VARCHAR",
        "birth_date": "DATE",
        "sex": "VARCHAR",
        "address_id": "VARCHAR",
        "records": "INTEGER",
        "sources": "INTEGER",
        "adult": "BOOLEAN",
        "sealed": "BOOLEAN",
    },
    ("person_id", "records", "sources", "sealed"),
)
"""The names and dates are those most of the person's records agree on, as spelt by a source.
``address_id`` is the current dwelling. ``adult`` is null where age is not known."""

RESIDENCES = Table(
    "residences",
    "a person lived at an address between dates, as some sources say",
    ("person_id", "address_id"),
    {
        "person_id": "VARCHAR",
        "address_id": "VARCHAR",
        "from_date": "DATE",
        "to_date": "DATE",
        "current": "BOOLEAN",
        "sources": "VARCHAR[]",
    },
    ("person_id", "address_id", "current", "sources"),
)

FAMILIES = Table(
    "families",
    "a person belongs to a family between dates, in a role",
    ("family_id", "person_id"),
    {
        "family_id": "VARCHAR",
        "person_id": "VARCHAR",
        "role": "VARCHAR",
        "address_id": "VARCHAR",
        "from_date": "DATE",
        "to_date": "DATE",
    },
    ("family_id", "person_id", "role", "address_id"),
)
"""Current families only: the people whose current dwelling is one address. ``role`` is ``adult``,
``child`` or ``unknown``."""

RELATIONS = Table(
    "relations",
    "a source records that one person is related to another",
    ("person_id", "other_person_id", "kind", "source"),
    {
        "person_id": "VARCHAR",
        "other_person_id": "VARCHAR",
        "kind": "VARCHAR",
        "source": "VARCHAR",
        "from_date": "DATE",
        "to_date": "DATE",
    },
    ("person_id", "other_person_id", "kind", "source"),
)

IDENTITY_LOG = Table(
    "identity_log",
    "what happened to a person or family id, in which run, and why",
    (),
    {
        "run": "INTEGER",
        "id": "VARCHAR",
        "event": "VARCHAR",
        "heir": "VARCHAR",
        "reason": "VARCHAR",
    },
    ("run", "id", "event", "reason"),
)
"""``event`` is ``create``, ``join`` (into ``heir``), ``split`` (from ``heir``) or ``retire``."""

FINDINGS = Table(
    "findings",
    "a criterion's state for a person or family, with the evidencing facts",
    ("pack", "criterion", "subject", "as_of"),
    {
        "pack": "VARCHAR",
        "criterion": "VARCHAR",
        "area": "VARCHAR",
        "subject_kind": "VARCHAR",
        "subject": "VARCHAR",
        "family_id": "VARCHAR",
        "state": "VARCHAR",
        "as_of": "DATE",
        "since": "DATE",
        "value": "DOUBLE",
        "evidence": "BIGINT[]",
        "because": "VARCHAR",
    },
    ("pack", "criterion", "area", "subject_kind", "subject", "state", "as_of", "evidence"),
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
        "as_of": "DATE",
        "findings": "INTEGER",
        "because": "VARCHAR",
    },
    ("pack", "family_id", "area", "state", "as_of", "findings"),
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

STAGE_TABLES: tuple[Table, ...] = (
    DELIVERIES, QUARANTINE, ISSUES, RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES, FACTS, LINKS,
    MEMBERS, PERSONS, RESIDENCES, FAMILIES, RELATIONS, IDENTITY_LOG, FINDINGS, FAMILY_AREAS,
    PRIORITIES,
)  # fmt: skip
"""Every table, in the order in which a run makes them."""
