"""What the command line prints of how well records were linked: measures, groups, gaps.

In: reports of :mod:`pei_graph.evaluation`. Out: tables and plain sentences on the terminal.
"""

from collections.abc import Iterable

from rich.table import Table

from pei_graph.evaluation import Measure, Report
from pei_graph.show import OUT, say

MOST_SOURCE_PAIRS = 12
"""Pairs of sources that are shown, the worst first; ``--json`` has all."""


def evaluated(report: Report) -> None:
    """The measures, the groups, the largest gaps and the worst pairs of sources stand there."""
    measures("Measured against the truth", report.measures())
    _groups(report)
    for gap in report.gaps:
        say(gap.sentence)
    if report.gaps and not report.by("name tradition"):
        say("The truth does not say where names come from, and none was guessed.")
    _sources(report)
    say("Brackets hold 95 % intervals: whole people are resampled, with those mixed up with them.")


def measures(title: str, found: Iterable[Measure]) -> None:
    """The measures stand on the terminal with the bounds of their intervals."""
    table = grid(title, "measure", "#value", "#from", "#to")
    for measure in found:
        low, high = (f"{bound:.4f}" if bound is not None else "" for bound in measure.interval)
        table.add_row(measure.name, f"{measure.value:.4f}", low, high)
    OUT.print(table)


def grid(title: str, *columns: str) -> Table:
    """Return an empty table whose columns named with a # hold numbers."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        justify = "right" if column.startswith("#") else "left"
        table.add_column(column.lstrip("#"), justify=justify)  # type: ignore[arg-type]
    return table


def rate(measure: Measure) -> str:
    """Return a share in per cent with its interval in brackets."""
    low, high = measure.interval
    bounds = "" if low is None or high is None else f" ({low:.1%} to {high:.1%})"
    return f"{measure.value:.1%}{bounds}"


def _groups(report: Report) -> None:
    table = grid(
        "By group", "attribute", "group", "#persons", "#true pairs", "recall", "precision"
    )  # fmt: skip
    for group in report.groups:
        table.add_row(
            group.attribute,
            group.value,
            f"{group.persons:,}",
            f"{group.pairs['true']:,}",
            rate(group.agreement.recall),
            rate(group.agreement.precision),
        )
    OUT.print(table)


def _sources(report: Report) -> None:
    table = grid(
        "Most errors by pair of sources", "source", "source", "#claimed", "#wrong", "#true",
        "#missed",
    )  # fmt: skip
    for errors in report.errors[:MOST_SOURCE_PAIRS]:
        counts = (f"{errors[name]:,}" for name in ("claimed", "wrong", "true", "missed"))
        table.add_row(errors["source_l"], errors["source_r"], *counts)
    OUT.print(table)
