"""Behind a proxy each address answers for its own failed log-ins; only the proxy is believed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress.adjustments import Adjustments
from waitress.proxy_headers import proxy_headers_middleware

from pei_graph.settings import Settings
from webapp import create_app
from webapp.server import how_to_serve
from webapp.views import login

PROXY = "127.0.0.1"
HERE, OTHER = "192.0.2.1", "192.0.2.2"
TRIES = 3


@pytest.fixture
def app(tmp_path: Path, settings: Settings) -> Iterator[Flask]:
    """Pages to which nobody can sign in."""
    made = create_app(tmp_path, settings)
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions["ledger"].close()


def asked_through(app: Flask, settings: Settings) -> FlaskClient:
    """Return a browser whose requests reach the pages as waitress hands them on."""
    told = Adjustments(**how_to_serve(settings))
    if told.trusted_proxy:
        app.wsgi_app = proxy_headers_middleware(  # type: ignore[method-assign]
            app.wsgi_app,
            trusted_proxy=told.trusted_proxy,
            trusted_proxy_count=told.trusted_proxy_count,
            trusted_proxy_headers=told.trusted_proxy_headers,
            clear_untrusted=told.clear_untrusted_proxy_headers,
        )
    return app.test_client()


@pytest.mark.parametrize(
    ("trusted", "other"), [(PROXY, 401), ("*", 401), ("192.0.2.9", 429), ("", 429)]
)
def test_an_address_answers_for_itself(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, trusted: str, other: int
) -> None:
    """Too many failures make an address wait, and no other where the proxy tells them apart."""
    monkeypatch.setattr(login, "MOST_FROM_ONE_ADDRESS", TRIES)
    browser = asked_through(app, settings.model_copy(update={"trusted_proxy": trusted}))
    names = iter(range(99))

    def fail(address: str) -> int:
        answer = {"name": f"nobody{next(names)}", "purpose": "Checking data quality"}
        said = {"X-Forwarded-For": address}
        met = {"REMOTE_ADDR": PROXY}
        return browser.post("/login", data=answer, headers=said, environ_base=met).status_code

    assert [fail(HERE) for _ in range(TRIES)] == [401] * TRIES
    assert fail(HERE) == 429
    assert fail(OTHER) == other
