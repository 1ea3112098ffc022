"""What an agency knows of a person in a few words, and who works with a family."""

from datetime import date

import pytest

from webapp.reads.cells import cell
from webapp.reads.workers import workers

ON = date(2026, 9, 30)


def fact(kind: str, *, worker: str, source: str = "ehm", **other: object) -> dict[str, object]:
    """A fact that began in August 2025 and whose end nobody gave."""
    told = {"since": date(2025, 8, 14), "until": None, "ended": None}
    told |= {"value": None, "total": None}
    about = {"person_id": "P-1", "telephone": None, "source": source}
    return {"type": kind, "worker": worker, **told, **about, **other}


def test_an_assessment_of_early_help_is_not_told_as_going_on() -> None:
    """It is given the day on which it was made and no end, and whoever made it may have left."""
    assessed = fact("early_help_assessment", worker="A. Worker")
    assert cell([assessed], ON).lines == ("Early help assessment, August 2025",)
    assert workers([assessed], ON) == ()


@pytest.mark.parametrize("why", ["closed", "unlisted", "elsewhere"])
def test_what_has_ended_without_a_day_is_not_told_as_going_on(why: str) -> None:
    """Whoever says that it has: nobody rings a worker of a case that a criterion counts no more."""
    over = fact("child_in_need", worker="A. Worker", ended=why)
    assert cell([over], ON).lines == ("Child in need (section 17), August 2025, ended",)
    assert workers([over], ON) == ()


@pytest.mark.parametrize(
    ("when", "line"),
    [
        ({"until": ON}, "Early help episode, August 2025"),
        ({"since": date(2026, 10, 1)}, "Early help episode, October 2026"),
        ({"since": None}, "Early help episode: open"),
    ],
)
def test_what_goes_on_is_what_criteria_hold_to_be_open(when: dict[str, date], line: str) -> None:
    """Not what ends that day or begins later; and what began on a day that nobody gave."""
    told = fact("early_help", worker="A. Worker", **when)
    assert cell([told], ON).lines == (line,)
    assert bool(workers([told], ON)) is line.endswith("open")


def test_a_worker_whom_two_systems_name_is_one() -> None:
    """Their telephone is whichever system gives it, and both systems are named."""
    facts = [
        fact("child_in_need", worker="A. Worker", source="annex_a"),
        fact("child_in_need", worker="A. WORKER", source="lcs", telephone="01632 960001"),
        fact("child_in_need", worker="B. Gone", source="lcs", until=date(2026, 1, 1)),
    ]
    [worker] = workers(facts, ON)
    assert (worker.name, worker.telephones) == ("A. Worker", ("01632 960001",))
    assert worker.sources == ("annex_a", "lcs")
    assert worker.lines == ("Child in need (section 17) since August 2025",)


def test_a_cell_says_how_many_kinds_it_leaves_out() -> None:
    """Two kinds of dealing are told and the others counted: a grid is read at a glance."""
    kinds = ("child_in_need", "looked_after", "early_help", "debt")
    told = cell([fact(kind, worker="A. Worker") for kind in kinds], ON).lines
    assert told == (
        "Child in need (section 17) since August 2025",
        "Looked after since August 2025",
        "and 2 more",
    )
