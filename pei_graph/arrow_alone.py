"""Arrow does without pandas, where that is installed for notebooks.

In: nothing. Out: a process in which Arrow has looked for pandas once and not found it. Arrow asks
of every list it is given whether it is one of pandas', and imports pandas to ask: that is a second
of the processor in every run, to which nobody gives any.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pyarrow as pa

PANDAS = "pandas"


class _Hidden(MetaPathFinder):
    """Finds that there is no pandas."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Raise ``ModuleNotFoundError`` where it is pandas that is looked for."""
        if fullname == PANDAS:
            raise ModuleNotFoundError(f"No module named {PANDAS!r}", name=PANDAS)
        return None


def leave_pandas_out() -> None:
    """Arrow takes lists for lists from now on; whoever imports pandas later finds it.

    Where it is imported already nothing is to be spared, and Arrow goes on knowing it.
    """
    if PANDAS in sys.modules:
        return
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([None, PANDAS])  # Both its halves look when first given a list, and never again.
    finally:
        sys.meta_path.remove(hidden)
