"""What the command line prints of how well records were linked: measures, groups, gaps.

In: reports of :mod:`pei_graph.evaluation`. Out: tables and plain sentences on the terminal.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.table import Table

from pei_graph.evaluation import Calibration, Clerical, Measure, Report, Stratum
from pei_graph.evaluation.model import Compared, Estimated
from pei_graph.show import OUT, say

MOST_SOURCE_PAIRS = 12
"""Pairs of sources that are shown, the worst first; ``--json`` has all."""

BEYOND = (
    "Recall sees pairs that a link ties and pairs that are alike without one. It cannot see records"
    " of one person that share neither birth date, name nor dwelling, or contradict each other; nor"
    " people who are sealed."
)


def evaluated(report: Report) -> None:
    """The measures, the groups, the largest gaps and the worst pairs of sources stand there."""
    _groups(report)
    _sources(report)
    _calibration(report.calibration)
    summarised(report)


def summarised(report: Report) -> None:
    """The measures and the largest gaps stand on the terminal."""
    measures("Measured against the truth", report.measures())
    for gap in report.gaps:
        say(gap.sentence)
    if report.gaps and not report.by("name tradition"):
        say("The truth does not say where names come from, and none was guessed.")
    for caution in report.cautions:
        say(caution)
    say("Intervals are of 95 %: whole people are resampled, with those mixed up with them.")


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


def points(measure: Measure) -> str:
    """Return a difference of two shares in points with its interval in brackets."""
    low, high = (f"{100 * (bound or 0):+.2f}" for bound in measure.interval)
    return f"{100 * measure.value:+.2f} points ({low} to {high})"


def _groups(report: Report) -> None:
    table = grid(
        "By group", "attribute", "group", "#persons", "#true pairs", "missed matches",
        "false matches",
    )  # fmt: skip
    for group in report.groups:
        table.add_row(
            group.attribute,
            group.value,
            f"{group.persons:,}",
            f"{group.pairs['true']:,}",
            rate(group.missed),
            rate(group.wrong),
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


def _calibration(calibration: Calibration) -> None:
    if calibration.brier is None:
        return
    table = grid("Are links true as often as expected?", "bits", "#links", "#expected", "true")
    for band in calibration.bands:
        true = rate(Measure("true", band.share, band.interval))
        table.add_row(band.says, f"{band.links:,.0f}", f"{band.expected:.1%}", true)
    OUT.print(table)
    say(f"Brier score {calibration.brier:.4f} (0 is best).")


def sampled(strata: Sequence[Stratum], file: Path, *, values: bool) -> None:
    """What was drawn from where stands on the terminal, and what the sample cannot see."""
    table = grid("Pairs to judge", "stratum", "#pairs", "#drawn")
    for stratum in strata:
        table.add_row(stratum.name, f"{stratum.pairs:,}", f"{stratum.chosen:,}")
    OUT.print(table)
    say(f"{sum(stratum.chosen for stratum in strata):,} pairs are in {file}.")
    if values:
        say("The file holds personal data: keep it as you keep the deliveries.")
    say(BEYOND)


def estimated(found: Clerical) -> None:
    """The estimates, what each stratum showed, and what was left out stand on the terminal."""
    measures(f"Estimated from {found.judged:,} judged pairs", found.measures)
    table = grid("By stratum", "stratum", "#pairs", "#same", "#different", "#unsure", "#not judged")
    for stratum in found.strata:
        counts = (stratum.same, stratum.different, stratum.unsure, stratum.unjudged)
        pairs = "" if stratum.pairs is None else f"{stratum.pairs:,}"
        table.add_row(stratum.name, pairs, *(f"{count:,}" for count in counts))
    OUT.print(table)
    _calibration(found.calibration)
    for caution in found.cautions:
        say(caution)
    say(BEYOND)


def kept_models(rows: Sequence[Mapping[str, object]]) -> None:
    """The models kept stand on the terminal."""
    table = grid("Models kept", "#model", "adopted", "digest", "learnt from")
    for row in rows:
        pairs = f"{row.get('judged_same')} same, {row.get('judged_different')} different"
        learnt = f"model {row['from_model']} and {pairs}" if "from_model" in row else "the records"
        digest = str(row["digest"])[:12]
        table.add_row(str(row["model"]), "yes" if row["adopted"] else "", digest, learnt)
    OUT.print(table)


def estimated_model(found: Estimated, *, number: int, before: int) -> None:
    """What the candidate changes stands on the terminal, and what to do with it."""
    table = grid(
        f"Model {number}, learnt from judged pairs", "comparison", "level", "#m before", "#m",
        "#u before", "#u", "#bits before", "#bits",
    )  # fmt: skip
    for change in found.changes:
        shares = (f"{share:.4g}" for share in (*change.m, *change.u))
        bits = (f"{bits:+.2f}" for bits in change.bits)
        table.add_row(change.comparison, change.level, *shares, *bits)
    OUT.print(table)
    say(f"The prior goes from {found.prior[0]:.2f} to {found.prior[1]:.2f} bits.")
    say(
        f"Model {number} was learnt from {found.same:,} pairs judged same and {found.different:,}"
        f" judged different. Nothing uses it: see `pei model compare {before} {number}`, then `pei"
        f" model adopt {number}`."
    )


def compared(found: Compared) -> None:
    """What changes between two models, and which is better, stand on the terminal."""
    first, second = found.numbers
    table = grid(f"From model {first} to model {second}", "", "#")
    for name, count in found.counts.items():
        table.add_row(name, f"{count:,}")
    OUT.print(table)
    if found.measures:
        table = grid(f"Measured against {found.against}", "measure", f"model {first}",
                     f"model {second}", "difference")  # fmt: skip
        for side in found.measures:
            table.add_row(side.name, rate(side.first), rate(side.second), points(side.difference))
        OUT.print(table)
    _changed_links(found)
    say("Judgements were left out, so that each model is seen by itself.")
    say(found.verdict)


def _changed_links(found: Compared) -> None:
    if not found.links:
        return
    table = grid("Links that change most", "record", "record", "", "#before", "#after", "match key")
    for link in found.links:
        bits = (
            "" if value is None else f"{value:+.1f}" for value in (link["before"], link["after"])
        )
        table.add_row(
            link["record_l"], link["record_r"], link["change"], *bits, link["match_key"] or ""
        )
    OUT.print(table)
