"""Descriptions of the sources: one contract a source, the vocabulary, and rare row transforms."""

from importlib.resources import files
from importlib.resources.abc import Traversable

CONTRACTS: Traversable = files(__name__) / "contracts"
"""The packaged contracts, one ``<source>.yml`` each."""

VOCABULARY: Traversable = files(__name__) / "vocabulary.yml"
"""The involvement and relationship types that contracts and criteria share."""
