"""What is tracked is small, names no foreign host, and speaks British English."""

import ast
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

LARGEST = 500_000

TEXT = {
    ".cfg", ".css", ".csv", ".cypher", ".html", ".jinja", ".js", ".json", ".lock", ".md", ".py",
    ".sql", ".svg", ".toml", ".txt", ".xml", ".xsd", ".yaml", ".yml", "",
}  # fmt: skip

NAMESPACES = ("www.w3.org", "openoffice.org", "schemas.openxmlformats.org", "schemas.microsoft.com")
"""Hosts that only name something: an XML namespace is never fetched."""

NOBODY = ("127.0.0.1", "localhost", "example", "evil.example", "example.invalid")
"""This machine, and names that can never be registered."""

REFERENCES = (
    "www.gov.uk", "assets.publishing.service.gov.uk", "design-system.service.gov.uk",
    "www.legislation.gov.uk", "www.ons.gov.uk", "doi.org", "arxiv.org", "www.nhs.uk",
    "www.datadictionary.nhs.uk",
)  # fmt: skip
"""Where documents and comments may send a reader."""

REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"),
        ("yarnpkg", "com"), ("maven", "org"), ("crates", "io"), ("jsdelivr", "net"),
        ("unpkg", "com"), ("cdnjs", "cloudflare", "com"), ("googleapis", "com"),
    )
)  # fmt: skip
"""Package registries and delivery networks: nothing tracked may name one."""

AMERICAN = re.compile(
    r"\b(normaliz|standardiz|recogniz|organiz|initializ|serializ|anonymiz|summariz|prioritiz"
    r"|categoriz|optimiz|utiliz|minimiz|maximiz|analyz|behavior|neighbor|favor|color|center"
    r"|catalog\b|canceled|labeled|modeled|fulfill\b|enroll\b|gray\b)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def texts(repository: Path, tracked: Sequence[Path]) -> dict[Path, str]:
    """Every tracked text file's content."""
    return {
        file: (repository / file).read_text("utf-8", errors="replace")
        for file in tracked
        if file.suffix in TEXT
    }


def test_no_tracked_file_is_large(repository: Path, tracked: Sequence[Path]) -> None:
    """No tracked file is over half a megabyte: data and builds are made, not kept."""
    sizes = {str(file): (repository / file).stat().st_size for file in tracked}
    assert {file: size for file, size in sizes.items() if size > LARGEST} == {}


def _hosts(text: str) -> Iterator[str]:
    return (host.rstrip(".").lower() for host in re.findall(r"https?://([\w.-]+)", text))


def _is_known(host: str) -> bool:
    return host in NAMESPACES + NOBODY + REFERENCES or host.endswith((".example", ".invalid"))


def test_addresses_lead_to_known_places_only(texts: dict[Path, str]) -> None:
    """An address in a tracked file is a namespace, this machine, an invention or a reference."""
    found = {(str(file), host) for file, text in texts.items() for host in _hosts(text)}
    assert {(file, host) for file, host in found if not _is_known(host)} == set()


def test_pages_load_nothing_from_elsewhere(texts: dict[Path, str]) -> None:
    """Templates, scripts and styles name no host at all but the namespace of drawings."""
    kinds = {".html", ".jinja", ".js", ".css", ".svg"}
    found = {
        (str(file), host)
        for file, text in texts.items()
        if file.suffix in kinds and file.parts[0] == "webapp"
        for host in re.findall(r"(?:https?:)?//([\w-]+\.[\w.-]+)", text)
    }
    assert {(file, host) for file, host in found if host != "www.w3.org"} == set()


def test_no_registry_is_named(texts: dict[Path, str]) -> None:
    """Each council installs from its own mirrors, so no tracked file names a registry."""
    found = {
        (str(file), host)
        for file, text in texts.items()
        for host in REGISTRIES
        if host in text.lower()
    }
    assert found == set()


def _prose(file: Path, text: str) -> Iterator[str]:
    """What people read: documents without their code, docstrings and comments."""
    if file.suffix == ".md":
        text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    elif file.suffix == ".py":
        nodes = (ast.Module, ast.ClassDef, ast.FunctionDef)
        found = (node for node in ast.walk(ast.parse(text)) if isinstance(node, nodes))
        comments = re.findall(r"(?:^|\s)# (.*)", text)
        text = "\n".join([*(ast.get_docstring(node) or "" for node in found), *comments])
    else:
        return
    yield from re.sub(r"`[^`]*`", "", text).splitlines()


def test_prose_is_british(texts: dict[Path, str]) -> None:
    """Documents, docstrings and comments use British spelling."""
    found = {
        (str(file), match.group())
        for file, text in texts.items()
        for line in _prose(file, text)
        for match in AMERICAN.finditer(line)
    }
    assert found == set()


def test_the_changelog_names_this_version(repository: Path) -> None:
    """The version of the project has its section in the changelog."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    changes = (repository / "CHANGELOG.md").read_text("utf-8")
    assert f"## {project['version']}" in changes


def test_links_between_documents_lead_somewhere(repository: Path, texts: dict[Path, str]) -> None:
    """A relative link in a document leads to a file that exists."""
    broken = {
        (str(file), target)
        for file, text in texts.items()
        if file.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
        if "://" not in target and not (repository / file.parent / target).exists()
    }
    assert broken == set()
