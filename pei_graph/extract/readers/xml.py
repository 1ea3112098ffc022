"""XML files, read element by element; document type declarations and entities are refused."""

from collections.abc import Container, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from lxml import etree

from pei_graph.extract.page import Page, Refusal, Wanted
from pei_graph.extract.readers.tree import Gathered

Node = tuple[str | None, list[tuple[str, Any]]]
"""An element's own text, and its attributes as ``@name`` and children by name, each a node."""


def read_xml(path: Path, wanted: Sequence[Wanted]) -> Iterator[Page]:
    """Yield a page for each list, from one pass over the file.

    Raises ``Refusal`` where the file is empty, not well formed, truncated, has a text over libxml's
    ten million characters, or declares a document type: that is how a file makes a reader fetch
    other files or blow up a few bytes into gigabytes.
    """
    if not path.stat().st_size:
        raise Refusal("empty_file", "The file holds nothing: ask for it again")
    lists = [Gathered(want, inside=itemgetter(1), text=itemgetter(0)) for want in wanted]
    head: dict[str, str] = {}
    try:
        with path.open("rb") as file:
            _walk(file, lists, head)
    except etree.XMLSyntaxError as error:
        raise Refusal(
            "damaged_file",
            "The XML is not well formed or stops before its end: ask for it again",
            row=error.lineno,
        ) from None
    for gathered in lists:
        page = gathered.page()
        page.delivered_on = _stated_date(gathered.wanted, head)
        yield page


def _walk(file: Any, lists: Sequence[Gathered], head: dict[str, str]) -> None:
    """Every unit of every list is gathered, and forgotten once nothing reaches up to it.

    Python sees the units alone: what else the file holds is looked at when a unit follows it.
    """
    _refuse_declarations(file)
    units = _outermost(lists)
    last = None
    events = _events(file, "end", [f"{{*}}{unit[-1]}" for unit in units])
    for _, element in events:
        at = _path(element)
        if at not in units:
            continue
        if last is None or element.getprevious() is not last:
            root = element.getroottree().getroot()
            _note(root, (_local(root.tag),), units=units, head=head, until=element)
        _gather(element, at, lists=units[at], head=head)
        last = element
    _note(events.root, (_local(events.root.tag),), units=units, head=head, until=None)


def _events(file: Any, kind: str, tags: Sequence[str] | None = None) -> Any:
    file.seek(0)
    return etree.iterparse(
        file, events=(kind,), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )


def _path(element: Any) -> tuple[str, ...]:
    above = [_local(each.tag) for each in element.iterancestors()]
    return (*reversed(above), _local(element.tag))


def _note(
    element: Any, at: tuple[str, ...], *, units: Container[object], head: dict[str, str], until: Any
) -> bool:
    """The texts outside units stand in ``head``; return whether ``until`` was reached.

    A text is noted once, so that a later one at its path counts. The parser may be further on than
    the unit that it tells of: what stands behind that is not noted yet.
    """
    if element is until:
        return True
    if at in units:
        return False
    if not len(element) and element.text:
        head["/" + "/".join(at)] = element.text.strip()
        element.text = None
    return any(
        _note(child, (*at, _local(child.tag)), units=units, head=head, until=until)
        for child in element.iterchildren(etree.Element)
    )


def _outermost(lists: Sequence[Gathered]) -> dict[tuple[str, ...], list[Gathered]]:
    """Return the paths of the units that lie in no other unit, with the lists found in each."""
    units = {gathered.unit for gathered in lists if gathered.unit}
    return {
        unit: [gathered for gathered in lists if gathered.unit[: len(unit)] == unit]
        for unit in units
        if not any(unit[:n] in units for n in range(len(unit)))
    }


def _gather(
    element: Any, at: tuple[str, ...], *, lists: Sequence[Gathered], head: dict[str, str]
) -> None:
    node = _plain(element)
    for gathered in lists:
        gathered.add(node, steps=gathered.steps[len(at) :], head=head)
    _forget(element)


def _refuse_declarations(file: Any) -> None:
    _, root = next(_events(file, "start"))
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refusal(
            "xml_declarations",
            "The XML declares a document type or entities, which no return needs and which can"
            " harm the reader: ask for it without <!DOCTYPE ...>",
        )


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]


def _plain(element: Any) -> Node:
    """Return an element as plain values, which several lists can walk for less than the element."""
    text = element.text
    parts: list[tuple[str, Any]] = [
        (f"@{name}", (value.strip() or None, []))
        for name, value in element.items()
        if not name.startswith("{")
    ]
    if len(element):
        children = element.iterchildren(etree.Element)
        parts += [(_local(child.tag), _plain(child)) for child in children]
    return (text.strip() or None) if text else None, parts


def _stated_date(wanted: Wanted, head: dict[str, str]) -> date | None:
    rule = wanted.source_list.delivered_on
    try:
        return date.fromisoformat(head[rule.path][:10]) if rule and rule.path else None
    except (KeyError, ValueError):
        return None
