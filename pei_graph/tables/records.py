"""What the sources say about people and places, standardised."""

from pei_graph.tables.table import Table

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
        "birth_order": "TINYINT",
        "birth_date": "DATE",
        "birth_date_quality": "VARCHAR",
        "born_from": "DATE",
        "born_to": "DATE",
        "sex": "VARCHAR",
        "ethnicity": "VARCHAR",
        "birth_place": "VARCHAR",
        "occupation": "VARCHAR",
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
folded to single spaces. ``forenames`` and ``surnames`` hold every distinct spelling a source
gives (given, known as, former, preferred), the main one first. ``birth_order`` says of a child
without a forename which of several born together it is, as in *Twin 2*. ``birth_date_quality``
is ``exact``, ``placeholder`` (a date systems use for *not known*), ``partial`` (year or month
only, the date then being its first day), ``expected`` (the day on which an unborn child is
expected) or null. ``born_from`` and ``born_to`` bound the birth date by what the role implies (a
pupil is 4 to 19). ``sex`` is ``F``, ``M`` or null. ``case_family`` groups the records a source
itself holds to be one household or case, written ``source:key``. The address is the newest one
the record gives. ``delivery_id`` and ``row`` say where the newest statement stands."""

TOLD_BOUNDS = "CASE WHEN birth_date_quality IS DISTINCT FROM 'exact' THEN [born_from, born_to] END"
"""What the bounds of a birth in RECORDS tell of whom: they move with every delivery, and count only
where the date is not known."""

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
"""``kind`` is ``dwelling``, ``communal`` (refuge, children's home, hostel, or where far more
surnames are on record than families bring), ``block`` (a house of which others tell the flats) or
``partial`` (not precise enough to be one dwelling, for example a postcode alone). People of one
dwelling are a family; of a block, kin and namesakes.
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
        "first_told": "DATE",
    },
    ("fact_id", "record_id", "kind", "type", "source", "delivery_id", "row", "first_told"),
)
"""``kind`` is ``involvement``, ``address`` or ``relationship``; ``type`` comes from the vocabulary.
``event`` groups facts about one happening (an incident with a victim and a suspect: one event, two
facts with two roles). For attendance ``value`` is sessions attended, ``total`` sessions possible,
``unauthorised`` sessions missed without leave. A relationship reads *record is <type> of other*.
``fact_id`` is a 63-bit digest of what is stated, the same in every run. ``delivery_id`` and ``row``
say where it is told last; ``first_told`` is the day of the first delivery that stated the same."""
