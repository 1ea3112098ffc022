"""The ledger's tables: users, sessions, failed logins, judgements, leases and the audit trail.

Times are UTC in ISO 8601 text, so that both databases hold the same characters and the audit's
chain can be computed from them. Triggers refuse to change or delete what is written once.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
)

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("password", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created", String(40), nullable=False),
)
"""``password`` is an argon2id hash with its parameters."""

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("purpose", String(80), nullable=False),
    Column("created", String(40), nullable=False),
    Column("expires", String(40), nullable=False),
    Column("revoked", String(40)),
)
"""``token`` is the SHA-256 of the id that the browser holds, so that a copied ledger opens none."""

failures = Table(
    "login_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("key", String(64), nullable=False),
    Index("login_failures_by_key", "key", "at"),
)
"""``key`` is a keyed digest of a user name or an address, never either of them."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_l", String(200), nullable=False),
    Column("record_r", String(200), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("by", String(80), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("model", String(80)),
    Column("digest", String(64)),
    Column("withdrawn_at", String(40)),
    Column("withdrawn_by", String(80)),
    CheckConstraint("record_l < record_r", name="judgements_ordered"),
    CheckConstraint("verdict IN ('same', 'different', 'unsure')", name="judgements_verdict"),
    Index("judgements_by_pair", "record_l", "record_r"),
)
"""``model`` names the model whose score the person saw; ``digest`` is of the two records as seen,
so that a later reader can tell whether the judgement was made on what stands now."""

showings = Table(
    "showings",
    metadata,
    Column("judgement", ForeignKey("judgements.id"), primary_key=True),
    Column("shown", String(10), nullable=False),
    Column("stratum", String(60)),
    Column("chance", Float),
    Column("four_eyes", Boolean, nullable=False),
)
"""How the pair of a judgement came before the person who judged it, so that estimates can be made
of those that chance chose. A judgement without a row here was made before this was kept."""

leases = Table(
    "leases",
    metadata,
    Column("record_l", String(200), primary_key=True),
    Column("record_r", String(200), primary_key=True),
    Column("by", String(80), nullable=False),
    Column("until", String(40), nullable=False),
    Column("shown", String(10), nullable=False),
    Column("stratum", String(60)),
    Column("chance", Float),
)
"""Which pair is before whom just now and why, so that no two people work on one, and so that nobody
can tell an audited pair from another before they judged it."""

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("purpose", String(80), nullable=False),
    Column("subjects", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("mac", String(64), nullable=False),
)
"""``subjects`` and ``detail`` are JSON of ids and counts; never a personal value."""

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("mac", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)
"""One row: how many entries there are and the last one's mac, sealed by the key, so that entries
cut from the end are missed."""

WRITTEN_ONCE = (
    ("audit_changed", "UPDATE ON audit"),
    ("audit_cut", "DELETE ON audit"),
    (
        "judgement_changed",
        'UPDATE OF record_l, record_r, verdict, "by", why, at, model, digest ON judgements',
    ),
    ("judgement_cut", "DELETE ON judgements"),
    ("showing_changed", "UPDATE ON showings"),
    ("showing_cut", "DELETE ON showings"),
)
"""Triggers by name: what the database itself refuses."""

_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {change}"
    " BEGIN SELECT RAISE(ABORT, 'written once'); END"
)
_POSTGRES = (
    "CREATE OR REPLACE TRIGGER {name} BEFORE {change} FOR EACH ROW EXECUTE FUNCTION written_once()"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'written once'; END $$"
)


@event.listens_for(metadata, "after_create")
def _refuse_changes(_target: MetaData, con: Connection, **_: object) -> None:
    """What is written once cannot be changed or deleted through the database."""
    trigger = _SQLITE
    if con.dialect.name == "postgresql":
        con.exec_driver_sql(_POSTGRES_FUNCTION)
        trigger = _POSTGRES
    for name, change in WRITTEN_ONCE:
        con.exec_driver_sql(trigger.format(name=name, change=change))
