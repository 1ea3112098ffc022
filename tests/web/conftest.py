"""The pages of a small invented council, and somebody of each role who is signed in to them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from mini_council import PASSWORD, make_workspace, publish_run

from pei_graph.contract import Contract
from pei_graph.settings import Settings
from webapp import create_app

SignIn = Callable[[str], FlaskClient]
AnalystOf = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings small enough for a test."""
    return Settings(graph_buffer_mb=512, memory_limit="500MB", threads=2)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """A workspace with one finished run."""
    return make_workspace(tmp_path_factory.mktemp("council"), settings).root


@contextmanager
def pages(workspace: Path, settings: Settings) -> Iterator[Flask]:
    """Give a workspace's pages; forms need no token, except where a test asks for it."""
    made = create_app(workspace, settings)
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions["readers"].close()
    made.extensions["ledger"].close()


def signed_in(app: Flask, role: str) -> FlaskClient:
    """Return the browser of a role's user, who has signed in."""
    browser = app.test_client()
    browser.post(
        "/login", data={"name": role, "password": PASSWORD, "purpose": "Checking data quality"}
    )
    return browser


@pytest.fixture(scope="session")
def app(workspace: Path, settings: Settings) -> Iterator[Flask]:
    """The pages of the workspace."""
    with pages(workspace, settings) as made:
        yield made


@pytest.fixture(scope="module")
def analyst_of(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[AnalystOf]:
    """Give what returns an analyst's browser of the council, changed by statements."""
    with ExitStack() as closing:

        def browser(statements: str, **by: Mapping[str, Contract]) -> FlaskClient:
            workspace = make_workspace(tmp_path_factory.mktemp("changed"), settings)
            publish_run(workspace, settings, statements, **by)
            return signed_in(closing.enter_context(pages(workspace.root, settings)), "analyst")

        yield browser


@pytest.fixture(scope="session")
def sign_in(app: Flask) -> SignIn:
    """Return the browser of a role's user, who signs in once for all tests."""
    return cache(partial(signed_in, app))


@pytest.fixture
def analyst(sign_in: SignIn) -> FlaskClient:
    """The browser of an analyst who is signed in."""
    return sign_in("analyst")
