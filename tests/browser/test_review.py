"""The review by keyboard: one key a decision, nothing decided is lost however the server ends."""

import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from accessible import RULES, TARGETS
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from mini_council import PASSWORD
from playwright.sync_api import Browser, Page

from pei_graph.cli import main
from pei_graph.ledger import Judgement, create_user, history, open_ledger
from pei_graph.workspace import Workspace

pytestmark = pytest.mark.browser

WANTED_AN_HOUR = 200
VERDICTS = {"s": "same", "d": "different", "u": "unsure"}
DECISIONS = 15
KILLS = 3
LONGEST_START = 60


class Server:
    """The pages of a workspace, served by a process that can be killed."""

    def __init__(self, root: Path) -> None:
        """Choose where to serve; nothing is served yet."""
        self.workspace = Workspace(root)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """The pages answer."""
        command = [sys.executable, "-m", "pei_graph", "serve", "-w", str(self.workspace.root)]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)], stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + LONGEST_START
        while not self._answers():
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + "/healthz", timeout=1) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """The process is gone, without a chance to finish anything."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def judgements(self) -> list[Judgement]:
        """Return every judgement in the ledger, oldest first."""
        with open_ledger(self.workspace.ledger) as ledger:
            return history(ledger)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of an invented council that leaves some pairs to be judged."""
    folder = tmp_path_factory.mktemp("review")
    for command in (
        ["generate", str(folder), "--people", "600", "--seed", "5"],
        ["run", str(folder / "sources"), "--workspace", str(folder / "w")],
    ):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
    with open_ledger(Workspace(folder / "w").ledger) as ledger:
        for name in ("testa", "tim"):
            create_user(ledger, name, PASSWORD, "reviewer")
    return folder / "w"


@pytest.fixture
def server(council: Path) -> Iterator[Server]:
    """The council's pages, served by a process of their own."""
    made = Server(council)
    made.start()
    yield made
    made.kill()


def signed_in(browser: Browser, server: Server, name: str) -> Page:
    """A page on which a reviewer has signed in and opened the review."""
    context = browser.new_context(base_url=server.address, viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Checking data quality").check()
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    page.goto("/review")
    return page


def shown(page: Page) -> tuple[str, str]:
    """Return the pair before the reviewer once the page listens to keys."""
    page.wait_for_selector("html[data-keys=ready]")
    left = page.locator("input[name=record_l]").input_value()
    return left, page.locator("input[name=record_r]").input_value()


def press(page: Page, key: str) -> tuple[str, str]:
    """The key has been answered by the next page; return the pair it shows."""
    page.evaluate("delete document.documentElement.dataset.keys")
    page.keyboard.press(key)
    return shown(page)


def test_a_reviewer_decides_by_single_keys(chromium: Browser, server: Server) -> None:
    """One key a decision and nothing else: far more than 200 an hour, each as it was pressed."""
    page = signed_in(chromium, server, "testa")
    chance = random.Random(1)  # noqa: S311 - keys, not secrets
    pressed = []
    pair, began = shown(page), time.monotonic()
    for _ in range(DECISIONS):
        key = chance.choice("sdu")
        pressed.append((*pair, VERDICTS[key]))
        following = press(page, key)
        assert following != pair
        pair = following
    an_hour = DECISIONS / (time.monotonic() - began) * 3600
    kept = [(*judgement.pair, judgement.verdict) for judgement in server.judgements()]
    assert kept == pressed
    assert an_hour > WANTED_AN_HOUR
    assert press(page, "z") == (pressed[-1][0], pressed[-1][1])
    assert server.judgements()[-1].withdrawn_by == "testa"
    page.keyboard.press("h")
    page.wait_for_url("**/review/history")
    page.keyboard.press("r")
    assert shown(page) == (pressed[-1][0], pressed[-1][1])
    page.context.close()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(
    chromium: Browser, server: Server
) -> None:
    """Killed after any keystroke: all that a next page acknowledged is there, and it goes on."""
    page = signed_in(chromium, server, "tim")
    chance = random.Random(2)  # noqa: S311 - keys, not secrets
    acknowledged: list[tuple[str, str, str]] = []
    for _ in range(KILLS):
        pair = shown(page)
        for _ in range(chance.randrange(1, 4)):
            key = chance.choice("sdu")
            said = (*pair, VERDICTS[key])
            pair = press(page, key)
            acknowledged.append(said)
        last = (*pair, "unsure")
        page.evaluate("document.querySelector('[data-key=u]').click()")
        page.wait_for_timeout(chance.randrange(0, 60))
        server.kill()
        kept = [(*one.pair, one.verdict) for one in server.judgements() if one.by == "tim"]
        assert kept[: len(acknowledged)] == acknowledged
        assert kept[len(acknowledged) :] in ([], [last])
        acknowledged = kept
        server.start()
        page.goto("/review")
        assert {*shown(page)} not in [{left, right} for left, right, _ in acknowledged]
    numbers = [one.id for one in server.judgements()]
    assert numbers == list(range(1, len(numbers) + 1))
    page.context.close()


def test_keys_can_be_switched_off_and_typing_is_no_verdict(
    chromium: Browser, server: Server
) -> None:
    """A letter in the field for the reason, or with single keys off, decides nothing."""
    page = signed_in(chromium, server, "tim")
    pair, before = shown(page), len(server.judgements())
    page.get_by_label("Why, if the page does not say it").fill("")
    page.keyboard.type("sdu")
    page.keyboard.press("Tab")
    page.get_by_label("Single keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("d")
    page.reload()
    page.keyboard.press("d")
    assert shown(page) == pair
    assert len(server.judgements()) == before
    page.get_by_label("Single keys").check()
    page.context.close()


@pytest.mark.parametrize("width", [1366, 320])
def test_the_review_is_accessible_at_any_width(
    chromium: Browser, server: Server, width: int
) -> None:
    """Axe finds nothing on the review, its history and mending; nothing scrolls sideways."""
    page = signed_in(chromium, server, "testa")
    page.set_viewport_size({"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    person = page.locator(".pei-side__title a").first.get_attribute("href")
    for path in ("/review", "/review/history", f"{person}/mend"):
        page.goto(path)
        if path == "/review":
            page.wait_for_selector(".pei-follows")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(TARGETS) == []
    assert complaints == []
    page.context.close()


def test_a_person_is_mended_after_seeing_what_follows(chromium: Browser, server: Server) -> None:
    """Tick a record, read what follows, confirm: the judgements stand and the history tells."""
    page = signed_in(chromium, server, "tim")
    split = SimpleNamespace(before=len(server.judgements()))
    person = page.locator(".pei-side__title a").last.get_attribute("href")
    page.goto(f"{person}/mend")
    page.locator(".pei-tick").first.check()
    page.get_by_label("Why?").fill("a test")
    page.get_by_role("button", name="Show what would follow").click()
    told = page.locator(".pei-foreseen, .govuk-error-summary")
    assert told.first.is_visible()
    assert len(server.judgements()) == split.before
    if page.get_by_role("button", name="Confirm").count():
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url("**/review/history")
        assert len(server.judgements()) > split.before
    page.context.close()
