"""XML files, read element by element; document type declarations and entities are refused."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from pei_graph.extract.page import Page, Refusal, Wanted
from pei_graph.extract.readers.tree import Gathered


def read_xml(path: Path, wanted: Sequence[Wanted]) -> Iterator[Page]:
    """Yield a page for each list, from one pass over the file.

    Raises ``Refusal`` where the file is empty, not well formed, truncated, has a text over libxml's
    ten million characters, or declares a document type: that is how a file makes a reader fetch
    other files or blow up a few bytes into gigabytes.
    """
    if not path.stat().st_size:
        raise Refusal("empty_file", "The file holds nothing: ask for it again")
    lists = [Gathered(want, _inside, _text) for want in wanted]
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
    """Every unit of every list is gathered, and forgotten once nothing reaches up to it."""
    at: list[str] = []
    units = {gathered.unit for gathered in lists}
    outermost = {unit for unit in units if not any(unit[:n] in units for n in range(len(unit)))}
    events = etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    for event, element in events:
        if event == "start":
            if not at:
                _refuse_declarations(element)
            at.append(_name(element))
            continue
        here = tuple(at)
        for gathered in lists:
            if gathered.unit == here:
                gathered.add(element, steps=gathered.steps[len(here) :], head=head)
        inside_unit = any(here[: len(unit)] == unit for unit in outermost)
        if here in outermost:
            _forget(element)
        elif not inside_unit and not len(element) and element.text:
            head["/" + "/".join(here)] = element.text.strip()
        at.pop()


def _refuse_declarations(root: Any) -> None:
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


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)


def _inside(element: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(element, str):
        return
    for name, value in element.attrib.items():
        if not name.startswith("{"):
            yield f"@{name}", value
    for child in element.iterchildren(etree.Element):
        yield _name(child), child


def _text(element: Any) -> str | None:
    text = element if isinstance(element, str) else element.text
    return text.strip() or None if text else None


def _stated_date(wanted: Wanted, head: dict[str, str]) -> date | None:
    rule = wanted.source_list.delivered_on
    try:
        return date.fromisoformat(head[rule.path][:10]) if rule and rule.path else None
    except (KeyError, ValueError):
        return None
