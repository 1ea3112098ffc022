"""A source that could not be read is told of wherever its silence could be taken for an answer."""

import html
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

REFUSED = """
INSERT INTO deliveries BY NAME
SELECT source || '-' || list AS delivery_id, source, list, list || '.csv' AS file,
    md5(list) AS sha256, 1000 AS bytes, CAST(delivered_on AS DATE) AS delivered_on, 2 AS sequence,
    false AS latest, false AS overtaken, 'refused' AS status, 0 AS rows_in, 0 AS repeated
FROM (VALUES
    ('estart', 'registrations', '2026-09-28'),
    ('lcs', 'factors', '2026-09-28'),
    ('capita_one', 'pupils', '2026-09-01')
) t(source, list, delivered_on)
"""


@pytest.fixture(scope="module")
def browser(analyst_of: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of an analyst whose council's newest deliveries were refused in part."""
    return analyst_of(REFUSED)


@pytest.mark.parametrize("path", ["/", "/family/F-1", "/person/P-3", "/sources"])
def test_pages_say_which_sources_are_silent(browser: FlaskClient, path: str) -> None:
    """A source of which nothing was read is named, and a list where others of it were read.

    A list that was read on a later day than the refused file is not.
    """
    text = html.unescape(browser.get(path).text)
    assert "eStart (children's centres); LCS (children's social care): factors. Do not" in text
    assert "Capita One (education): pupils" not in text


def test_nothing_is_said_where_all_was_read(analyst: FlaskClient) -> None:
    """A file that was refused and followed by a sound one makes no page uneasy."""
    for path in ("/", "/family/F-1", "/person/P-3", "/sources"):
        assert "could not be read" not in analyst.get(path).text


def test_a_source_that_was_never_read_has_its_title(browser: FlaskClient) -> None:
    """The page of sources names it as its contract does."""
    text = html.unescape(browser.get("/sources").text)
    assert '<th scope="row" class="govuk-table__header">eStart (children\'s centres)</th>' in text
