"""The ties that hold an invented person together: joins, bridges and strongest paths."""

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pei_graph.explain.ties import Tie, joins, strongest_path, ties_of

RECORDS = [f"invented:{number}" for number in range(7)]
PAIRS = list(combinations(RECORDS, 2))
WEIGHED = st.dictionaries(st.sampled_from(PAIRS), st.integers(-2, 9), max_size=len(PAIRS))


def ranked(weights: dict[tuple[str, str], int]) -> list[Tie]:
    """Ties of one kind, the strongest first."""
    ties = [Tie(*pair, float(weight), "model") for pair, weight in weights.items()]
    return sorted(ties, key=lambda tie: (-tie.weight, tie.record_l, tie.record_r))


def beside(start: str, ties: list[Tie]) -> set[str]:
    """Every record that ties lead to from one, found by trying again until nothing is new."""
    found, before = {start}, set[str]()
    while found != before:
        before = set(found)
        found |= {end for tie in ties for end in _ends(tie) if found & _ends(tie)}
    return found


def _ends(tie: Tie) -> set[str]:
    return {tie.record_l, tie.record_r}


@settings(deadline=None)
@given(WEIGHED)
def test_joins_join_what_was_apart(weights: dict[tuple[str, str], int]) -> None:
    """Each join is of two parts, as large as the joins before it made them; the last leave none."""
    ties = ranked(weights)
    so_far: list[Tie] = []
    for join in joins(ties):
        left, right = (beside(end, so_far) for end in (join.tie.record_l, join.tie.record_r))
        assert not left & right
        assert (join.left, join.right) == (len(left), len(right))
        so_far.append(join.tie)
    assert all(beside(record, so_far) == beside(record, ties) for record in RECORDS)


@settings(deadline=None)
@given(WEIGHED)
def test_a_bridge_is_what_alone_holds_two_parts(weights: dict[tuple[str, str], int]) -> None:
    """A join is a bridge where its two records part without it, and only there."""
    ties = ranked(weights)
    for join in joins(ties):
        others = [tie for tie in ties if tie != join.tie]
        parts = join.tie.record_r not in beside(join.tie.record_l, others)
        assert join.bridge is parts


@settings(deadline=None)
@given(WEIGHED)
def test_the_weakest_tie_of_a_path_is_as_strong_as_can_be(
    weights: dict[tuple[str, str], int],
) -> None:
    """A path leads from end to end; stronger ties alone than its weakest would not get there."""
    ties = ranked(weights)
    start, end = RECORDS[0], RECORDS[-1]
    path = strongest_path(start, end, ties)
    assert bool(path) is (end in beside(start, ties))
    at = start
    for tie in path:
        at = tie.other(at)
    assert at == (end if path else start)
    if path:
        weakest = min(tie.weight for tie in path)
        assert end not in beside(start, [tie for tie in ties if tie.weight > weakest])


def link(left: str, right: str, weight: float, state: str) -> dict[str, Any]:
    """A pair as LINKS keeps it."""
    return {
        "record_l": left, "record_r": right, "weight": weight, "state": state, "veto": None,
        "reason": "model", "match_key": "",
    }  # fmt: skip


def test_what_is_only_possible_ties_nobody_who_is_tied() -> None:
    """A link that alone holds a record in is a bridge, whatever possible links lie beside it."""
    one, two, three = RECORDS[:3]
    held = [link(one, two, 20.0, "accepted"), link(two, three, 15.0, "accepted")]
    ties = ties_of([*held, link(one, three, -2.0, "possible")], [])
    assert [tie.weight for tie in ties] == [20.0, 15.0]
    assert all(join.bridge for join in joins(ties))


def test_what_the_household_settled_ties() -> None:
    """A possible link is a tie where nothing else holds the two records in one person."""
    one, two, three = RECORDS[:3]
    found = [link(one, two, 20.0, "accepted"), link(one, three, 1.5, "possible")]
    ties = ties_of([*found, link(two, three, 1.0, "possible")], [])
    assert [(tie.kind, tie.weight) for tie in ties] == [("model", 20.0), ("household", 1.5)]
