"""Verdicts as forms bring them, and the words that pages use for them."""

from collections.abc import Mapping
from typing import cast, get_args

from pei_graph.ledger import Choice

WORDS: Mapping[str, str] = {
    "same": "Same person", "different": "Different people", "unsure": "Unsure",
}  # fmt: skip


def choice(text: str) -> Choice | None:
    """Return the verdict that a form sent, None where it is none."""
    return cast("Choice", text) if text in get_args(Choice) else None
