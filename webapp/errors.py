"""Error pages that say what to do."""

import logging
import traceback
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from pei_graph.errors import LedgerError, OtherVersionError, PeiError, WorkspaceError
from webapp.access import UnauditedError

LOG = logging.getLogger("pei.pages")

ADVICE = {
    400: ("The page could not read what was sent", "Go back, reload the page and try again."),
    403: (
        "You may not see this page",
        "Your role does not include it. If your work needs it, ask an administrator.",
    ),
    404: (
        "Page not found",
        (
            "Check the id, or search for the person or family. Somebody who left every system, or"
            " whose record you may not see, has no page."
        ),
    ),
    405: ("That cannot be done here", "Go back to the page you came from."),
    413: ("What was sent is too large", "Search for something shorter."),
    429: ("Too many failed attempts to sign in", "Wait 15 minutes, then try again."),
    500: (
        "Something went wrong",
        (
            "Nothing was changed. Try again; if it happens again, tell the team that runs PEI Graph"
            " what you did and when."
        ),
    ),
    503: (
        "There is nothing to show yet",
        (
            "No run has finished in this workspace. Somebody has to load the sources first:"
            " pei run SOURCES --workspace W"
        ),
    ),
}
"""Title and advice for each status that a page can end with."""

Page = tuple[str, int]

UNAVAILABLE = 503
"""Whoever meets this meets it on every page, the search too."""


class QuietFlask(Flask):
    """An application that logs where a page failed and with what kind of error, not its message.

    The message of an error, unlike its place, may quote a value of a person.
    """

    def log_exception(self, exc_info: Any) -> None:
        """The kind of the error and the lines it passed through stand in the log.

        The product's own errors never hold a value, so their message stands there too.
        """
        kind, error, trace = exc_info
        said = f" ({error})" if isinstance(error, PeiError) else ""
        places = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(trace)]
        LOG.error("A page failed with %s%s at %s", kind.__name__, said, ", ".join(places))


NO_LEDGER = (
    "Who reads what is written down before it is shown, and that cannot be done just now. Try again"
    " in a minute. If you sent something, see whether it was kept before you send it again. If it"
    " lasts, tell the team that runs PEI Graph."
)

NEW_VERSION = (
    "PEI Graph has been brought to another version, and what it shows must be made again from the"
    " deliveries. Nothing is lost. Tell the team that runs PEI Graph."
)


def page(status: int, what: str | None = None, do: str | None = None, **parts: Any) -> Page:
    """Return the page of an error, with its status; ``parts`` are what else its template shows."""
    title, advice = ADVICE.get(status, ADVICE[500])
    parts |= {"title": what or title, "advice": do or advice, "away": status == UNAVAILABLE}
    return render_template("error.html", **parts), status


def explain(app: Flask) -> None:
    """Every error of ``app`` ends in a page that says what to do, and never shows its cause."""
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(WorkspaceError, _no_run)
    app.register_error_handler(OtherVersionError, _other_version)
    app.register_error_handler(LedgerError, _no_ledger)
    app.register_error_handler(UnauditedError, _unaudited)
    app.register_error_handler(InternalServerError, _unexpected)


def _http(error: HTTPException) -> Page:
    return page(error.code or 500)


def _expired(_error: CSRFError) -> Page:
    return page(400, "The form has expired")


def _no_run(_error: WorkspaceError) -> Page:
    return page(503)


def _other_version(error: OtherVersionError) -> Page:
    LOG.error("%s", error)
    return page(503, "These pages wait for a new run", NEW_VERSION)


def _no_ledger(error: LedgerError) -> Page:
    LOG.error("%s", error)
    return page(503, "The ledger does not answer", NO_LEDGER)


def _unaudited(error: UnauditedError) -> Page:
    LOG.error("%s", error)
    return page(500, "This could not be written to the audit trail, so it is not shown")


def _unexpected(_error: InternalServerError) -> Page:
    return page(500)
