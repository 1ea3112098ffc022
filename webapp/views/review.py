"""The clerical review: one pair at a time, one key a verdict, on disk before the next is shown."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pei_graph.ledger import (
    Choice,
    Entry,
    Judgement,
    Showing,
    UnknownJudgementError,
    held,
    lend,
    withdraw,
)
from pei_graph.review import STATES, contents, pass_verdict, proposed
from webapp.access import JUDGE, ledger, needs, note_read
from webapp.paging import pagination
from webapp.reads.foresight import one_at_a_time, read_foresight
from webapp.reads.pair import read_pair
from webapp.reads.review import (
    last_of_mine,
    next_pair,
    open_questions,
    progress,
    read_past,
    told_history,
    visible_history,
)
from webapp.reads.verdict import WORDS, choice
from webapp.runs import sight

pages = Blueprint("review", __name__)

LONGEST_WHY = 500
USUAL_WHY = "compared on the review page"


@pages.get("/review")
@needs(JUDGE)
def pair() -> ResponseReturnValue:
    """Return the pair that is before this user, or that nothing is left to be asked."""
    judged = visible_history()
    questions = open_questions(judged)
    found = next_pair(judged, questions)
    shown = read_pair(*found) if found else None
    note_read("review", shown.ids if shown else [])
    return render_template(
        "review.html",
        pair=shown,
        progress=progress(judged, questions),
        last=last_of_mine(judged),
        words=WORDS,
    )


@pages.get("/review/foresight")
@needs(JUDGE)
def foresight() -> ResponseReturnValue:
    """Return what *same* and *different* on the pair before this user would change.

    Nothing yet while it is still worked out for them of an earlier pair: the page asks again.
    """
    with one_at_a_time(current_user.name) as free:
        if free:
            return _foresight()
    note_read("review", [])
    return "", 204


def _foresight() -> str:
    mine = held(ledger(), current_user.name)
    if mine is None or not _visible(mine[0]):
        note_read("review", [])
        abort(404)
    found = read_foresight(*([proposed(*mine[0], verdict)] for verdict in ("same", "different")))
    note_read("foresee", _touched(found), records=len(mine[0]))
    return render_template("foresight.html", found=found, words=WORDS)


def _touched(found: Any) -> list[str]:
    sides = [side for one in found or () for side in (one.before, one.after)]
    return sorted({name for side in sides for name in (*side.persons, *side.families)})


@pages.post("/review/verdict")
@needs(JUDGE)
def verdict() -> ResponseReturnValue:
    """The verdict on the pair before this user is on disk; the next pair is shown."""
    note_read("review", [])
    given = choice(request.form.get("verdict", ""))
    mine = held(ledger(), current_user.name)
    asked = (request.form.get("record_l", ""), request.form.get("record_r", ""))
    if given is None:
        abort(400)
    if mine is None or mine[0] != asked or not _visible(asked):
        if not _said_last(asked, given):
            flash("That pair is no longer before you. Nothing was recorded for it.")
        return redirect(url_for("review.pair"), code=303)
    with sight().asking() as con:
        pass_verdict(
            con,
            ledger(),
            asked,
            verdict=given,
            by=current_user.name,
            why=request.form.get("why", "").strip()[:LONGEST_WHY] or USUAL_WHY,
            showing=mine[1],
            purpose=current_user.purpose,
        )
    return redirect(url_for("review.pair"), code=303)


def _said_last(asked: tuple[str, str], verdict: Choice) -> bool:
    """Return whether this was the user's last verdict: the form was sent twice, and kept once."""
    last = last_of_mine(visible_history())
    return last is not None and (last.pair, last.verdict) == (tuple(sorted(asked)), verdict)


@pages.post("/review/undo")
@needs(JUDGE)
def undo() -> ResponseReturnValue:
    """This user's newest judgement is withdrawn, and its pair before them again."""
    note_read("review", [])
    last = last_of_mine(visible_history())
    if last is None:
        flash("There is no judgement of yours to undo.")
        return redirect(url_for("review.pair"), code=303)
    _withdraw(last.id)
    showing = Showing(last.shown or "asked", last.stratum, last.chance)
    mine = lend(ledger(), [(last.pair, showing)], current_user.name)
    where = "before you again" if mine else "before somebody else now"
    flash(f"Taken back: {WORDS[last.verdict].lower()}. That pair is {where}.")
    return redirect(url_for("review.pair"), code=303)


@pages.get("/review/history")
@needs(JUDGE)
def past() -> ResponseReturnValue:
    """Return the judgements that this user may see, what became of each, and who judged when."""
    found = read_past(request.args.get("page", 1, type=int))
    note_read("review history", sorted(set(found.persons.values())))
    return render_template(
        "review_history.html",
        past=found,
        words=WORDS,
        states=STATES,
        pagination=pagination(found.page, found.pages, _past_address),
    )


def _past_address(page: int) -> str:
    return url_for("review.past", page=page, _anchor="all")


@pages.post("/review/withdraw")
@needs(JUDGE)
def take_back() -> ResponseReturnValue:
    """A judgement that this user may see is withdrawn."""
    note_read("review", [])
    number = request.form.get("number", 0, type=int)
    if not any(judgement.id == number for judgement in _counting()):
        abort(404)
    _withdraw(number)
    flash(f"Judgement {number} is withdrawn.")
    return redirect(url_for("review.past"), code=303)


@pages.post("/review/ask")
@needs(JUDGE)
def ask_for() -> ResponseReturnValue:
    """The pair that this user asks for is before them, unless somebody else has it."""
    note_read("review", [])
    record_l, record_r = sorted(request.form.get(name, "") for name in ("record_l", "record_r"))
    if record_l == record_r or not _visible((record_l, record_r)):
        abort(404)
    if lend(ledger(), [((record_l, record_r), Showing("asked"))], current_user.name) is None:
        flash("Somebody else is looking at that pair now.")
    return redirect(url_for("review.pair"), code=303)


def _counting() -> list[Judgement]:
    return [judgement for judgement in told_history() if judgement.withdrawn_at is None]


def _withdraw(number: int) -> None:
    who, purpose = current_user.name, current_user.purpose
    try:
        told = Entry(who, "withdraw", purpose, detail={"judgement": number})
        withdraw(ledger(), number, who, told=told)
    except UnknownJudgementError:
        flash("That judgement was withdrawn already.")


def _visible(asked: tuple[str, str]) -> bool:
    with sight().asking() as con:
        return len(contents(con, asked)) == len(asked)
