"""Spark's Java, and that of a cluster's parts, start fast."""

from collections.abc import Iterator

import pytest
from graph_engines import SHORT_LIVED


@pytest.fixture(scope="session", autouse=True)
def _starts_fast() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JAVA_TOOL_OPTIONS", " ".join(SHORT_LIVED))
        yield
