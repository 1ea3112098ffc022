"""Texts in YAML, read by the fastest safe loader at hand.

In: the text of a contract, a pack, a header or a list of words. Out: what it says, as plain values.
What they have to say is checked by whoever asked.
"""

from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Eight times as fast as the plain one, where PyYAML was built with it, and just as safe."""


def read_yml(text: str) -> Any:
    """Return what a text in YAML says.

    Raises ``yaml.YAMLError``, which knows the line, where it is none.
    """
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe one
