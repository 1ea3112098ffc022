"""The ledger's tables: users, sessions, failed logins, judgements, leases and the audit trail.

Times are UTC in ISO 8601 text, so that both databases hold the same characters and the audit's
chain can be computed from them. ``making`` adds triggers that refuse to change or delete what is
written once.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine


class Words(TypeDecorator[str]):
    """Text of any length, compared by the numbers of its characters as Python compares it.

    PostgreSQL would otherwise compare by the rules of a language, which put records in an order
    that Python's ``sorted`` does not know. It cannot keep the character 0 either, which therefore
    stands as U+FFFD in both databases.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Return the type of a database."""
        return dialect.type_descriptor(
            Text(collation="C" if dialect.name == "postgresql" else None)
        )

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text as it can be kept."""
        return value and value.replace("\0", "\ufffd")


metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("password", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created", Words, nullable=False),
)
"""``password`` is an argon2id hash with its parameters."""

sessions = Table(
    "sessions",
    metadata,
    Column("token", Words, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("purpose", Words, nullable=False),
    Column("created", Words, nullable=False),
    Column("expires", Words, nullable=False),
    Column("revoked", Words),
)
"""``token`` is the SHA-256 of the id that the browser holds, so that a copied ledger opens none."""

failures = Table(
    "login_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Words, nullable=False),
    Column("key", Words, nullable=False),
    Index("login_failures_by_key", "key", "at"),
)
"""``key`` is a keyed digest of a user name or an address, never either of them."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_l", Words, nullable=False),
    Column("record_r", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Words, nullable=False),
    Column("model", Words),
    Column("digest", Words),
    Column("withdrawn_at", Words),
    Column("withdrawn_by", Words),
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
    Column("shown", Words, nullable=False),
    Column("stratum", Words),
    Column("chance", Float),
    Column("four_eyes", Boolean, nullable=False),
)
"""How the pair of a judgement came before the person who judged it, so that estimates can be made
of those that chance chose. A judgement without a row here was made before this was kept."""

leases = Table(
    "leases",
    metadata,
    Column("record_l", Words, primary_key=True),
    Column("record_r", Words, primary_key=True),
    Column("by", Words, nullable=False),
    Column("until", Words, nullable=False),
    Column("shown", Words, nullable=False),
    Column("stratum", Words),
    Column("chance", Float),
)
"""Which pair is before whom just now and why, so that no two people work on one, and so that nobody
can tell an audited pair from another before they judged it."""

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("purpose", Words, nullable=False),
    Column("subjects", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("mac", Words, nullable=False),
)
"""``subjects`` and ``detail`` are JSON of ids and counts; never a personal value."""

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("mac", Words, nullable=False),
    Column("seal", Words, nullable=False),
)
"""One row: how many entries there are and the last one's mac, sealed by the key, so that entries
cut from the end are missed."""

version = Table(
    "ledger_version",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)
"""One row: which tables and triggers these are, so that no program writes to those it does not
know."""
