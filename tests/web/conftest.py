"""The pages of a small invented council, and somebody of each role who is signed in to them."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from mini_council import PASSWORD, make_workspace

from pei_graph.settings import Settings
from webapp import create_app

SignIn = Callable[[str], FlaskClient]


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings small enough for a test."""
    return Settings(graph_buffer_mb=512, memory_limit="500MB", threads=2)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """A workspace with one finished run."""
    return make_workspace(tmp_path_factory.mktemp("council"), settings).root


@pytest.fixture(scope="session")
def app(workspace: Path, settings: Settings) -> Iterator[Flask]:
    """The pages of the workspace; forms need no token, except where a test asks for it."""
    made = create_app(workspace, settings)
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions["readers"].close()
    made.extensions["ledger"].close()


@pytest.fixture(scope="session")
def sign_in(app: Flask) -> SignIn:
    """Return the browser of a role's user, who signs in once for all tests."""

    @cache
    def signed_in(role: str) -> FlaskClient:
        browser = app.test_client()
        browser.post(
            "/login",
            data={"name": role, "password": PASSWORD, "purpose": "Checking data quality"},
        )
        return browser

    return signed_in


@pytest.fixture
def analyst(sign_in: SignIn) -> FlaskClient:
    """The browser of an analyst who is signed in."""
    return sign_in("analyst")
