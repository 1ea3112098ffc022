"""What the product stands on is bounded, locked without hosts, and permissively licensed."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PERMISSIVE = re.compile(
    r"\b(MIT(-0|-CMU)?|0?BSD|ISC|Apache|PSF(L|-2\.0)?|Python Software Foundation|ZPL|Zope Public|"
    r"HPND|Zlib|CC0-1\.0|Unlicense)\b",
    re.IGNORECASE,
)
"""Licences that ask for no more than a notice."""

RECIPROCAL = re.compile(r"\b(A|L)?GPL|MPL|EPL|CDDL|EUPL|GNU|Mozilla\b", re.IGNORECASE)
"""Licences that ask for source in return, which a council's supplier may not be able to give."""

CHOSEN = {
    "certifi": "MPL: a list of authorities that py2neo asks for, unchanged, and only in a notebook",
}
"""Packages of extras that ask for more than a notice, each with why that is borne."""

LOCKS = (
    "requirements.lock",
    "requirements-server.lock",
    "requirements-dev.lock",
    "requirements-assets.lock",
)


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    """The project file."""
    return tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))


def _declared(project: dict[str, Any]) -> Iterator[Requirement]:
    texts = list(project["build-system"]["requires"])
    texts += project["project"]["dependencies"]
    for group in (
        project["project"].get("optional-dependencies", {}),
        project["dependency-groups"],
    ):
        texts += [text for requirements in group.values() for text in requirements]
    return map(Requirement, texts)


def test_every_dependency_has_an_upper_bound(project: dict[str, Any]) -> None:
    """A release that does not exist yet cannot break an installation."""
    floating = {
        required.name
        for required in _declared(project)
        if not any(bound.operator in {"<", "<=", "==", "~="} for bound in required.specifier)
    }
    assert floating == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_with_digests_and_names_no_host(repository: Path, lock: str) -> None:
    """Each package stands at one version with its digests; none says where to fetch it."""
    text = (repository / lock).read_text("utf-8")
    blocks = [block for block in re.split(r"^(?=\S)", text, flags=re.MULTILINE) if block.strip()]
    loose = {
        block.split()[0]
        for block in blocks
        if not re.match(r"[\w.-]+==\S+", block) or "--hash=sha256:" not in block
    }
    assert (loose, "://" in text) == (set(), False)


def test_the_lock_files_hold_every_declared_package(
    repository: Path, project: dict[str, Any]
) -> None:
    """Nothing is declared and left out of the locks, so installing asks nobody for a version."""
    locked: set[str] = set()
    for lock in LOCKS:
        text = (repository / lock).read_text("utf-8")
        locked |= {
            canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
        }
    declared = {canonicalize_name(required.name) for required in _declared(project)}
    assert declared - locked == set()


def test_each_lock_file_holds_the_one_before_it(repository: Path) -> None:
    """What runs a server, and what develops the product, is what runs the product, and more."""
    names = ("requirements.lock", "requirements-server.lock", "requirements-dev.lock")
    pinned = [
        {*re.findall(r"^[\w.-]+==[\w.+!]+", (repository / name).read_text("utf-8"), re.MULTILINE)}
        for name in names
    ]
    assert pinned[0]
    assert (pinned[0] - pinned[1], pinned[1] - pinned[2]) == (set(), set())


def _closure(name: str, seen: dict[str, Distribution]) -> dict[str, Distribution]:
    found = distribution(name)
    seen[canonicalize_name(name)] = found
    for required in map(Requirement, found.requires or ()):
        wanted = required.marker is None or required.marker.evaluate({"extra": ""})
        if wanted and canonicalize_name(required.name) not in seen:
            _closure(required.name, seen)
    return seen


def _licence(package: Distribution) -> str:
    classifiers = package.metadata.get_all("Classifier") or []
    stated = [
        package.metadata.get("License-Expression") or "",
        (package.metadata.get("License") or "").splitlines()[:1],
        [text for text in classifiers if text.startswith("License ::")],
    ]
    return " ".join(map(str, stated))


def test_every_package_shipped_is_permissively_licensed(project: dict[str, Any]) -> None:
    """Everything installed to run the product may be used and passed on with a notice alone."""
    others, looked_at = _others(project["project"]["dependencies"])
    assert looked_at > len(project["project"]["dependencies"])
    assert others == set()


def test_what_asks_for_more_than_a_notice_is_a_choice(project: dict[str, Any]) -> None:
    """Of what an extra brings, only the packages named here ask for more, and each says why."""
    extras = project["project"]["optional-dependencies"].values()
    others, _ = _others([text for texts in extras for text in texts])
    assert others == set(CHOSEN)


def _others(requirements: Iterable[str]) -> tuple[set[str], int]:
    """Packages that ask for more than a notice, among how many that requirements bring."""
    shipped: dict[str, Distribution] = {}
    for required in map(Requirement, requirements):
        for name in (required.name, *(f"{required.name}-{extra}" for extra in required.extras)):
            _closure(name, shipped)
    licences = {name: _licence(found) for name, found in shipped.items()}
    others = {
        name
        for name, licence in licences.items()
        if RECIPROCAL.search(licence) or not PERMISSIVE.search(licence)
    }
    return others, len(licences)
