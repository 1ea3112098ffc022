"""Questions in Cypher: schema, explore queries, and one file a criterion."""

from importlib.resources import files
from importlib.resources.abc import Traversable

ROOT: Traversable = files(__name__)
"""The folder that holds ``schema/``, ``criteria/<pack>/`` and ``explore/``."""
