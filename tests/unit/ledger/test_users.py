"""Users, passwords, sessions and the wait after failed logins."""

import pytest
from sqlalchemy import MetaData, select

from pei_graph.errors import PeiError
from pei_graph.ledger import (
    Ledger,
    User,
    authenticate,
    create_user,
    deactivate,
    end_session,
    ensure_first_user,
    find_session,
    must_wait,
    note_failure,
    start_session,
)

PASSWORD = "an invented password"


@pytest.fixture
def user(ledger: Ledger) -> User:
    """An analyst."""
    return create_user(ledger, "testa", PASSWORD, "analyst")


def test_the_right_password_finds_the_user(ledger: Ledger, user: User) -> None:
    """A user is found by name and password, and by neither alone."""
    assert authenticate(ledger, "testa", PASSWORD) == user
    assert authenticate(ledger, "testa", "another password") is None
    assert authenticate(ledger, "nobody", PASSWORD) is None


def test_passwords_are_not_kept(ledger: Ledger, user: User) -> None:
    """The database holds an argon2id hash and the digest of a session, never either itself."""
    token = start_session(ledger, user, "a test")
    found = MetaData()
    found.reflect(ledger.engine)
    with ledger.engine.connect() as con:
        dump = str([con.execute(select(table)).all() for table in found.sorted_tables])
    assert "$argon2id$" in dump
    assert PASSWORD not in dump
    assert token not in dump


@pytest.mark.parametrize(
    ("name", "password", "role"),
    [("testa", PASSWORD, "analyst"), ("tim", "short", "analyst"), ("tim", PASSWORD, "king")],
)
def test_unsound_users_are_refused(
    ledger: Ledger, user: User, name: str, password: str, role: str
) -> None:
    """A taken name, a short password or an unknown role is an error that says what to do."""
    with pytest.raises(PeiError) as refused:
        create_user(ledger, name, password, role)
    assert refused.value.do


def test_the_first_user_is_made_once(ledger: Ledger) -> None:
    """The first time credentials are returned that sign in; the second time none."""
    first = ensure_first_user(ledger)
    assert first is not None
    assert authenticate(ledger, first.name, first.password) is not None
    assert ensure_first_user(ledger) is None


def test_a_session_ends_when_revoked(ledger: Ledger, user: User) -> None:
    """A session holds user and purpose until it is ended."""
    token = start_session(ledger, user, "a test")
    session = find_session(ledger, token)
    assert session is not None
    assert (session.user, session.purpose) == (user, "a test")
    end_session(ledger, token)
    assert find_session(ledger, token) is None
    assert find_session(ledger, "an invented token") is None


def test_a_deactivated_user_is_out_at_once(ledger: Ledger, user: User) -> None:
    """Deactivating a user ends their sessions and their logins."""
    token = start_session(ledger, user, "a test")
    deactivate(ledger, "testa")
    assert find_session(ledger, token) is None
    assert authenticate(ledger, "testa", PASSWORD) is None


def test_failures_lead_to_a_wait(ledger: Ledger) -> None:
    """Five failures make a name wait; another name does not wait for them."""
    for _ in range(5):
        assert not must_wait(ledger, "testa")
        note_failure(ledger, "testa", "127.0.0.1")
    assert must_wait(ledger, "testa")
    assert not must_wait(ledger, "tim")
    assert not must_wait(ledger, "127.0.0.1", most=30)
