"""What the command line prints for a person: sentences and tables, nothing personal but on request.

In: results of the other modules. Out: text on the terminal. Asides such as progress go to standard
error, so that standard output can be kept.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pei_graph.ask import Answer
from pei_graph.check import Checked
from pei_graph.delivered import Delivered
from pei_graph.errors import PeiError
from pei_graph.explain import Apart, PairExplanation, PersonExplanation
from pei_graph.history import History
from pei_graph.report import RunReport
from pei_graph.verify import Check

OUT = Console()
ASIDE = Console(stderr=True)
MOST_TOLD = 20
"""Deliveries that are told of at the end of a run; more are counted."""
COLOURS = {"error": "red", "warning": "yellow", "note": "dim"}


def say(sentence: str) -> None:
    """The sentence stands on the terminal."""
    OUT.print(sentence, highlight=False, markup=False, soft_wrap=True)


def problem(error: PeiError) -> None:
    """The error's message stands on standard error."""
    ASIDE.print("[red]error:[/] ", end="")
    ASIDE.print(str(error), highlight=False, markup=False, soft_wrap=True)


def waiting(what: str) -> AbstractContextManager[object]:
    """Show that something is under way while the body runs."""
    return ASIDE.status(what)


def _table(title: str, *columns: str) -> Table:
    """Return an empty table whose columns after the first are numbers when named with a #."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column.lstrip("#"), justify="right" if column.startswith("#") else "left")
    return table


def ran(report: RunReport) -> None:
    """The run's counts and timings stand on the terminal."""
    table = _table("What was read", "source", "#deliveries", "#rows in", "#quarantined", "#records")
    for source, counts in report.sources.items():
        table.add_row(source, *(f"{count:,}" for count in counts.values()))
    OUT.print(table)
    made = report.tables
    say(
        f"Run {report.run}, as of {report.as_of}, by model {report.model}:"
        f" {made['records']:,} records are {made['persons']:,} persons;"
        f" {made['families']:,} of them are in families;"
        f" {made['findings']:,} findings; {report.noted:,} issues noted."
    )
    say(_made(report) + (f" Pairs were scored {report.scored}." if report.scored else ""))
    seconds = ", ".join(f"{stage} {took:.1f}" for stage, took in report.seconds.items())
    say(f"{sum(report.seconds.values()):.1f} s ({seconds}); {report.peak_mib:,} MiB at most.")
    _amiss(report)
    _misread(report)


def _misread(report: RunReport) -> None:
    """What most needs to be read of a run, where it holds, stands at its end."""
    if report.misread:
        table = _table("Contracts that need looking at", "source", "list",
                       "column", "what, and what to do")  # fmt: skip
        for issue in report.misread:
            where = (str(issue[name]) for name in ("source", "list", "column"))
            table.add_row(*map(escape, where), f"[red]{escape(str(issue['advice']))}[/]")
        OUT.print(table)


def _amiss(report: RunReport) -> None:
    """Deliveries that were refused or cut off, and files that nobody knows, are told of."""
    if report.amiss:
        table = _table("Deliveries that need looking at", "source", "list", "file",
                       "column", "what, and what to do")  # fmt: skip
        for column in table.columns:
            column.overflow = "fold"
        for issue in report.amiss[:MOST_TOLD]:
            where = (str(issue[name]) for name in ("source", "list", "file", "column"))
            colour = COLOURS[str(issue["severity"])]
            table.add_row(*map(escape, where), f"[{colour}]{escape(str(issue['advice']))}[/]")
        OUT.print(table)
    if (more := len(report.amiss) - MOST_TOLD) > 0:
        say(f"And {more:,} more: `pei check` and the page of sources name them.")
    if report.unknown:
        say(
            f"No contract speaks of {report.unknown:,} of the files, so they were not read:"
            " `pei check` and the page of sources name them."
        )


def _made(report: RunReport) -> str:
    """Return in a sentence how much of the run was made again."""
    if report.full:
        return f"Everything was made anew ({report.full})."
    touched = ", ".join(f"{count:,} {what}" for what, count in report.touched.items())
    return f"Built upon the last run; settled again: {touched}."


def checked(found: Sequence[Checked]) -> None:
    """What was found in each delivery stands on the terminal."""
    table = _table("What was found", "", "file", "where", "#rows", "what, and what to do")
    for column in table.columns:
        column.overflow = "fold"  # a name that is cut off names no file
    for entry in found:
        colour = COLOURS.get(entry.severity, "")
        table.add_row(
            f"[{colour}]{entry.severity}[/]" if colour else entry.severity,
            escape(entry.file),
            escape(entry.where),
            f"{entry.rows:,}",
            escape(entry.says),
        )
    OUT.print(table)
    if not found:
        say("There was no file to check: what was named holds none.")


def delivered(found: Sequence[Delivered]) -> None:
    """Every delivered file stands on the terminal, with what it is called by to withdraw it."""
    table = _table("What was delivered", "delivery", "file", "of", "source", "#rows", "state")
    for column in table.columns:
        column.overflow = "fold"  # what may be typed is not cut off
    for each in found:
        sources = ", ".join(sorted({name.partition(".")[0] for name in each.lists}))
        rows = f"{each.rows:,}" if each.lists else ""
        table.add_row(each.id, escape(each.file), each.day, sources, rows, each.state)
    OUT.print(table)


def verified(checks: Sequence[Check]) -> None:
    """Every check and its figures stand on the terminal."""
    table = _table("Does the run add up?", "", "what must hold", "#figures")
    for check in checks:
        table.add_row("[green]yes[/]" if check.holds else "[red]NO[/]", check.says, check.figures)
    OUT.print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def answered(answer: Answer) -> None:
    """The answer stands on the terminal, and how many rows it has."""
    table = _table("", *answer.columns)
    for row in answer.rows:
        table.add_row(*map(_cell, row))
    OUT.print(table)
    say(f"{len(answer.rows):,} rows" + (", the first of more" if answer.cut else ""))


def explained_pair(pair: PairExplanation, sentences: Sequence[str]) -> None:
    """The pair's sentences, its values side by side and its sum stand on the terminal."""
    for sentence in sentences:
        say(sentence)
    table = _table("What each says", "", pair.record_l, pair.record_r, "compared")
    for value in (*pair.values, *pair.further):
        table.add_row(*map(escape, (value.title, value.left, value.right)), value.agreement)
    OUT.print(table)
    sums = pair.waterfall
    table = _table("From the prior to the weight", "evidence", "found", "#bits", "#sum")
    table.add_row("prior", "", f"{sums.prior:+.2f}", f"{sums.prior:.2f}")
    for step in sums.steps:
        table.add_row(step.title, step.level, f"{step.bits:+.2f}", f"{step.total:.2f}")
    OUT.print(table)
    say(f"{pair.state}: {pair.match_key}, {sums.weight:.2f} bits.")


def explained_person(person: PersonExplanation, sentences: Sequence[str]) -> None:
    """The person's sentences, records and joins stand on the terminal."""
    for sentence in sentences:
        say(sentence)
    table = _table(person.person_id, "record", "state", "#weakest link", "match key")
    for record in (*person.records, *person.possible):
        weakest = record["weakest_link"]
        table.add_row(
            escape(record["record_id"]),
            record["state"],
            "" if weakest is None else f"{weakest:.1f}",
            record["match_key"] or "",
        )
    OUT.print(table)
    table = _table("How they came together", "record", "and record", "#parts", "#bits", "by")
    for join in person.joins:
        tie = join.tie
        table.add_row(
            *map(escape, (tie.record_l, tie.record_r)),
            f"{join.left} + {join.right}",
            f"{tie.weight:.1f}",
            tie.kind + (", the only tie" if join.bridge else ""),
        )
    OUT.print(table)


def explained_apart(apart: Apart, sentences: Sequence[str]) -> None:
    """The sentences and the strongest links between two persons stand on the terminal."""
    for sentence in sentences:
        say(sentence)
    table = _table("The strongest links", "record", "and record", "state", "#bits", "match key")
    for link in apart.strongest:
        table.add_row(
            *map(escape, (link["record_l"], link["record_r"])),
            link["veto"] or link["state"],
            f"{link['weight']:.1f}",
            link["match_key"],
        )
    OUT.print(table)


def history(found: History) -> None:
    """Every event of an id and what became of it stand on the terminal."""
    table = _table(found.id, "#run", "when", "what happened", "why")
    for event in found.events:
        when = f"{event.at:%d %B %Y}" if event.at else "not written down"
        table.add_row(str(event.run), when, event.says, event.reason)
    OUT.print(table)
    for heir in found.heirs:
        say(f"Carried on by {heir}.")
    say(f"In use: {found.current or 'no id; none of its records is left'}.")
