"""Who is who, where they live and with whom."""

from pei_graph.tables.table import Table

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
        " address DOUBLE, identifier DOUBLE, household DOUBLE, age_band DOUBLE,"
        " birth_place DOUBLE, occupation DOUBLE, source DOUBLE)",
        "levels": "STRUCT(forename INTEGER, surname INTEGER, birth_date INTEGER, sex INTEGER,"
        " address INTEGER, birth_place INTEGER, occupation INTEGER)",
    },
    ("record_l", "record_r", "weight", "probability", "reason", "match_key", "state", "bits"),
)
"""``record_l`` < ``record_r``. ``weight`` is in bits (log2 odds): the model's prior plus the sum of
``bits``. ``reason`` says what linked them (``identifier`` or ``model``). ``state`` is ``accepted``,
``possible`` or ``refused`` by weight and veto alone, before clusters form; ``veto`` names what
forbids the pair. ``match_key`` is short, as ``+forename +surname ~birth_date -address``;
``+no_twin`` ends it where two forenames stand for one birth date at one home and twins are unlikely
by all that the sources hold, and ``+one_child`` where two sources record a parent of one sex of one
child, which settled it, ``+only_name`` where nobody else on record bears the full name, and
that did, and ``+only_other`` where two forenames are taken for one person's because nobody else of
that surname and sex lives there whom the one without a birth date could be. ``levels`` hold
Splink's comparison level per comparison, null where either side is empty.
``model_weight`` is Splink's own weight, less what names that go together
count twice, and before household, identifier and age band.

Beside LINKS, ``link`` leaves in the run's file: the table ``comparables`` (RECORDS as compared, key
``record_id``, also numbered by ``n``); the macro ``pair_veto(l, r)`` over two rows of it, which
gives the veto between any two records or null, scored or not, as in ``SELECT pair_veto(l, r) FROM
comparables AS l JOIN comparables AS r ON ...``; and what judges one more pair as these were: the
one-row table ``model`` (``number`` under which it is kept, ``prior`` in bits; ``settings``,
``household`` and ``figures`` as JSON; ``decision``, the query that turned scored pairs into links,
given the figures), the macros it calls, and ``company`` (pairs ``n_l``, ``n_r`` that keep the same
company)."""

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
weakest weight, in bits, on the strongest path that holds the record in the person, or the weight of
what leads to a person who is only possible. ``probability`` is that of the link that best holds it;
where it is only possible, how likely the record is that person's after all that contradicts it."""

PERSONS = Table(
    "persons",
    "a view over records judged to be one human being",
    ("person_id",),
    {
        "person_id": "VARCHAR",
        "forename": "VARCHAR",
        "surname": "VARCHAR",
        "birth_date": "DATE",
        "died": "DATE",
        "said_died": "DATE",
        "sex": "VARCHAR",
        "address_id": "VARCHAR",
        "records": "INTEGER",
        "sources": "VARCHAR[]",
        "adult": "BOOLEAN",
        "sealed": "BOOLEAN",
    },
    ("person_id", "records", "sources", "sealed"),
)
"""The names and dates are those most of the person's records agree on, as spelt by a source.
``sources`` names those that hold a record of the person, in the order of the alphabet.
``died`` is the day by which the person had died, as the sources of its own records say, unless they
tell of something that began long after: then it is in doubt, and the day stands in ``said_died``.
``address_id`` is the current dwelling, the last one of who has died. ``adult`` is null where age is
not known."""

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
        "placed": "BOOLEAN",
        "sources": "VARCHAR[]",
    },
    ("person_id", "address_id", "current", "placed", "sources"),
)
"""``sources`` is empty where nobody says so and the home follows from those the person lives with.
``placed``: the council placed them there; it is the home of others.

Beside RESIDENCES, ``resolve`` leaves what it learnt of sources: ``source_staleness`` (source, the
share of what it says that is out of date), ``source_moving`` (moves of a person in a year),
``source_dating`` (sources that date moves), ``source_thoroughness`` (source, nats) and
``source_third_adult`` (nats)."""

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
"""Current families only: the people whose current dwelling is one address, and who died while they
lived there with somebody who still does. ``role`` is ``adult``, ``child``, ``unknown`` or ``died``,
whose ``to_date`` is the day of it: whoever counts adults and children counts the living."""

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

KEPT_BY_LARGER = "the larger part kept the id"
"""The reason of a split of which that is so: the rest may have been joined to somebody instead."""

CALLED_AGAIN = "it was called so before it was joined"
"""The reason of a split after which a part has its old id again."""

HEIRS = Table(
    "heirs",
    "an id that is no longer used, and the one that carries it on",
    ("id",),
    {"id": "VARCHAR", "heir": "VARCHAR"},
    ("id",),
)
"""Of persons and families, over all runs. ``heir`` is null where none of what the id named is left.
"""
