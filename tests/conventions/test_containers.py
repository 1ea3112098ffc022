"""The containers are described soundly: what can be held of them without a container engine."""

import re
import shutil
import stat
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from werkzeug.serving import make_server

from pei_graph.settings import Settings


@pytest.fixture(scope="module")
def compose(repository: Path) -> dict[str, Any]:
    """What docker-compose.yml says."""
    text = (repository / "docker-compose.yml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> Mapping[str, dict[str, Any]]:
    """Each service by its name."""
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


@pytest.fixture(scope="module")
def statements(repository: Path) -> Sequence[tuple[str, str]]:
    """Each statement of the Containerfile with what it says, in order."""
    text = (repository / "Containerfile").read_text("utf-8")
    joined = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    lines = [line.partition(" ") for line in joined.splitlines() if line.strip()]
    return [(name, " ".join(said.split())) for name, _, said in lines]


def _named(statements: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [said for found, said in statements if found == name]


def test_the_compose_file_keeps_the_specification(repository: Path) -> None:
    """Every key and value is one that the compose specification knows."""
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec",
         "docker-compose.yml"],
        cwd=repository, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout


def test_only_the_pages_are_published_and_here_alone(
    compose: dict[str, Any], services: Mapping[str, dict[str, Any]]
) -> None:
    """No database has a port on the machine or a way out; the pages are on loopback."""
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published == {"pei": ["127.0.0.1:8765:8765"]}
    assert {name: set(service["networks"]) for name, service in services.items()} == {
        "pei": {"front", "back"}, "postgres": {"back"}, "neo4j": {"back"},
    }  # fmt: skip
    assert compose["networks"]["back"]["internal"] is True


def test_every_image_is_of_a_chosen_version(
    services: Mapping[str, dict[str, Any]], statements: Sequence[tuple[str, str]], repository: Path
) -> None:
    """No image floats; the product's own bears the product's version."""
    bases = [said.split()[0] for said in _named(statements, "FROM")]
    images = [service["image"] for service in services.values()]
    assert {
        image for image in [*bases, *images] if not re.search(r":\d+[.\d]*(-\w+)*$", image)
    } == set()
    assert len({*bases}) == 1
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    assert services["pei"]["image"] == f"pei-graph:{project['version']}"


def test_every_service_is_watched_and_limited(services: Mapping[str, dict[str, Any]]) -> None:
    """Each has a health check, limits and no way to more rights; the pages wait for the others."""
    wanted = {"healthcheck", "mem_limit", "cpus", "pids_limit", "security_opt", "restart"}
    assert {name for name, service in services.items() if wanted - {*service}} == set()
    assert services["pei"]["depends_on"] == {
        name: {"condition": "service_healthy"} for name in services if name != "pei"
    }
    for name in ("pei", "postgres"):
        assert (services[name]["read_only"], services[name]["cap_drop"]) == (True, ["ALL"])


def test_settings_are_known_and_hold_no_secret(services: Mapping[str, dict[str, Any]]) -> None:
    """What the pages are told exists as a setting; passwords stand in files alone."""
    known = {f"PEI_{name.upper()}" for name in Settings.model_fields}
    assert {*services["pei"]["environment"]} - known == set()
    secret = re.compile(r"PASSWORD|SECRET|AUTH")
    given = [pair for service in services.values() for pair in service["environment"].items()]
    held = {name: value for name, value in given if secret.search(name)}
    assert {name for name in held if not name.endswith("_FILE")} == set()
    assert {value for value in held.values() if not value.startswith("/run/secrets/")} == set()


def test_secrets_are_made_once_for_the_owner_alone(
    repository: Path,
    compose: dict[str, Any],
    services: Mapping[str, dict[str, Any]],
    tmp_path: Path,
) -> None:
    """`make secrets` makes every file that is named, each its own, and leaves it as it is then."""
    for file in ("Makefile", "pyproject.toml"):
        shutil.copy(repository / file, tmp_path)
    said = [_make_secrets(tmp_path) for _ in range(2)]
    assert said[0] == said[1]
    assert {f"./{name}" for name in said[0]} == {one["file"] for one in compose["secrets"].values()}
    words = [word for name, word in said[0].items() if name != "secrets/graph_auth"]
    assert len({*words}) == len(words) == 3
    assert min(map(len, words)) == 64
    assert said[0]["secrets/graph_auth"] == "neo4j/" + said[0]["secrets/graph_password"]
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    used = {name for service in services.values() for name in service.get("secrets", ())}
    assert used == {*compose["secrets"]}


def _make_secrets(folder: Path) -> dict[str, str]:
    told = subprocess.run(
        ["make", "--silent", "secrets"], cwd=folder, check=True, capture_output=True, text=True
    )
    assert told.stdout + told.stderr == ""
    return {str(file.relative_to(folder)): file.read_text() for file in folder.glob("secrets/*")}


@pytest.mark.parametrize("secret", ["secrets/ledger_password", "deliveries/x.csv"])
def test_no_secret_is_tracked_or_built_in(repository: Path, secret: str) -> None:
    """Git passes secrets and deliveries over, and an image cannot take them in."""
    ignored = subprocess.run(["git", "check-ignore", "-q", secret], cwd=repository, check=False)
    assert ignored.returncode == 0
    assert not _reaches_the_build(repository, secret)


def _reaches_the_build(repository: Path, file: str) -> bool:
    """Whether .dockerignore lets a file through: the last line that fits it decides."""
    reaches = True
    for line in (repository / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!")
        fits = fnmatch(file, pattern) or fnmatch(file, f"{pattern}/*")
        if line and not line.startswith("#") and fits:
            reaches = line.startswith("!")
    return reaches


def test_the_image_is_built_of_tracked_files_by_make(
    repository: Path, tracked: Sequence[Path], statements: Sequence[tuple[str, str]]
) -> None:
    """What is copied is tracked and reaches the build; what is run are commands of make."""
    copied = [said.split()[:-1] for said in _named(statements, "COPY") if "--from" not in said]
    names = {name for said in copied for name in said}
    there = {str(file) for file in tracked} | {file.parts[0] for file in tracked}
    assert {name for name in names if name not in there} == set()
    assert {name for name in names if not _reaches_the_build(repository, name)} == set()
    makefile = (repository / "Makefile").read_text("utf-8")
    needed = {*re.findall(r"requirements[\w-]*\.lock", makefile)}
    assert needed <= names
    targets = re.findall(r"\bmake (\w+)", " ".join(_named(statements, "RUN")))
    assert targets
    assert {
        name for name in targets if not re.search(rf"^{name}:", makefile, re.MULTILINE)
    } == set()


def test_the_image_runs_without_rights(
    statements: Sequence[tuple[str, str]], services: Mapping[str, dict[str, Any]]
) -> None:
    """The last user is a numbered one without rights, who owns the workspace and nothing else."""
    user = _named(statements, "USER")[-1]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert f"--uid {user.partition(':')[0]}" in " ".join(_named(statements, "RUN"))
    assert _named(statements, "ENTRYPOINT") == ['["pei"]']
    writable = [volume for volume in services["pei"]["volumes"] if not volume.endswith(":ro")]
    assert [volume.partition(":")[2] for volume in writable] == _named(statements, "VOLUME")


@pytest.fixture
def unwell() -> Iterator[tuple[int, list[int]]]:
    """A port that answers the health page with the status in a list, which a test changes."""
    app, status = Flask("health"), [200]
    app.add_url_rule("/healthz", "healthz", lambda: ("", status[0]))
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.port, status
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_health_check_tells_well_from_unwell(
    services: Mapping[str, dict[str, Any]], unwell: tuple[int, list[int]]
) -> None:
    """The command of the compose file ends well where the pages say ok, and only there."""
    port, status = unwell
    _, _, *arguments = services["pei"]["healthcheck"]["test"]
    command = [sys.executable, *(argument.replace("8765", str(port)) for argument in arguments)]

    def ends() -> int:
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert ends() == 0
    status[0] = 503
    assert ends() != 0
