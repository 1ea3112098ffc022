"""How long each stage of a run takes, told as it begins."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str], None]
"""Called with a stage's name as it begins, for a progress bar."""


class Clock:
    """Seconds that each stage took, in order."""

    def __init__(self, tell: Tell) -> None:
        """Start with nothing timed; ``tell`` hears of each stage."""
        self.seconds: dict[str, float] = {}
        self._tell = tell

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The body is timed under ``name``, together with earlier bodies of that name."""
        self._tell(name)
        began = time.perf_counter()
        yield
        took = time.perf_counter() - began
        self.seconds[name] = round(self.seconds.get(name, 0.0) + took, 3)
