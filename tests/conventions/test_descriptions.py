"""The descriptions that ship with the product all load, and ship."""

from collections.abc import Sequence
from pathlib import Path

from pei_graph.contract import read_contracts, vocabulary


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
