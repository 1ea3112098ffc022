"""Serves the pages with waitress."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from waitress import serve as serve_wsgi

from pei_graph.errors import PeiError
from pei_graph.ledger import Ledger, ensure_first_user, has_users
from pei_graph.settings import Settings
from webapp.app import create_app, is_local
from webapp.build_assets import missing_assets

THREADS = 8


def serve(
    workspace: Path,
    settings: Settings,
    *,
    host: str,
    port: int,
    tell: Callable[[str], None] = print,
) -> None:
    """The pages of ``workspace`` are served until the process is ended.

    The first time, a user is made whose password is told once. Raises ``PeiError`` where the
    browser assets are missing, or the host is open to others without a secret or without a user.
    """
    if missing := missing_assets():
        raise PeiError(
            f"The browser assets are missing: {', '.join(missing)}",
            do="Run `make assets`, or `python webapp/build_assets.py`",
        )
    chosen = settings.model_copy(update={"host": host, "port": port})
    app = create_app(workspace, chosen)
    if is_local(host):
        introduce(app.extensions["ledger"], tell)
    else:
        require_somebody(app.extensions["ledger"])
    tell(f"The pages are at http://{host}:{port} (Ctrl+C ends them)")
    serve_wsgi(app, host=host, port=port, **how_to_serve(chosen))


def how_to_serve(settings: Settings) -> dict[str, Any]:
    """Return what waitress is told: behind a proxy, that it says from which address somebody asks.

    Without that all would seem to ask from the proxy's, and one who cannot remember a password
    would make everybody wait. What others than the proxy say of an address is passed over.
    """
    options: dict[str, Any] = {"threads": THREADS, "ident": None}
    if settings.trusted_proxy:
        options |= {
            "trusted_proxy": settings.trusted_proxy,
            "trusted_proxy_headers": {"x-forwarded-for"},
            "clear_untrusted_proxy_headers": True,
        }
    return options


def introduce(ledger: Ledger, tell: Callable[[str], None]) -> None:
    """There is a user who can sign in; a new one's name and password are told, once."""
    if credentials := ensure_first_user(ledger):
        tell(f"Sign in as {credentials.name} with password {credentials.password}")
        tell("This password is shown once; it is kept only as a hash.")


def require_somebody(ledger: Ledger) -> None:
    """Raise where nobody may sign in: what a server tells ends in a log, so it makes nobody up."""
    if not has_users(ledger):
        raise PeiError(
            "Nobody may sign in yet", do="Run `pei invite NAME --role admin`, then serve the pages"
        )
