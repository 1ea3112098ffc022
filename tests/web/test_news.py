"""What is new of a family, and where it stands on the programme."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import AnalystOf, signed_in
from tests.web.test_pages import see
from webapp.reads.programme import Standing, standing

POLICE_BEFORE = """
INSERT INTO deliveries BY NAME
SELECT 'asp-early' AS delivery_id, 'asp' AS source, 'incidents' AS list, 'asp_before.csv' AS file,
    md5('before') AS sha256, 1000 AS bytes, DATE '2026-08-30' AS delivered_on, 0 AS sequence,
    false AS latest, 'loaded' AS status, 0 AS rows_in, 0 AS repeated;
"""
"""The police delivered a month before, and so told their incidents of the last delivery anew."""

ON_THE_PROGRAMME = """
INSERT INTO facts BY NAME
SELECT 90 + number AS fact_id, 'involvement' AS kind, 'lcs:1022' AS record_id, type, status,
    from_date, to_date, 'lcs' AS source, 'lcs-1' AS delivery_id, 3 AS row,
    DATE '2026-09-28' AS first_told
FROM (VALUES
    (1, 'programme_case', 'proposed', DATE '2025-12-20', NULL),
    (2, 'programme_case', 'enrolled', DATE '2026-01-14', NULL),
    (3, 'programme_review', 'worse', DATE '2026-04-14', NULL),
    (4, 'programme_review', 'no change', DATE '2026-07-14', NULL)
) t(number, type, status, from_date, to_date);
"""


@pytest.fixture(scope="module")
def later(analyst_of: AnalystOf) -> FlaskClient:
    """The browser of an analyst of a council whose police have delivered twice."""
    return analyst_of(POLICE_BEFORE + ON_THE_PROGRAMME)


@pytest.mark.parametrize(
    "said",
    [
        "What is new since 2 September 2026",
        "28/09/2026 Testa Example Domestic abuse incident as victim 19/08/2026 ASP (police)",
        "Domestic abuse Met new facts",
        "facts behind it, new ones among them, in the grid below",
        "from the next delivery on: Capita One (education), LCS (children's social care).",
    ],
)
def test_what_was_told_lately_is_seen(later: FlaskClient, said: str) -> None:
    """The overview lists it, marks what rests upon it, and says where nothing can be new yet."""
    assert said in see(later, "/family/F-1")


def test_what_a_first_delivery_tells_is_not_new(analyst: FlaskClient) -> None:
    """Where every system has delivered once, nothing is called new, and the page says why."""
    text = see(analyst, "/family/F-1")
    new = text[text.index("What is new") : text.index("Who works with them now")]
    assert "Told" not in new
    assert "Nothing can be new yet: every system that knows them has delivered once." in new
    assert "new facts" not in text


def test_families_are_filtered_by_news(later: FlaskClient) -> None:
    """Whoever asks for news sees the families of whom there is any, with how much."""
    text = see(later, "/families?state=any&news=yes")
    assert "1 family; 1 to 1 shown" in text
    assert "3 new facts" in text
    assert "families;" in see(later, "/families?state=any")


def test_a_family_on_the_programme_is_told_so(later: FlaskClient, analyst: FlaskClient) -> None:
    """The head says since when, how the last review ended, and whom the register names."""
    assert (
        "Programme: enrolled 14 January 2026, last reviewed 14 July 2026 (no change),"
        " for 1 of the 5 people here"
    ) in see(later, "/family/F-1")
    assert "Programme: no case known" in see(analyst, "/family/F-1")


def test_a_review_of_an_earlier_case_is_not_this_ones() -> None:
    """A case that began anew has not been reviewed by what was reviewed before."""
    case = {"type": "programme_case", "person_id": "P-1", "until": None}
    proposed = {**case, "status": "proposed", "since": date(2026, 5, 1)}
    closed = {**case, "status": "closed", "since": date(2025, 1, 1), "until": date(2025, 9, 1)}
    review = {"type": "programme_review", "since": date(2025, 8, 1), "status": "progress"}
    assert standing([proposed, review, closed]) == Standing(
        "proposed", date(2026, 5, 1), None, None, None, 1
    )
    assert standing([review]) is None


SEALED_NEWS = """
INSERT INTO deliveries BY NAME
SELECT 'lcs-early' AS delivery_id, 'lcs' AS source, 'clients' AS list, 'lcs_before.csv' AS file,
    md5('before') AS sha256, 1000 AS bytes, DATE '2026-08-30' AS delivered_on, 0 AS sequence,
    false AS latest, 'loaded' AS status, 0 AS rows_in, 0 AS repeated;
INSERT INTO facts BY NAME
SELECT unnest([95, 96, 97]) AS fact_id, unnest(['address', 'relationship', 'relationship']) AS kind,
    'lcs:1022' AS record_id, unnest(['residence', 'sibling', 'sibling']) AS type,
    unnest(['A-9', NULL, NULL]) AS address_id,
    unnest([NULL, 'lcs:1099', 'lcs:1024']) AS other_record_id, 'lcs' AS source,
    'lcs-1' AS delivery_id, 3 AS row, DATE '2026-09-28' AS first_told;
"""


def test_news_betrays_nobody_sealed(analyst_of: AnalystOf) -> None:
    """That a child has a sealed sister, or lived with her, is news to an administrator alone."""
    browser = analyst_of(SEALED_NEWS)
    seen = see(browser, "/family/F-1")
    told = see(signed_in(browser.application, "admin"), "/family/F-1")
    assert "Sibling of Baby Example" in seen
    for sealed in ("Sibling of Hidden Sealed", "9 Sealed Close"):
        assert sealed not in seen
        assert sealed in told
