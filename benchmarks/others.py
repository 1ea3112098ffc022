"""Linkage data made by others, as deliveries of the product and truth files beside them.

The files are no part of the product: where they are absent, the rows that need them are left out
and the page says so.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "linkage"


@dataclass(frozen=True, slots=True)
class Data:
    """Files of one benchmark; ``person`` is SQL for the person a row is about, the truth."""

    title: str
    files: tuple[str, ...]
    key: str
    person: str
    stock: str


_FEBRL = {"key": "trim(rec_id)", "person": "regexp_extract(rec_id, 'rec-[0-9]+')", "stock": "febrl"}

OTHERS: Mapping[str, Data] = {
    "figures": Data(
        "historical_figures_with_errors_50k",
        ("historical_figures_with_errors_50k.parquet",),
        "unique_id",
        "cluster",
        "figures",
    ),
    "febrl3": Data("FEBRL 3", ("febrl3.csv",), **_FEBRL),
    "febrl4": Data("FEBRL 4", ("febrl4a.csv", "febrl4b.csv"), **_FEBRL),
}


def deliver(data: Data, folder: Path) -> tuple[Path, Path]:
    """Return the folder of the deliveries and the truth file, made inside ``folder``."""
    sources, truth = folder / "sources", folder / "truth.csv"
    sources.mkdir(parents=True, exist_ok=True)
    parts = []
    for name in data.files:
        shutil.copy(DATA / name, sources / name)
        source = "historical_figures" if "historical" in name else Path(name).stem
        parts.append(
            f"SELECT '{source}:' || {data.key} AS record_id, {data.person} AS person"
            f" FROM '{sources / name}'"
        )
    with duckdb.connect() as con:
        con.execute(f"COPY ({' UNION ALL '.join(parts)}) TO '{truth}' (HEADER)")
    return sources, truth


def present(data: Data) -> bool:
    """Return whether all of a benchmark's files are there."""
    return all((DATA / name).is_file() for name in data.files)
