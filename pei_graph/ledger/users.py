"""Users, their passwords and their sessions, which can be revoked.

Passwords are argon2id hashes. A session is an id that the browser holds and whose digest stands
here until it expires or is revoked; a role that changes takes effect at the next request.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import func, insert, select, update

from pei_graph.errors import PeiError
from pei_graph.ledger.schema import failures, sessions, users
from pei_graph.ledger.store import Store, now

ROLES = ("practitioner", "reviewer", "analyst", "admin")
SESSION_HOURS = 10
"""A working day: nobody is asked twice a day, and a forgotten screen is closed by the next."""
LEAST_PASSWORD = 12
FAILURES_BEFORE_WAIT = 5
WAIT_MINUTES = 15

_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in user and the purpose they gave."""

    token: str
    user: User
    purpose: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """A new user's name and password, to be shown once."""

    name: str
    password: str


def create_user(ledger: Store, name: str, password: str, role: str) -> User:
    """The user may sign in. Raises ``PeiError`` for a taken name, weak password or unknown role."""
    _require_sound(name, password, role)
    row = {
        "name": name,
        "password": _hasher.hash(password),
        "role": role,
        "active": True,
        "created": now(),
    }
    with ledger.writing() as con:
        if con.execute(select(users.c.id).where(users.c.name == name)).first():
            raise PeiError("There is a user of that name already", do="Choose another name")
        key = con.execute(insert(users).values(**row).returning(users.c.id)).scalar_one()
    return User(key, name, role)


def invite(ledger: Store, name: str, role: str) -> Credentials:
    """There is a new user with a made-up password; return it, to be shown once."""
    credentials = Credentials(name, secrets.token_urlsafe(12))
    create_user(ledger, name, credentials.password, role)
    return credentials


def ensure_first_user(ledger: Store) -> Credentials | None:
    """There is at least one user; return the first one's credentials where it was made just now."""
    return None if has_users(ledger) else invite(ledger, "demo", "analyst")


def has_users(ledger: Store) -> bool:
    """Return whether anybody was ever invited."""
    with ledger.reading() as con:
        return con.execute(select(users.c.id).limit(1)).first() is not None


def authenticate(ledger: Store, name: str, password: str) -> User | None:
    """Return the active user with that name and password, or None.

    An unknown name takes as long as a wrong password, so that names cannot be found by timing.
    """
    with ledger.reading() as con:
        row = con.execute(select(users).where(users.c.name == name)).one_or_none()
    known = row is not None and row.active
    try:
        _hasher.verify(row.password if row else _hasher.hash("nobody"), password)
    except VerificationError:
        return None
    return User(row.id, row.name, row.role) if row and known else None


def start_session(ledger: Store, user: User, purpose: str) -> str:
    """The user is signed in for ``purpose``; return the id that the browser is to hold."""
    token = secrets.token_urlsafe(32)
    expires = datetime.now(UTC) + timedelta(hours=SESSION_HOURS)
    with ledger.writing() as con:
        con.execute(
            insert(sessions).values(
                token=_digest(token),
                user_id=user.id,
                purpose=purpose,
                created=now(),
                expires=expires.isoformat(timespec="microseconds"),
            )
        )
    return token


def find_session(ledger: Store, token: str) -> Session | None:
    """Return the live session of ``token``: not expired, not revoked, its user still active."""
    query = (
        select(sessions.c.purpose, users.c.id, users.c.name, users.c.role)
        .join(users, users.c.id == sessions.c.user_id)
        .where(sessions.c.token == _digest(token), sessions.c.revoked.is_(None))
        .where(sessions.c.expires > now(), users.c.active)
    )
    with ledger.reading() as con:
        row = con.execute(query).one_or_none()
    return Session(token, User(row.id, row.name, row.role), row.purpose) if row else None


def end_session(ledger: Store, token: str) -> None:
    """The session is revoked: no browser that holds its id is signed in any more."""
    with ledger.writing() as con:
        con.execute(
            update(sessions).where(sessions.c.token == _digest(token)).values(revoked=now())
        )


def deactivate(ledger: Store, name: str) -> None:
    """The user cannot sign in and every session of theirs is revoked."""
    who = select(users.c.id).where(users.c.name == name).scalar_subquery()
    with ledger.writing() as con:
        con.execute(update(users).where(users.c.name == name).values(active=False))
        con.execute(update(sessions).where(sessions.c.user_id == who).values(revoked=now()))


def must_wait(ledger: Store, party: str, *, most: int = FAILURES_BEFORE_WAIT) -> bool:
    """Return whether a user name or an address failed to sign in ``most`` times of late."""
    since = datetime.now(UTC) - timedelta(minutes=WAIT_MINUTES)
    query = select(func.count()).where(
        failures.c.key == ledger.digest("login", party),
        failures.c.at > since.isoformat(timespec="microseconds"),
    )
    with ledger.reading() as con:
        return bool(con.execute(query).scalar_one() >= most)


def note_failure(ledger: Store, *parties: str) -> None:
    """A failed login counts against the user name and the address."""
    at = now()
    with ledger.writing() as con:
        for party in parties:
            con.execute(insert(failures).values(at=at, key=ledger.digest("login", party)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _require_sound(name: str, password: str, role: str) -> None:
    if not name.strip():
        raise PeiError("A user needs a name", do="Give one")
    if len(password) < LEAST_PASSWORD:
        raise PeiError("The password is too short", do=f"Use at least {LEAST_PASSWORD} characters")
    if role not in ROLES:
        raise PeiError(f"There is no role {role}", do=f"Use one of {', '.join(ROLES)}")
