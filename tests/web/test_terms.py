"""Pages say in words what sources state in types and codes, of a council's own contracts too."""

import html
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from pei_graph.contract import Term, read_contracts

RENT = Term(title="Visit about the rent", momentary=True)
STATED = """
INSERT INTO facts BY NAME
SELECT fact_id, 'involvement' AS kind, record_id, type, status, detail,
    from_date, source, delivery_id, "row", first_seen AS first_told
FROM records
CROSS JOIN (VALUES
    (97, 'rent_visit', NULL, NULL, DATE '2026-06-01'),
    (98, 'assessment_factor', NULL, '2B', DATE '2026-06-02'),
    (99, 'looked_after', 'C2', 'U6: Placement', DATE '2026-06-03')
) t(fact_id, type, status, detail, from_date)
WHERE record_id = 'lcs:1022'
"""


@pytest.fixture(scope="module")
def browser(analyst_of: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of an analyst whose council's own contract of a source has a type of its own."""
    packaged = read_contracts()
    own = packaged["lcs"].model_copy(update={"terms": {"rent_visit": RENT}})
    return analyst_of(STATED, contracts={**packaged, "lcs": own})


def test_a_type_of_a_source_alone_has_its_title(browser: FlaskClient) -> None:
    """What a council's own contract calls it stands in the grid, and a visit does not go on."""
    text = html.unescape(browser.get("/person/P-3").text)
    assert "Visit about the rent" in text
    assert "from 01/06/2026, no end given" not in text


def test_a_code_is_told_in_words(browser: FlaskClient) -> None:
    """The code that the source gives stands behind; what is no code stands as it is."""
    for page in ("/person/P-3", "/family/F-1"):
        text = html.unescape(browser.get(page).text)
        assert "Drug misuse: a parent or carer (2B)" in text
        assert "Full care order (C2)" in text
        assert "U6: Placement" in text
