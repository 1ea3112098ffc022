"""Splitting a person by moving records, and joining two: shown first, then confirmed."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pei_graph.ledger import Showing
from pei_graph.review import pass_verdict
from webapp.access import JUDGE, ledger, needs, note_read
from webapp.format import plural
from webapp.reads.mending import Plan, Wish, plan, problem_with
from webapp.reads.person import person_seen, read_person
from webapp.reads.verdict import WORDS
from webapp.runs import sight

pages = Blueprint("mending", __name__)

LONGEST_WHY = 500


@pages.get("/person/<id:person_id>/mend")
@needs(JUDGE)
def choose(person_id: str) -> ResponseReturnValue:
    """Return the records of a person, to be ticked."""
    note_read("mend person", [person_id])
    return _page(Wish(person_id, (), None))


@pages.post("/person/<id:person_id>/mend")
@needs(JUDGE)
def foresee(person_id: str) -> ResponseReturnValue:
    """Return what would follow, to be confirmed; nothing is recorded."""
    note_read("mend person", [person_id])
    wish = _wish(person_id)
    problem = _problem(wish)
    if problem:
        return _page(wish, problem=problem), 400
    found = plan(wish)
    note_read("foresee", _touched(found))
    return _page(wish, found=found)


@pages.post("/person/<id:person_id>/mend/confirm")
@needs(JUDGE)
def confirm(person_id: str) -> ResponseReturnValue:
    """The judgements are on disk; the history shows what became of each."""
    note_read("mend person", [person_id])
    wish = _wish(person_id)
    if _problem(wish):
        return _page(wish, problem=_problem(wish)), 400
    given = plan(wish).judgements
    with sight().asking() as con:
        for one in given:
            pass_verdict(
                con,
                ledger(),
                one.pair,
                verdict=one.verdict,
                by=current_user.name,
                why=_why(),
                showing=Showing("asked"),
                purpose=current_user.purpose,
            )
    flash(f"Saved: {plural(len(given), 'judgement')} about {person_id}.")
    return redirect(url_for("review.past"), code=303)


def _wish(person_id: str) -> Wish:
    other = request.form.get("other", "").strip().upper()
    moved = tuple(sorted(set(request.form.getlist("record"))))
    return Wish(person_id, moved, other or None)


def _why() -> str:
    return request.form.get("why", "").strip()[:LONGEST_WHY]


def _problem(wish: Wish) -> str | None:
    if not person_seen(wish.person_id):
        abort(404)
    return problem_with(wish) or (None if _why() else "Say why, for whoever looks at it in a year")


def _page(wish: Wish, *, problem: str | None = None, found: Plan | None = None) -> str:
    if not person_seen(wish.person_id):
        abort(404)
    return render_template(
        "mend.html",
        person=read_person(wish.person_id),
        wish=wish,
        why=_why(),
        problem=problem,
        plan=found,
        words=WORDS,
    )


def _touched(found: Plan) -> list[str]:
    sides = [found.foreseen.before, found.foreseen.after] if found.foreseen else []
    return sorted({name for side in sides for name in (*side.persons, *side.families)})
