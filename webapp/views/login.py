"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from pei_graph.ledger import (
    Entry,
    User,
    append,
    authenticate,
    end_session,
    must_wait,
    note_failure,
    start_session,
)
from webapp.access import EVERYBODY, PURPOSES, SIGNED_IN, SignedIn, ledger, needs
from webapp.errors import page

pages = Blueprint("login", __name__)

MOST_FROM_ONE_ADDRESS = 30
"""A whole office may stand behind one address, so it may fail more often than one name."""


@pages.get("/login")
@needs(EVERYBODY)
def form() -> ResponseReturnValue:
    """Return the form to sign in."""
    if current_user.is_authenticated:
        return redirect(url_for("home.home"))
    return _form()


@pages.post("/login")
@needs(EVERYBODY)
def sign_in() -> ResponseReturnValue:
    """Start a session for the right password and a purpose; otherwise say what is wrong."""
    name = request.form.get("name", "").strip()
    address = request.remote_addr or ""
    if must_wait(ledger(), name) or must_wait(ledger(), address, most=MOST_FROM_ONE_ADDRESS):
        return page(429)
    purpose = request.form.get("purpose", "")
    if purpose not in PURPOSES:
        return _form(name=name, purpose_error="Choose what you are here for"), 400
    user = authenticate(ledger(), name, request.form.get("password", ""))
    if user is None:
        note_failure(ledger(), name, address)
        return _form(name=name, error="The user name or the password is wrong"), 401
    return _enter(user, purpose)


def _enter(user: User, purpose: str) -> ResponseReturnValue:
    append(ledger(), Entry(user.name, "sign in", purpose))
    token = start_session(ledger(), user, purpose)
    session.clear()
    login_user(SignedIn(token, user.name, user.role, purpose))
    return redirect(_wanted() or url_for("home.home"))


def _wanted() -> str | None:
    """Return the page that was asked for before signing in, if it is one of ours."""
    wanted = request.args.get("next", "")
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if ours else None


@pages.post("/logout")
@needs(SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """Revoke the session, so that its cookie opens nothing any more."""
    end_session(ledger(), current_user.token)
    append(ledger(), Entry(current_user.name, "sign out", current_user.purpose))
    logout_user()
    return redirect(url_for("login.form"))


def _form(name: str = "", error: str | None = None, purpose_error: str | None = None) -> str:
    items = [{"value": purpose, "text": purpose} for purpose in PURPOSES]
    return render_template(
        "login.html", name=name, error=error, purpose_error=purpose_error, items=items
    )
