"""The sources of a run: their reach, their deliveries and their issues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pei_graph.tables import FEWER_ROWS, MISREAD
from webapp.reads.unread import title_of
from webapp.runs import about_sources, reader, sight

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One source: what its contract says of it and what its deliveries held."""

    about: Row
    lists: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Every source, what was set aside, and what was not understood."""

    sources: tuple[Source, ...]
    quarantined: tuple[Row, ...]
    issues: tuple[Row, ...]

    @property
    def foremost(self) -> list[Row]:
        """Return where a contract reads columns wrongly, or most of a list is gone."""
        return [row for row in self.issues if row["rule"] in {*MISREAD.values(), FEWER_ROWS}]


def read_sources() -> Sources:
    """Return what the sources page shows."""
    deliveries = reader().deliveries
    about = {row["source"]: row for row in about_sources()}
    order = dict.fromkeys([*about, *(row["source"] for row in deliveries)])
    return Sources(
        tuple(_source(source, about.get(source), deliveries) for source in order),
        tuple(sight().rows("quarantined")),
        tuple(sight().rows("issues")),
    )


def _source(source: str, about: Row | None, deliveries: Sequence[Row]) -> Source:
    unknown = dict.fromkeys(
        ("agency", "owner", "team", "telephone", "every", "since", "covers", "latest_delivery")
    )
    described = about or {"source": source, "title": title_of(source), "records": 0, **unknown}
    return Source(described, tuple(row for row in deliveries if row["source"] == source))
