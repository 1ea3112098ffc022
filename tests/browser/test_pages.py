"""Every page in a real browser: accessible, within the policy, and usable when it is narrow."""

import pytest
from accessible import RULES, TARGETS
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/families", "/family/F-1", "/person/P-3", "/explain/P-3", "/explain/P-3/P-8",
    "/history/P-3", "/network/F-1", "/network/F-1?open=P-6&from=P-8&to=P-6", "/sources", "/nowhere",
)  # fmt: skip

BROKEN = """[...document.querySelectorAll('.pei-grid td, .pei-grid th')].flatMap((cell) => {
    const words = [];
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        for (const word of texts.currentNode.data.matchAll(/[a-z0-9]+/gi)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            const tops = [...range.getClientRects()].map((line) => line.top);
            if (new Set(tops).size > 1) words.push(word[0]);
        }
    }
    return words;
})"""
"""Words of a table that stand on two lines."""


def open_everything(page: Page) -> None:
    """Every part that folds is open, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")


def go(page: Page, path: str) -> None:
    """The page at ``path`` has settled, its picture drawn where it has one."""
    page.goto(path)
    if path.startswith("/network"):
        page.wait_for_selector("#picture[data-drawn]")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, path: str) -> None:
    """No page breaks a rule of WCAG 2.2 AA that a machine can check, with all parts open."""
    go(page, path)
    open_everything(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


def test_axe_finds_nothing_on_results_and_login(page: Page) -> None:
    """Nor do the results of a search, the login, and the login with its errors."""
    page.goto("/")
    page.get_by_label("Find a person or a family").fill("tim example 12 invented road")
    page.get_by_role("button", name="Search").click()
    assert Axe().run(page, options=RULES).violations_count == 0
    page.get_by_role("button", name="Sign out").click()
    assert Axe().run(page, options=RULES).violations_count == 0
    page.get_by_role("button", name="Sign in").click()
    assert "Choose what you are here for" in page.get_by_role("alert").inner_text()
    assert Axe().run(page, options=RULES).violations_count == 0


@pytest.mark.parametrize("path", PAGES[:-1])
def test_the_policy_blocks_nothing_that_pages_need(
    page: Page, path: str, complaints: list[str]
) -> None:
    """The browser refuses, misses and complains about nothing."""
    go(page, path)
    open_everything(page)
    assert complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_reflow_at_400_per_cent(page: Page, path: str) -> None:
    """At 320 pixels, which is 1,280 at 400 %, the page itself never scrolls sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    go(page, path)
    open_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_targets_are_large_enough(page: Page, path: str) -> None:
    """Everything one presses is at least 24 pixels each way."""
    go(page, path)
    open_everything(page)
    assert page.evaluate(TARGETS) == []


def test_a_keyboard_reaches_the_search_and_its_results(page: Page) -> None:
    """Without a mouse: skip to the content, type, submit, open the first result."""
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("tim example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search")
    page.get_by_role("link", name="Tim Example", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/person/P-3")
    assert "Example" not in page.url


def test_a_cell_opens_the_facts_behind_it(page: Page) -> None:
    """The keyboard opens a cell of the grid: worker and telephone stand in it."""
    page.goto("/family/F-1")
    cell = page.locator("summary", has_text="Child protection plan since February 2026")
    facts = page.locator(".pei-fact", has_text="01632 960001").first
    assert not facts.is_visible()
    cell.focus()
    page.keyboard.press("Enter")
    assert facts.is_visible()


def test_nothing_comes_from_elsewhere(page: Page, address: str) -> None:
    """Every file that a page loads comes from this machine."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    go(page, "/network/F-1")
    assert asked
    assert {url for url in asked if not url.startswith(address)} == set()


def test_two_records_are_compared_by_keyboard(page: Page, complaints: list[str]) -> None:
    """From a possible match to the page of its records without a mouse; no address holds an id."""
    page.goto("/explain/P-3/P-8")
    page.get_by_role("button", name="Compare these two records").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/explain/pair")
    assert page.get_by_role("table", name="How the evidence adds up").is_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page, options=RULES).violations_count == 0
    assert page.evaluate(TARGETS) == []
    assert complaints == []


def test_whoever_goes_back_sees_what_was_compared(page: Page, complaints: list[str]) -> None:
    """Back from a person stands the comparison that led there, and no question to send a form."""
    page.goto("/explain/P-3/P-8")
    for _ in range(2):
        page.get_by_role("button", name="Compare these two records").first.click()
        page.wait_for_url("**/explain/pair")
        page.locator("main a[href='/person/P-3']").first.click()
        page.wait_for_url("**/person/P-3")
        page.go_back()
        expect(page.get_by_role("table", name="How the evidence adds up")).to_be_visible()
        page.go_back()
        page.wait_for_url("**/explain/P-3/P-8")
    page.goto("/explain/pair")
    expect(page.get_by_text("A comparison is not kept at an address")).to_be_visible()
    assert [said for said in complaints if "404" not in said] == []


def test_no_word_of_a_grid_is_broken(page: Page) -> None:
    """What each system says of a person is as wide as its longest word: the table scrolls."""
    page.goto("/person/P-3")
    cell = page.locator(".pei-grid--systems td").filter(has_text="Timothy").first
    cell.evaluate("(cell) => { cell.textContent = 'Featherstonehaughexample'; }")
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(BROKEN) == []


def test_a_word_without_end_makes_no_page_wider(page: Page) -> None:
    """Whatever is typed is told on the page's own width."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#q").fill("x" * 200)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Looked for name")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["/network/F-1", "/review"])
def test_nothing_is_offered_that_only_a_script_does(page: Page, path: str) -> None:
    """Without scripts no box and no button stands there that would do nothing."""
    page.context.route("**/*.js", lambda route: route.abort())
    page.goto(path)
    assert page.locator("#legend, #keys").count() == 1
    assert not page.locator("#legend, #keys").is_visible()
    page.context.unroute("**/*.js")
    page.goto(path)
    expect(page.locator("#legend, #keys")).to_be_visible()


def test_the_mark_is_whole_in_forced_colours(page: Page) -> None:
    """Where a reader's own colours stand, no dot of it has the ground's."""
    page.emulate_media(forced_colors="active")
    ground = "getComputedStyle(document.querySelector('.pei-header')).backgroundColor"
    fill = "(dots) => dots.map((dot) => getComputedStyle(dot).fill)"
    dots = page.locator(".pei-header__mark circle").evaluate_all(fill)
    assert len(dots) == 3
    assert page.evaluate(ground) not in dots


def test_whoever_goes_back_sees_what_was_found(page: Page, complaints: list[str]) -> None:
    """Back from a person stand the results that led there, once more and at the same address."""
    page.locator("#q").fill("Tim Example")
    page.get_by_role("button", name="Search").click()
    page.locator(".pei-card a[href='/person/P-3']").click()
    page.wait_for_url("**/person/P-3")
    page.go_back()
    page.locator(".pei-card a[href='/person/P-3']").click()
    page.wait_for_url("**/person/P-3")
    page.go_back()
    expect(page.locator("#q")).to_have_value("Tim Example")
    expect(page.locator(".pei-card a[href='/person/P-3']")).to_be_visible()
    page.go_back()
    page.wait_for_url("**/")
    assert complaints == []
