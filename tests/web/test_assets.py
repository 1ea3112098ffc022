"""The browser assets come from a lock file, without a typeface or crest that is not ours."""

import json
from importlib.resources import files

import pytest

from webapp.build_assets import AssetError, plain_styles

LOCK = files("webapp") / "package-lock.json"


def test_the_lock_file_pins_without_a_host() -> None:
    """Every package has a digest and none an address to fetch it from."""
    text = LOCK.read_text(encoding="utf-8")
    packages = {k: v for k, v in json.loads(text)["packages"].items() if k}
    assert "://" not in text
    assert {name for name, package in packages.items() if "integrity" not in package} == set()


def test_styles_lose_what_only_government_may_show() -> None:
    """The typeface and the crest go; the rest stays as it was."""
    styles = (
        "@font-face{font-family:GDS Transport;src:url(/a.woff2)}"
        "p{font-family:GDS Transport,arial}a{background:url(/assets/images/govuk-crest.svg)}"
    )
    assert plain_styles(styles) == "p{font-family:arial}a{background:none}"


def test_styles_that_name_another_asset_are_refused() -> None:
    """A release that names further files is not copied with its links broken."""
    with pytest.raises(AssetError, match="not packaged here"):
        plain_styles("a{background:url(/assets/images/new.svg)}")
