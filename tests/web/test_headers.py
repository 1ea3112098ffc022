"""Every response carries the headers that keep a page to itself."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.headers import HEADERS

PAGES = ("/", "/families", "/family/F-1", "/person/P-3", "/network/F-1", "/sources", "/nobody")


@pytest.mark.parametrize("path", [*PAGES, "/login", "/healthz", "/static/pei.css", "/static/x"])
def test_headers_are_on_every_response(analyst: FlaskClient, path: str) -> None:
    """Pages, files and errors carry every header, and pages are not stored."""
    with analyst.get(path) as response:
        headers = response.headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert headers["Cache-Control"] == ("max-age=3600" if path.endswith("css") else "no-store")


def test_the_policy_allows_own_files_alone() -> None:
    """Nothing is allowed by default, nothing inline, nothing evaluated, no framing."""
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe|http|data:|\*", policy)


@pytest.mark.parametrize("path", [*PAGES, "/login"])
def test_pages_hold_nothing_inline(analyst: FlaskClient, path: str) -> None:
    """No page has an inline style, script or handler, or loads from anywhere else."""
    text = analyst.get(path).text
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", text)
    assert set(re.findall(r'(?:src|href)="(https?:)?//', text)) == set()


def test_other_machines_are_told_to_stay_on_https(app: Flask) -> None:
    """This machine's own pages, without HTTPS, do not claim it."""
    assert "Strict-Transport-Security" not in app.test_client().get("/login").headers
