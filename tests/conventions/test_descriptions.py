"""The descriptions that ship with the product all load, and ship."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pei_graph.contract import read_contracts, vocabulary
from pei_graph.criteria.packs import Criterion, read_packs
from pei_graph.graph import explore_query


def test_every_packaged_contract_loads(tracked: Sequence[Path]) -> None:
    """Each contract file is valid and its id is its file's name."""
    files = {file.stem for file in tracked if file.match("loaders/contracts/*.yml")}
    assert set(read_contracts()) == files


def test_every_area_of_a_type_is_declared() -> None:
    """A type of the vocabulary or of a contract speaks to a declared problem area, or to none."""
    words = vocabulary()
    terms = dict(words.involvements)
    for contract in read_contracts().values():
        terms |= contract.terms
    assert {term.area for term in terms.values()} - {None} <= set(words.areas)


def test_every_relationship_has_its_inverse() -> None:
    """The inverse of a relationship is a relationship whose inverse it is."""
    relationships = vocabulary().relationships
    mended = {
        name: relationships[term.inverse].inverse
        for name, term in relationships.items()
        if term.inverse
    }
    assert mended == {name: name for name in relationships}


@pytest.fixture(scope="module")
def criteria() -> dict[str, Criterion]:
    """Every packaged criterion by its id."""
    return {query.header.id: query for pack in read_packs() for query in pack.criteria}


def test_every_question_loads(tracked: Sequence[Path]) -> None:
    """Each question of the graph agrees with its own header, and bears its file's name."""
    names = {file.stem for file in tracked if file.match("cypher/explore/*.cypher")}
    assert {explore_query(name).header.id for name in names} == names


def test_every_criterion_file_is_in_a_pack(
    tracked: Sequence[Path], criteria: dict[str, Criterion]
) -> None:
    """Each criterion file loads with its pack, under its own name."""
    files = {file.stem for file in tracked if file.match("cypher/criteria/*/*.cypher")}
    assert set(criteria) == files


def test_every_criterion_can_be_evidenced(criteria: dict[str, Criterion]) -> None:
    """Some packaged source states a fact of a type that each criterion asks for."""
    stated = {
        fact.type
        for contract in read_contracts().values()
        for source_list in contract.lists.values()
        for fact in source_list.facts
    }
    assert {
        name for name, query in criteria.items() if not stated & {*query.header.evidence}
    } == set()


def test_sources_evidence_criteria_that_exist(criteria: dict[str, Criterion]) -> None:
    """What a contract says it can evidence is the id of a criterion."""
    claimed = {
        (contract.id, name) for contract in read_contracts().values() for name in contract.evidences
    }
    assert {(source, name) for source, name in claimed if name not in criteria} == set()
