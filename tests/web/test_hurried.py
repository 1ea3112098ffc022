"""Whoever presses twice, has two tabs open or types without end harms nothing and is told so."""

import re

from tests.web.conftest import AnalystOf


def test_a_verdict_that_is_sent_twice_is_told_as_saved(analyst_of: AnalystOf) -> None:
    """The second of two presses finds the first kept; another verdict from another tab is none."""
    browser = analyst_of("SELECT 1")
    ends = dict(re.findall(r'name="(record_[lr])" value="([^"]+)"', browser.get("/review").text))
    for _ in range(2):
        form = {**ends, "verdict": "unsure"}
        text = browser.post("/review/verdict", data=form, follow_redirects=True).text
        assert "Saved: <strong>unsure</strong>" in text
        assert "Nothing was recorded" not in text
    form = {**ends, "verdict": "same"}
    text = browser.post("/review/verdict", data=form, follow_redirects=True).text
    assert "That pair is no longer before you. Nothing was recorded for it." in text
    assert '<dd id="decided">1</dd>' in text
