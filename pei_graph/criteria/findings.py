"""Every criterion asked of the whole graph, and what that means for each family.

In: the graph, the run's tables, the packs. Out: CRITERIA, FINDINGS, FAMILY_AREAS and PRIORITIES.
A criterion's answer is held to its promise: an unknown subject or state is an error.
"""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from pei_graph import boundary
from pei_graph.criteria.ageing import is_asked_of_few
from pei_graph.criteria.packs import Criterion, Pack, Priority
from pei_graph.errors import CriterionError, Place
from pei_graph.graph import Answering, Question, add_months
from pei_graph.scripts import Scripts
from pei_graph.tables import CRITERIA, FAMILY_AREAS, FINDINGS, PRIORITIES

_SQL = Scripts(files(__package__))

SOURCES = "MATCH (s:Source) RETURN s.source AS source, s.types AS types, s.evidences AS evidences"


@dataclass(frozen=True, slots=True)
class Few:
    """What was found of few persons, and whether few families are judged upon it."""

    answers: Mapping[str, pa.Table]
    """By the id of a pack: what its criteria that are asked of few find of them."""
    last_as_of: date
    """The day that the last run looks back from, which found what is found of others."""
    families: bool = False
    """Whether the temporary table ``other_family`` (family_id) names all in whom there is somebody
    else, or a record."""


def evaluate(
    con: duckdb.DuckDBPyConnection,
    store: Answering,
    packs: Sequence[Pack],
    *,
    as_of: date,
    of_few: Few | None = None,
) -> None:
    """CRITERIA, FINDINGS, FAMILY_AREAS and PRIORITIES say what every pack finds on ``as_of``.

    A finding about a person carries the family the person lives in now, if any. Raises
    ``CriterionError`` where a criterion's answer breaks its promise.

    ``of_few`` is what :func:`ask_few` found of the persons in the temporary table ``near_person``:
    all of whom a criterion that is asked of few may say otherwise than the last run, attached as
    ``before``, found by the same packs. What that run found of others stays in FINDINGS, which
    stand as it left them. Of few families FAMILY_AREAS and PRIORITIES are judged again, where they
    stand so too.
    """
    con.execute(CRITERIA.ddl)
    if of_few is None:
        con.execute(FINDINGS.ddl)
    _SQL.run(con, "judged_upon")
    if not (of_few and of_few.families):
        for table in (FAMILY_AREAS, PRIORITIES):
            con.execute(table.ddl)
    con.register("graph_sources", store.table(SOURCES))
    for pack in packs:
        _describe(con, pack, as_of)
        _find(con, store, pack, as_of=as_of, of_few=of_few)
        _judge_families(con, pack, as_of=as_of, of_few=of_few)
    con.unregister("graph_sources")
    boundary.check(con, CRITERIA, FINDINGS, FAMILY_AREAS, PRIORITIES)


def of_everybody(packs: Sequence[Pack], *, as_of: date, last_as_of: date) -> list[Question]:
    """Return what :func:`evaluate` asks the whole graph where few were asked of before."""
    given = {"as_of": as_of}
    asked = [each for pack in packs for each in _parted(pack, as_of, last_as_of)[1]]
    questions = [Question(each.text, each.values(given, as_of=as_of)) for each in asked]
    return [Question(SOURCES, {}), *questions]


def ask_few(near: Answering, packs: Sequence[Pack], *, as_of: date, last_as_of: date) -> Few:
    """Return what the criteria that are asked of few find in a graph of a few persons."""
    answers = {
        pack.rules.id: _answers(near, _parted(pack, as_of, last_as_of)[0], as_of=as_of)
        for pack in packs
    }
    return Few(answers, last_as_of)


def _parted(
    pack: Pack, as_of: date, last_as_of: date
) -> tuple[Sequence[Criterion], Sequence[Criterion]]:
    """Return the criteria that are asked of few, and those that are asked of everybody."""
    another_day = as_of != last_as_of
    few = [each for each in pack.criteria if is_asked_of_few(each, another_day=another_day)]
    return few, [each for each in pack.criteria if each not in few]


def _ids(pack: Pack, as_of: date, of_few: Few | None) -> list[str]:
    """Return which of the pack's criteria were asked of few."""
    few = _parted(pack, as_of, of_few.last_as_of)[0] if of_few else []
    return [each.header.id for each in few]


def _describe(con: duckdb.DuckDBPyConnection, pack: Pack, as_of: date) -> None:
    con.register("described", _described(pack, as_of))
    con.execute("INSERT INTO criteria BY NAME SELECT * FROM described")
    con.unregister("described")


def _described(pack: Pack, as_of: date) -> pa.Table:
    rows = []
    for criterion in pack.criteria:
        header = criterion.header
        figures = {name: p.number for name, p in header.parameters.items() if not p.given}
        rows.append(
            {
                "pack": pack.rules.id,
                "criterion": header.id,
                "area": header.area,
                "subject": header.subject,
                "title": header.title,
                "why": header.why.strip(),
                "parameters": json.dumps(figures, sort_keys=True),
                "owner": header.owner,
                "checked_by": header.checked_by,
                "next_review": header.next_review,
                "as_of": as_of,
            }
        )
    return pa.Table.from_pylist(rows)


def _find(
    con: duckdb.DuckDBPyConnection,
    store: Answering,
    pack: Pack,
    *,
    as_of: date,
    of_few: Few | None,
) -> None:
    con.register("asked", _asked(pack))
    con.register("found", _found(store, pack, as_of=as_of, of_few=of_few))
    _refuse_wrong_rows(con)
    if of_few is not None:
        _SQL.run(con, "found_again", pack=pack.rules.id, few=_ids(pack, as_of, of_few))
    con.execute(_SQL.text("finding"), {"pack": pack.rules.id})
    con.unregister("found")
    con.unregister("asked")


def _found(store: Answering, pack: Pack, *, as_of: date, of_few: Few | None) -> pa.Table:
    """Return what the pack's criteria find: of everybody, or what :func:`evaluate` needs of few."""
    if of_few is None:
        return _answers(store, pack.criteria, as_of=as_of)
    of_all = _answers(store, _parted(pack, as_of, of_few.last_as_of)[1], as_of=as_of)
    return pa.concat_tables([of_all, of_few.answers[pack.rules.id]])


def _answers(store: Answering, criteria: Sequence[Criterion], *, as_of: date) -> pa.Table:
    def answer(criterion: Criterion) -> pa.Table:
        return _answer(store, criterion, as_of=as_of)

    # Two at once: the engine prepares and ends a query on one thread.
    with ThreadPoolExecutor(max_workers=2) as pool:
        return pa.concat_tables([_ANSWER.empty_table(), *pool.map(answer, criteria)])


def _answer(store: Answering, criterion: Criterion, *, as_of: date) -> pa.Table:
    found = store.table(criterion.text, **criterion.values({"as_of": as_of}, as_of=as_of))
    try:
        typed = found.select(_FOUND.names).cast(_FOUND)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        typed = None
    if typed is None:
        raise _broken(criterion.header.id, "a column of another type")
    ids = pa.repeat(criterion.header.id, len(typed))
    return typed.append_column("criterion", ids)


def _asked(pack: Pack) -> pa.Table:
    rows = [
        {
            "criterion": criterion.header.id,
            "area": criterion.header.area,
            "subject_kind": criterion.header.subject,
            "states": list(criterion.header.because),
            "met": _sentence(criterion, "met"),
            "cusp": _sentence(criterion, "cusp"),
        }
        for criterion in pack.criteria
    ]
    return pa.Table.from_pylist(rows, schema=_ASKED)


def _refuse_wrong_rows(con: duckdb.DuckDBPyConnection) -> None:
    answer = con.execute(_SQL.text("wrong"))
    names = [column[0].replace("_", " ") for column in answer.description or ()]
    first, *counts = answer.fetchone() or (None,)
    if first is not None:
        told = zip(names[1:], counts, strict=True)
        raise _broken(first, ", ".join(f"{count} {name}" for name, count in told if count))


def _broken(criterion: str, wrong: str) -> CriterionError:
    return CriterionError(
        f"The criterion's answer breaks its promise: {wrong}",
        where=Place(file=f"{criterion}.cypher"),
        do="A criterion returns each person or family once, `met` or `cusp`, with facts",
    )


def _sentence(criterion: Criterion, state: str) -> str:
    sentence = next((text for key, text in criterion.header.because.items() if key == state), "")
    for name, parameter in criterion.header.parameters.items():
        sentence = sentence.replace(f"{{{name}}}", _figure(parameter.number))
    return sentence


def _figure(number: Any) -> str:
    return f"{number:g}" if isinstance(number, float) else str(number)


def _judge_families(
    con: duckdb.DuckDBPyConnection, pack: Pack, *, as_of: date, of_few: Few | None
) -> None:
    rules, weights = pack.rules, pack.rules.priority
    con.register("pack_criteria", _weights(pack))
    values = {
        "pack": rules.id,
        "areas": list(rules.areas),
        "most": rules.non_resident_parent.areas,
        "few": _ids(pack, as_of, of_few),
        **_since(weights, as_of),
    }
    last = _since(weights, of_few.last_as_of if of_few else as_of)
    values |= {f"last_{name}": day for name, day in last.items()}
    judged = "judged_again" if of_few and of_few.families else "judged"
    for script in ("able", "elsewhere", judged, "areas"):
        _SQL.run(con, script, **values)
    growing = weights.growing
    con.execute(
        _SQL.text("priorities"),
        {
            "pack": rules.id,
            "cusp": weights.cusp,
            "several": weights.several_members.points,
            "several_least": weights.several_members.least,
            "recent": weights.recent.points,
            "recent_months": weights.recent.months,
            "growing": growing.points,
            "growing_months": growing.months,
            **_since(weights, as_of),
        },
    )
    con.unregister("pack_criteria")


def _since(weights: Priority, as_of: date) -> dict[str, date]:
    """Return the day, and those after which what is weighed for its date began, as of it."""
    months = weights.growing.months
    return {
        "as_of": as_of,
        "recent_from": add_months(as_of, -weights.recent.months),
        "growing_from": add_months(as_of, -months),
        "growing_before": add_months(as_of, -2 * months),
    }


def _weights(pack: Pack) -> pa.Table:
    weights = pack.rules.priority
    rows = []
    for criterion in pack.criteria:
        header = criterion.header
        severe = weights.severe.get(header.id)
        rows.append(
            {
                "criterion": header.id,
                "area": header.area,
                "area_rank": pack.rules.areas.index(header.area),
                "title": header.title,
                "evidence": list(header.evidence),
                "points": weights.met[header.id],
                "severe_points": severe.points if severe else None,
                "severe_least": severe.least if severe else None,
                "severe_most": severe.most if severe else None,
                "growing": header.id in weights.growing.criteria,
            }
        )
    return pa.Table.from_pylist(rows, schema=_WEIGHTS)


_FOUND = pa.schema(
    [
        ("subject", pa.string()),
        ("state", pa.string()),
        ("since", pa.date32()),
        ("value", pa.float64()),
        ("evidence", pa.list_(pa.int64())),
    ]
)
_ANSWER = _FOUND.append(pa.field("criterion", pa.string()))
_ASKED = pa.schema(
    [
        ("criterion", pa.string()),
        ("area", pa.string()),
        ("subject_kind", pa.string()),
        ("states", pa.list_(pa.string())),
        ("met", pa.string()),
        ("cusp", pa.string()),
    ]
)
_WEIGHTS = pa.schema(
    [
        ("criterion", pa.string()),
        ("area", pa.string()),
        ("area_rank", pa.int32()),
        ("title", pa.string()),
        ("evidence", pa.list_(pa.string())),
        ("points", pa.int32()),
        ("severe_points", pa.int32()),
        ("severe_least", pa.float64()),
        ("severe_most", pa.float64()),
        ("growing", pa.bool_()),
    ]
)
