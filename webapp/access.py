"""Who may do what: every route names its permission, and one without is refused to everybody.

Reads of people are written to the audit trail before the page leaves; a route that shows people and
has not been audited shows nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from types import MappingProxyType
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from pei_graph.errors import LedgerError, PeiError
from pei_graph.ledger import Entry, Ledger, append, find_session

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

EVERYBODY = "everybody"
SIGNED_IN = "signed_in"
READ_PEOPLE = "read_people"
READ_SOURCES = "read_sources"
JUDGE = "judge"
EXPORT = "export"
SEE_SEALED = "see_sealed"

PERMISSIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        SIGNED_IN: frozenset({"practitioner", "reviewer", "analyst", "admin"}),
        READ_PEOPLE: frozenset({"practitioner", "reviewer", "analyst", "admin"}),
        JUDGE: frozenset({"reviewer", "analyst", "admin"}),
        READ_SOURCES: frozenset({"analyst", "admin"}),
        EXPORT: frozenset({"analyst", "admin"}),
        SEE_SEALED: frozenset({"admin"}),
    }
)
"""Each permission with the roles that hold it; ``everybody`` needs no log-in."""

SHOWING_PEOPLE = frozenset({READ_PEOPLE, JUDGE, EXPORT})
"""Permissions whose pages show people, and so nothing that the audit trail does not know of."""

PURPOSES = (
    "Preparing a meeting about a family",
    "Weekly triage or panel",
    "Assessing or reviewing a programme case",
    "Checking data quality",
    "Answering a request from a professional",
)
"""Why somebody reads about people; recorded with every read."""


class UnauditedError(PeiError):
    """A page about people was made without a word in the audit trail, and is not shown."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The user of this request, as their session tells."""

    token: str
    name: str
    role: str
    purpose: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return what the browser's cookie holds: the id of the session."""
        return self.token


def needs(permission: str) -> Callable[[View[P]], View[P]]:
    """The route is refused to roles without ``permission``; people are shown only if audited."""

    def marked(view: View[P]) -> View[P]:
        shown = _audited(view) if permission in SHOWING_PEOPLE else view
        shown.permission = permission  # type: ignore[attr-defined]
        return shown

    return marked


def _audited(view: View[P]) -> View[P]:
    @wraps(view)
    def shown(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        response = view(*args, **kwargs)
        if not g.get("audited", False):
            raise UnauditedError("This page was not written to the audit trail, so it is not shown")
        return response

    return shown


def note_read(action: str, subjects: Sequence[str], **detail: int | str) -> None:
    """The read of ``subjects`` (ids) by this user stands in the audit trail, on disk."""
    entry = Entry(current_user.name, action, current_user.purpose, subjects, detail)
    append(ledger(), entry)
    g.audited = True


def ledger() -> Ledger:
    """Return the ledger of this application."""
    found: Ledger = current_app.extensions["ledger"]
    return found


def may(permission: str) -> bool:
    """Return whether this request's user holds ``permission``."""
    if permission == EVERYBODY:
        return True
    return current_user.is_authenticated and current_user.role in PERMISSIONS[permission]


def guard(app: Flask) -> None:
    """Every request to ``app`` is refused unless its route names a permission that the user has."""
    manager = LoginManager(app)
    manager.session_protection = "strong"
    manager.user_loader(_load)

    @app.before_request
    def check() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        permission = getattr(app.view_functions[request.endpoint], "permission", None)
        if permission is None:
            abort(403)
        if may(permission):
            return None
        if current_user.is_authenticated:
            abort(403)
        return redirect(_login())


def _login() -> str:
    """Return the login's address, with the page that it leads to.

    What was posted is not asked for again: the page that it was posted from is.
    """
    if request.method == "GET":
        return url_for("login.form", next=request.full_path.rstrip("?"))
    came = urlsplit(request.referrer or "")
    page = came.path if came.netloc == request.host else ""
    return url_for("login.form", next=page, lost="yes")


def _load(token: str) -> SignedIn | None:
    if g.get("no_ledger", False):
        return None  # the page that says so is being made, and asks once more who it is for
    try:
        session = find_session(ledger(), token)
    except LedgerError:
        g.no_ledger = True
        raise
    if session is None:
        return None
    return SignedIn(token, session.user.name, session.user.role, session.purpose)
