"""What an agency knows of a person in a few words, and who works with a family."""

from datetime import date

from webapp.reads.cells import cell
from webapp.reads.workers import workers

ON = date(2026, 9, 30)


def fact(kind: str, *, worker: str, source: str = "ehm", **other: object) -> dict[str, object]:
    """A fact that began in August 2025 and whose end nobody gave."""
    told = {"since": date(2025, 8, 14), "until": None, "value": None, "total": None}
    about = {"person_id": "P-1", "telephone": None, "source": source}
    return {"type": kind, "worker": worker, **told, **about, **other}


def test_an_assessment_of_early_help_is_not_told_as_going_on() -> None:
    """It is given the day on which it was made and no end, and whoever made it may have left."""
    assessed = fact("early_help_assessment", worker="A. Worker")
    assert cell([assessed], ON).lines == ("Early help assessment, August 2025",)
    assert workers([assessed], ON) == ()


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
