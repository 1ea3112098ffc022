"""The small examples in docstrings give what they say."""

import doctest
import importlib
from collections.abc import Sequence
from pathlib import Path

ENTRY_POINTS = {"__main__"}


def test_every_example_in_a_docstring_holds(modules: Sequence[Path]) -> None:
    """Every `>>>` line in the four packages gives the result written under it."""
    names = [
        ".".join(file.with_suffix("").parts).removesuffix(".__init__")
        for file in modules
        if file.stem not in ENTRY_POINTS
    ]
    results = {name: doctest.testmod(importlib.import_module(name)) for name in names}
    assert {name: result.failed for name, result in results.items() if result.failed} == {}
    assert sum(result.attempted for result in results.values()) >= 3
