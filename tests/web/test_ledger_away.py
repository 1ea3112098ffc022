"""Pages show nothing while the ledger is away, say so, and go on by themselves when it is back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from mini_council import PASSWORD, make_workspace
from postgres_server import Server, running

from pei_graph.errors import PeiError
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp import create_app, serve


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of this module's own, that may be stopped."""
    with running() as made:
        yield made


@pytest.fixture
def reviewer(server: Server, tmp_path: Path) -> Iterator[FlaskClient]:
    """The browser of a reviewer who is signed in to pages whose ledger is on the server."""
    settings = server.settings(server.database())
    app = create_app(make_workspace(tmp_path / "w", settings).root, settings)
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    answer = {"name": "reviewer", "password": PASSWORD, "purpose": "Checking data quality"}
    browser.post("/login", data=answer)
    yield browser
    app.extensions["readers"].close()
    app.extensions["ledger"].close()


@pytest.mark.postgres
def test_nothing_is_shown_while_the_ledger_is_away(server: Server, reviewer: FlaskClient) -> None:
    """Every page says what to do and shows nobody; once it is back the session still holds."""
    assert "Example" in reviewer.get("/person/P-3").text
    server.stop("immediate")
    for path in ("/person/P-3", "/review", "/", "/login"):
        answer = reviewer.get(path)
        assert answer.status_code == 503
        assert "The ledger does not answer" in answer.text
        assert "Example" not in answer.text
    health = reviewer.get("/healthz")
    assert (health.status_code, health.text) == (503, "not ok\n")
    server.start()
    assert reviewer.get("/healthz").text == "ok\n"
    assert "Example" in reviewer.get("/person/P-3").text


@pytest.fixture
def for_others(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of pages for other machines, whose secret a file is to hold."""
    file = tmp_path / "secret"
    return settings.model_copy(update={"host": "0.0.0.0", "secret_key_file": file})  # noqa: S104


def test_a_secret_is_taken_from_a_file(workspace: Path, for_others: Settings) -> None:
    """Pages for other machines start with a secret that a file holds."""
    assert for_others.secret_key_file is not None
    for_others.secret_key_file.write_text("x" * 32 + "\n", encoding="utf-8")
    app = create_app(workspace, for_others)
    assert app.config["SECRET_KEY"] == b"x" * 32
    app.extensions["ledger"].close()


@pytest.mark.parametrize(("secret", "said"), [(b"short\n", "too short"), (b"\xff", "be read")])
def test_a_file_without_a_secret_is_refused(
    workspace: Path, for_others: Settings, secret: bytes, said: str
) -> None:
    """A secret that is short or no text ends the start with what to do."""
    assert for_others.secret_key_file is not None
    with pytest.raises(PeiError, match="cannot be read"):
        create_app(workspace, for_others)
    for_others.secret_key_file.write_bytes(secret)
    with pytest.raises(PeiError, match=said):
        create_app(workspace, for_others)


def test_pages_for_others_make_nobody_up(for_others: Settings, tmp_path: Path) -> None:
    """What a server tells ends in a log: it starts once somebody was invited, and tells nothing."""
    assert for_others.secret_key_file is not None
    for_others.secret_key_file.write_text("x" * 32, encoding="utf-8")
    Workspace(tmp_path / "w").create()
    said: list[str] = []
    with pytest.raises(PeiError, match="pei invite"):
        serve(tmp_path / "w", for_others, host="0.0.0.0", port=1, tell=said.append)  # noqa: S104
    assert said == []
