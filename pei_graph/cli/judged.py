"""What the commands about judgements print: tables of ids and verdicts, nobody's name or date."""

from collections.abc import Sequence

from rich.table import Table

from pei_graph import show
from pei_graph.explain.words import times
from pei_graph.review import DANGERS, STATES, Contradiction, Question, Told
from pei_graph.uk_time import uk_time_of


def one(told: Told, dangers: Sequence[str]) -> None:
    """What became of a judgement just made stands on the terminal."""
    judgement = told.judgement
    show.say(f"Judgement {judgement.id}: {judgement.verdict}, {STATES[told.state]}.")
    if told.state in {"waits", "disputed"}:
        reasons = ", ".join(DANGERS[danger] for danger in dangers)
        since = f", since {reasons}" if reasons else ""
        show.say(f"Joining these two takes two people{since}.")
    if told.contradicted:
        numbers = ", ".join(map(str, told.contradicted))
        show.say(f"It contradicts {numbers}: see `pei judgements`, and withdraw what is wrong.")
    if told.state == "counts":
        show.say(
            "It counts from the next run on: `pei settle` makes one of only those whom it touches."
        )


def all_of_them(
    told: Sequence[Told], contradictions: Sequence[Contradiction], *, waiting: int
) -> None:
    """Every judgement, newest first, and every contradiction stand on the terminal."""
    table = Table()
    for column in ("#", "first", "second", "verdict", "by", "on", "state", "why"):
        table.add_column(column, overflow="fold")  # an id is never cut off
    for entry in told:
        judgement = entry.judgement
        table.add_row(
            str(judgement.id),
            *judgement.pair,
            judgement.verdict,
            judgement.by,
            f"{uk_time_of(judgement.at):%Y-%m-%d}",
            _state(entry),
            judgement.why,
        )
    show.OUT.print(table)
    for contradiction in contradictions:
        show.say(_says(contradiction))
    show.say(f"{times(len(told), 'judgement')}; {waiting:,} to take effect with the next run.")


def _state(told: Told) -> str:
    words = [STATES[told.state]]
    words += ["records have changed since"] if told.changed else []
    words += ["a record is gone"] if told.gone else []
    words += [f"contradicts {', '.join(map(str, told.contradicted))}"] if told.contradicted else []
    return "; ".join(words)


def _says(contradiction: Contradiction) -> str:
    different = contradiction.different
    chain = " and ".join(f"{step.id} by {step.by}" for step in contradiction.same)
    return (
        f"Contradiction: judgement {different.id} by {different.by} says different, but same was"
        f" said in {chain}. Different is kept. Withdraw what is wrong with"
        " `pei judgements withdraw NUMBER`."
    )


def questions(asked: Sequence[Question]) -> None:
    """The questions stand on the terminal, in order."""
    for place, question in enumerate(asked, start=1):
        show.say(f"{place:>4}  {question.record_l}  {question.record_r}")
        show.say(f"      {_asks(question)}; chance {question.chance:.0%}  {question.match_key}")
    show.say(
        f"{len(asked):,} pairs. An answer settles so many pairs of records if it changes what"
        " stands, which is as likely as the chance says. Judge with"
        " `pei judge FIRST SECOND VERDICT --why REASON` or on the review page."
    )


def _asks(question: Question) -> str:
    if question.kind == "again":
        return "the records have changed since they were judged"
    if question.kind == "split":
        return f"is {question.person_l} two persons? settles {question.settled}"
    ends = f"{question.person_l} and {question.person_r}"
    return f"are {ends} one person? settles {question.settled}"
