"""JSON files: one document, or one to a line; arrays are repeated elements of their key."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pei_graph.extract.batches import printable
from pei_graph.extract.cells import as_text
from pei_graph.extract.page import CONTENT_LIMIT, Page, Refusal, Wanted
from pei_graph.extract.readers.lines import LINE_LIMIT
from pei_graph.extract.readers.tree import Gathered

WHOLE_LIMIT = 512 << 20
"""Most bytes of a document that is not one to a line, because it is held whole."""


def read_document(path: Path, wanted: Sequence[Wanted]) -> Iterator[Page]:
    """Yield a page for each list. ``record`` is the path of its repeated element, if any.

    Raises ``Refusal`` where the file is empty or not JSON; of a file with a document to each line
    only the lines that are not JSON are set aside.
    """
    if not path.stat().st_size:
        raise Refusal("empty_file", "The file holds nothing: ask for it again")
    lists = [Gathered(want, _inside, _text) for want in wanted]
    for document in _documents(path):
        for gathered in lists:
            if isinstance(document, _NotJson):
                gathered.reject("not_json", document.content)
            else:
                gathered.add(document, steps=gathered.steps, head={})
    for gathered in lists:
        yield gathered.page()


@dataclass(frozen=True, slots=True)
class _NotJson:
    """A line that should hold a document and does not."""

    content: str


def _documents(path: Path) -> Iterator[Any]:
    try:
        with path.open(encoding="utf-8-sig", errors="backslashreplace") as file:
            first = file.readline(LINE_LIMIT)
            rest = iter(lambda: file.readline(LINE_LIMIT), "")
            if _is_whole(first) and any(line.strip() for line in rest):
                yield from _lines(path)
                return
        yield from _items(_whole(path))
    except ValueError:
        raise Refusal(
            "damaged_file", "The file is not JSON, or only part of it: ask for it again"
        ) from None


def _is_whole(line: str) -> bool:
    """Return whether a file's first line is an object by itself, so that lines are documents."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8-sig", errors="backslashreplace") as file:
        while line := file.readline(LINE_LIMIT):
            if line.strip():
                yield _document(line)


def _document(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return _NotJson(printable(line[:CONTENT_LIMIT]))


def _whole(path: Path) -> Any:
    if path.stat().st_size > WHOLE_LIMIT:
        raise Refusal("too_large", "Ask for one JSON document to a line: the file is too large")
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError:
        raise Refusal("damaged_file", "The JSON is nested too deeply for a return") from None


def _items(document: Any) -> Iterator[Any]:
    yield from document if isinstance(document, list) else [document]


def _inside(element: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(element, dict):
        for name, part in element.items():
            for item in part if isinstance(part, list) else [part]:
                yield name, item


def _text(element: Any) -> str | None:
    return None if isinstance(element, dict | list) else as_text(element)
