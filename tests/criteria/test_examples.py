"""Every criterion finds in its example what it must, and passes over what it must not."""

from typing import Any

import pytest

from pei_graph.criteria import Criterion, read_packs
from pei_graph.graph import GraphStore

CRITERIA = {
    f"{pack.rules.id}/{criterion.header.id}": criterion
    for pack in read_packs()
    for criterion in pack.criteria
}


def found(criterion: Criterion, store: GraphStore, one: Any) -> set[tuple[Any, ...]]:
    """Return what the criterion finds in one example, names and facts as the example has them."""
    day = one.example.as_of
    answer = store.table(criterion.text, **criterion.values({"as_of": day}, as_of=day))
    return {
        (
            row["subject"].removeprefix(one.prefix),
            row["state"],
            row["since"],
            round(row["value"], 1),
            tuple(sorted(fact - one.first_fact + 1 for fact in row["evidence"])),
        )
        for row in answer.to_pylist()
        if row["subject"].startswith(one.prefix)
    }


@pytest.mark.parametrize("name", sorted(CRITERIA))
def test_finds_what_its_example_says(name: str, store: GraphStore, placed: dict[str, Any]) -> None:
    """A criterion returns exactly the rows of its example: no other person, state or fact."""
    one = placed[name]
    wanted = {
        (row.subject, row.state, row.since, row.value, row.evidence) for row in one.example.finds
    }
    assert found(CRITERIA[name], store, one) == wanted


def test_every_criterion_has_an_example(placed: dict[str, Any]) -> None:
    """A criterion without an example is refused, and so is an example without a criterion."""
    assert set(placed) == set(CRITERIA)


@pytest.mark.parametrize("name", sorted(CRITERIA))
def test_example_shows_both_sides(name: str, placed: dict[str, Any]) -> None:
    """An example names somebody for each state, and somebody who is passed over with the reason."""
    example = placed[name].example
    assert {row.state for row in example.finds} == set(CRITERIA[name].header.because)
    assert example.passes_over
    assert not set(example.passes_over) & {row.subject for row in example.finds}
    assert set(example.passes_over) <= set(example.persons)
