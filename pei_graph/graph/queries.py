"""Queries in Cypher files, each with a header that says what it takes and what it gives.

In: a ``.cypher`` file. Out: a :class:`Query`. A header that does not agree with its query is an
error at once, so that a wrong query never runs. Nothing here talks to a graph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import ValidationError

import cypher
from pei_graph.errors import CriterionError, GraphError, Place
from pei_graph.graph.header import Header
from pei_graph.yml import read_yml

PARAMETER = re.compile(r"\$([a-z_]+)")
COLUMN = re.compile(r"\bAS ([a-z_]+),?$", re.MULTILINE)

H = TypeVar("H", bound=Header)


@dataclass(frozen=True, slots=True)
class Query(Generic[H]):
    """A query and its header, which agree."""

    header: H
    text: str

    def values(self, given: dict[str, Any], *, as_of: date | None = None) -> dict[str, Any]:
        """Return a value for every parameter: as given, else the header's own.

        Raises ``GraphError`` where one is unknown or lacks a value.
        """
        declared = self.header.parameters
        needed = {name for name, parameter in declared.items() if parameter.given}
        wrong = sorted((set(given) - set(declared)) | (needed - set(given)))
        if wrong:
            raise GraphError(
                f"The query {self.header.id} was given other parameters than it takes: {wrong}",
                do="See the header of its file",
            )
        return {
            name: given[name] if name in given else parameter.value(as_of)
            for name, parameter in declared.items()
        }


def read_query(file: Path | Traversable, header_type: type[H]) -> Query[H]:
    """Return the query in a file, its header checked against its text.

    Raises ``CriterionError`` naming the file and what is wrong with it.
    """
    head, body = _split(file.read_text(encoding="utf-8"))
    where = Place(file=file.name)
    header = _header(head, header_type, where)
    if problems := list(_contradictions(header, body, file.name)):
        raise CriterionError("The query and its header differ: " + "; ".join(problems), where=where)
    return Query(header, body)


def _header(text: str, header_type: type[H], where: Place) -> H:
    try:
        return header_type.model_validate(read_yml(text) or {})
    except (yaml.YAMLError, ValidationError) as error:
        problems = "; ".join(said(error))
    # Raised out here: chained to ours, pydantic's error and the frames it holds are never freed.
    raise CriterionError(
        f"The header of the query is wrong: {problems}",
        where=where,
        do="See cypher/README.md for the keys a header has",
    )


def _split(text: str) -> tuple[str, str]:
    lines = text.splitlines()
    length = next((at for at, line in enumerate(lines) if not line.startswith("//")), len(lines))
    head = "\n".join(line.removeprefix("//").removeprefix(" ") for line in lines[:length])
    return head, "\n".join(lines[length:]).strip() + "\n"


def said(error: yaml.YAMLError | ValidationError) -> Iterator[str]:
    """Yield what is wrong with a YAML text, each with its place, and no value of it."""
    if isinstance(error, yaml.YAMLError):
        mark = getattr(error, "problem_mark", None)
        yield f"not YAML, line {mark.line + 1}" if mark else "not YAML"
        return
    for problem in error.errors(include_input=False, include_url=False):
        at = ".".join(str(step) for step in problem["loc"])
        yield f"{at}: {problem['msg']}"


def _contradictions(header: Header, body: str, file: str) -> Iterator[str]:
    if f"{header.id}.cypher" != file:
        yield f"the id {header.id} is not the file's name"
    used = set(PARAMETER.findall(body))
    declared = set(header.parameters)
    yield from (f"${name} is used and not declared" for name in sorted(used - declared))
    yield from (f"{name} is declared and not used" for name in sorted(declared - used))
    returned = COLUMN.findall(body.rpartition("RETURN")[2])
    if returned != list(header.returns):
        yield f"it returns {returned}, one column a line, and declares {list(header.returns)}"


@cache
def explore_query(name: str) -> Query[Header]:
    """Return the named question of ``cypher/explore``, read once.

    Raises ``GraphError`` where there is none of that name.
    """
    file = cypher.ROOT / "explore" / f"{name}.cypher"
    if not name.isidentifier() or not file.is_file():
        raise GraphError(f"There is no question {name}", do="See cypher/README.md for the names")
    return read_query(file, Header)


def explore_names() -> list[str]:
    """Return the names of the questions of ``cypher/explore``."""
    files = (cypher.ROOT / "explore").iterdir()
    return sorted(f.name.removesuffix(".cypher") for f in files if f.name.endswith(".cypher"))
