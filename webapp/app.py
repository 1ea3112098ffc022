"""The application: every part of it put together, and nothing decided."""

import ipaddress
import logging
import time
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, g, request
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.routing import BaseConverter

from pei_graph.errors import PeiError, Place
from pei_graph.ledger import open_ledger, secret_file
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp import errors
from webapp import format as formatting
from webapp.access import guard, may
from webapp.headers import set_headers
from webapp.reads.unread import unread
from webapp.runs import follow_runs
from webapp.views import (
    assets,
    explain,
    families,
    family,
    history,
    home,
    login,
    mending,
    network,
    person,
    review,
    sources,
)

LEAST_SECRET = 32
LARGEST_FORM = 64 * 1024
ACCESS = logging.getLogger("pei.access")


class AnyCase(BaseConverter):
    """An id of a person or a family in an address, which people also type in small letters."""

    def to_python(self, value: str) -> str:
        """Return the id as it is written everywhere else."""
        return value.upper()


def create_app(workspace: Path, settings: Settings) -> Flask:
    """Return the pages of a workspace as a WSGI application.

    Raises ``PeiError`` where pages would be served to other machines with a secret that was made
    for this one.
    """
    place = Workspace(workspace)
    local = is_local(settings.host)
    app = errors.QuietFlask("webapp", static_folder=None)
    app.config.update(
        SECRET_KEY=_secret(place, settings, local=local),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=10),
        SESSION_COOKIE_NAME="pei",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not local,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["ledger"] = open_ledger(place.ledger, settings)
    app.extensions["workspace"] = place
    app.url_map.converters["id"] = AnyCase
    guard(app)  # before forms are asked for their token: who was signed out is asked to sign in
    CSRFProtect(app)
    follow_runs(app, place, settings)
    set_headers(app, https=not local)
    _log_requests(app)
    _set_up_templates(app, settings)
    errors.explain(app)
    for pages in (
        assets,
        login,
        home,
        family,
        person,
        explain,
        history,
        network,
        families,
        sources,
        review,
        mending,
    ):
        app.register_blueprint(pages.pages)
    return app


def is_local(host: str) -> bool:
    """Return whether only this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _secret(workspace: Workspace, settings: Settings, *, local: bool) -> bytes:
    if given := settings.secret_key or _in_file(settings.secret_key_file):
        if len(given) < LEAST_SECRET:
            raise PeiError(
                "PEI_SECRET_KEY is too short", do=f"Use at least {LEAST_SECRET} random characters"
            )
        return given.encode()
    if not local:
        raise PeiError(
            f"The pages would be served to other machines ({settings.host}) with a default secret",
            do="Set PEI_SECRET_KEY, or PEI_SECRET_KEY_FILE to a file, with at least 32 random"
            " characters, and serve behind HTTPS",
        )
    workspace.create()
    return secret_file(workspace.ledger.with_name("session.key"))


def _in_file(file: Path | None) -> str:
    """Return what a secret's file says; nothing where none is named."""
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PeiError(
            "The secret key's file cannot be read",
            where=Place(file=str(file)),
            do="Check PEI_SECRET_KEY_FILE and who may read that file",
        ) from error


def _log_requests(app: Flask) -> None:
    """Each request is logged by its path alone: searches are posted, so no path holds a name."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
        ACCESS.info("%s %s %d %.0f ms", request.method, _route(), response.status_code, took)
        return response


def _route() -> str:
    """Return the path of a known route; a path that nobody made may hold anything."""
    return request.path if request.endpoint else "(no such page)"


def _set_up_templates(app: Flask, settings: Settings) -> None:
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("webapp"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(formatting.FILTERS)
    app.jinja_env.globals.update(council=settings.council, may=may, unread=unread)
