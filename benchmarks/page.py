"""The page ``docs/quality.md``: the table, and what each row means."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rows import Row

DOCUMENT = Path(__file__).parent.parent / "docs" / "quality.md"

PAGE = """# How well people are found

Made by `make quality` (`benchmarks/quality.py`) on {today:%d %B %Y}. Every figure comes from one
run: data go in as deliveries, through `pei run`, and are measured by `pei evaluate`. The invented
council has seed {seed}, on which nothing was ever chosen.

{table}

{absent}
"""

COLUMNS = (
    "data", "asked F1", "F1", "precision", "recall", "twins mixed", "family F1",
    "stock Splink, best F1",
)  # fmt: skip


def document(rows: Sequence[Row], *, people: int, seed: int) -> str:
    """Return the whole page."""
    missing = [row.title for row in rows if row.measured is None]
    absent = f"Left out, since the data were not at hand: {', '.join(missing)}." if missing else ""
    lines = [COLUMNS, ["---"] * len(COLUMNS), *(_cells(row) for row in rows if row.measured)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return PAGE.format(
        today=datetime.now(UTC), seed=seed, people=people, table=table, absent=absent
    )


def line(row: Row) -> str:
    """Return the row as text for the terminal."""
    pairs = zip(COLUMNS, _cells(row), strict=True)
    return "; ".join(f"{name} {cell}" for name, cell in pairs if cell)


def _cells(row: Row) -> list[str]:
    return [
        row.title,
        _figure(row.asked),
        *(_figure(row.value(f"person {name}")) for name in ("F1", "precision", "recall")),
        "" if row.twins is None else f"{row.twins:.1%}",
        _figure(row.value("family F1")),
        _figure(row.stock.f1 if row.stock else None),
    ]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
