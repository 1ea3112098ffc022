"""The page ``docs/quality.md``: the table, and what each row means."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rows import Row

DOCUMENT = Path(__file__).parent.parent / "docs" / "quality.md"

PAGE = (Path(__file__).parent / "quality_page.md").read_text(encoding="utf-8")
"""The page around the figures."""

COLUMNS = (
    "data", "asked F1", "F1", "precision", "recall", "twins mixed", "traditions differ",
    "family membership F1", "family pairs F1",
    "stock Splink, best F1",
)  # fmt: skip


def document(rows: Sequence[Row], *, people: int, seeds: Sequence[int]) -> str:
    """Return the whole page."""
    missing = [row.title for row in rows if row.measured is None]
    absent = f"\nNot at hand, so left out: {', '.join(missing)}.\n" if missing else ""
    besides = "\n".join(_besides(rows)) or "- nothing: the row was left out"
    lines = [COLUMNS, ["---"] * len(COLUMNS), *(_cells(row) for row in rows if row.measured)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return PAGE.format(
        today=datetime.now(UTC),
        seeds=", ".join(map(str, seeds)),
        people=people,
        table=table,
        absent=absent,
        besides=besides,
    )


def _besides(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what else was asked of the generated council, and whether it was found."""
    for row in rows:
        if row.kind != "council" or not row.measured or not row.stock:
            continue
        precision = row.value("person precision") or 0.0
        yield _verdict("precision at least 0.99", f"{precision:.4f}", holds=precision >= 0.99)
        twins, apart = row.twins or 0.0, row.traditions or 0.0
        yield _verdict("at most 2 % of twins mixed", f"{twins:.1%}", holds=twins <= 0.02)
        yield _verdict(
            "recall differing by at most 2 points between name traditions",
            f"{100 * apart:.1f} points",
            holds=apart <= 0.02,
        )
        bare = row.stock.f1
        yield _verdict("stock Splink's best under 0.955", f"{bare:.4f}", holds=bare < 0.955)
        family = row.value("family membership F1") or 0.0
        yield _verdict("family membership F1 at least 0.97", f"{family:.4f}", holds=family >= 0.97)


def _verdict(asked: str, found: str, *, holds: bool) -> str:
    return f"- {asked}: found {found}, **{'met' if holds else 'not met'}**"


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
        "" if row.traditions is None else f"{100 * row.traditions:.1f} points",
        *(_figure(row.value(f"family {name}")) for name in ("membership F1", "F1")),
        _figure(row.stock.f1 if row.stock else None),
    ]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
