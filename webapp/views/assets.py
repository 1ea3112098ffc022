"""The pages' own styles, scripts and pictures; open to everybody, since the login needs them."""

from flask import Blueprint, Response, send_from_directory

from webapp.access import EVERYBODY, needs

pages = Blueprint("assets", __name__)


@pages.get("/static/<path:name>")
@needs(EVERYBODY)
def asset(name: str) -> Response:
    """Return one file of ``static``."""
    return send_from_directory("static", name)


@pages.get("/healthz")
@needs(EVERYBODY)
def healthy() -> Response:
    """Return that the process answers; says nothing of the data."""
    return Response("ok\n", mimetype="text/plain")
