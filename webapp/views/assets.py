"""What is open to everybody: styles, scripts and pictures that the login needs, and the health."""

from flask import Blueprint, Response, send_from_directory

from pei_graph.errors import LedgerError
from webapp.access import EVERYBODY, ledger, needs

pages = Blueprint("assets", __name__)


@pages.get("/static/<path:name>")
@needs(EVERYBODY)
def asset(name: str) -> Response:
    """Return one file of ``static``."""
    return send_from_directory("static", name)


@pages.get("/healthz")
@needs(EVERYBODY)
def healthy() -> Response:
    """Return whether the pages can be used: the process and its ledger answer; no more is said."""
    try:
        ledger().answers()
    except LedgerError:
        return Response("not ok\n", status=503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
