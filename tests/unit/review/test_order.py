"""The order of questions is that of their definition, whatever a run holds and people answered."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from queue_by_definition import PERSONS, asked, drawn_run, own
from random_run import Row, Run, put

from pei_graph.ledger import Choice, Judgement
from pei_graph.review import judged_contents, queue, ranked, read_questions, still_open

VERDICTS: tuple[Choice, ...] = ("same", "different", "unsure")


def answered(dice: random.Random, questions: Sequence[Row]) -> list[Judgement]:
    """Return answers to some questions of the queue, and to pairs that nobody asked about."""
    some = dice.sample(questions, len(questions) // 4)
    return [
        Judgement(
            number, each["record_l"], each["record_r"], dice.choice(VERDICTS), "testa", "", "",
            withdrawn_at=dice.choice([None, None, "today"]),
            shown=dice.choice(["queue", "queue", "import"]), stratum=each["stratum"],
        )
        for number, each in enumerate(some)
    ]  # fmt: skip


def taught(judged: Sequence[Judgement]) -> dict[str, tuple[int, int]]:
    """Return how often each stratum was answered, and how often that changed what stood."""
    found: dict[str, tuple[int, int]] = {}
    for each in judged:
        if each.shown == "queue" and not each.withdrawn_at and each.verdict != "unsure":
            given, changing = found.get(str(each.stratum), (0, 0))
            changes = "different" if str(each.stratum).startswith("split") else "same"
            found[str(each.stratum)] = given + 1, changing + (each.verdict == changes)
    return found


def unsettled(run: Run, questions: Sequence[Row], judged: Sequence[Judgement]) -> list[Row]:
    """Return the questions whose answer does not follow from those given."""
    person = own(run)
    given = {each.pair: each for each in judged if not each.withdrawn_at}.values()
    one = {each: each for each in PERSONS}
    for each in given:
        if each.verdict == "same":
            left, right = (one[person[record]] for record in each.pair)
            one = {name: left if now == right else now for name, now in one.items()}
    apart = [{one[person[r]] for r in each.pair} for each in given if each.verdict != "same"]
    pairs = {each.pair for each in given}

    def open_(question: Row) -> bool:
        ends = {one[question["person_l"]], one[question["person_r"]]}
        follows = question["kind"] == "join" and (len(ends) == 1 or ends in apart)
        return (question["record_l"], question["record_r"]) not in pairs and not follows

    return list(filter(open_, questions))


@pytest.fixture(params=range(5))
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Dice for a run of its own."""
    return random.Random(request.param)  # noqa: S311 - invented rows need no secret


def test_questions_stand_in_the_order_of_their_definition(con: Any, dice: random.Random) -> None:
    """What is asked, its stratum, chance and place are what they are for each question alone."""
    run = drawn_run(dice)
    put(con, run)
    defined = asked(run, {})
    assert ranked(con, read_questions(con), []).to_pylist() == defined
    judged = answered(dice, defined)
    assert ranked(con, read_questions(con), judged).to_pylist() == asked(run, taught(judged))


def test_only_what_verdicts_settle_is_left_out(con: Any, dice: random.Random) -> None:
    """What follows from verdicts is not asked; all else is, in its place."""
    run = drawn_run(dice)
    put(con, run)
    judged = answered(dice, asked(run, {}))
    left = unsettled(run, asked(run, taught(judged)), judged)
    pairs = [(question["record_l"], question["record_r"]) for question in left]
    in_order = ranked(con, read_questions(con), judged)
    found = still_open(con, in_order, judged, known=judged_contents(con, judged))
    assert [question.pair for question in found] == pairs
    assert len(found) == len(pairs)


def test_the_first_of_a_queue_say_on_what_their_records_agree(
    con: Any, dice: random.Random
) -> None:
    """What is read for those alone that are shown is theirs."""
    run = drawn_run(dice)
    put(con, run)
    first = queue(con, [], top=5)
    assert len(first) == 5
    assert all(each.match_key == f"{each.record_l}{each.record_r}" for each in first)
