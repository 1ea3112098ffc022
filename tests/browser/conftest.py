"""A real Chromium on the pages of a small invented council, served on this machine alone."""

import logging
import shutil
import threading
from collections.abc import Iterator

import pytest
from mini_council import PASSWORD, make_workspace
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from pei_graph.settings import Settings
from webapp import create_app

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages."""
    settings = Settings(graph_buffer_mb=512, memory_limit="500MB", threads=2)
    root = make_workspace(tmp_path_factory.mktemp("council"), settings).root
    app = create_app(root, settings)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["readers"].close()
    app.extensions["ledger"].close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about: blocked by the policy, missing, or failed."""
    return []


@pytest.fixture
def page(chromium: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    """A page on which an analyst has signed in."""
    context = chromium.new_context(base_url=address, viewport={"width": 1366, "height": 900})
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto("/login")
    opened.get_by_label("User name").fill("analyst")
    opened.get_by_label("Password", exact=True).fill(PASSWORD)
    opened.get_by_label("Checking data quality").check()
    opened.get_by_role("button", name="Sign in").click()
    opened.wait_for_url("**/")
    yield opened
    context.close()
