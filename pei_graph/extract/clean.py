"""What a list's contract has removed from its cells, as SQL that lets most cells pass untouched."""

import re

from pei_graph import sql
from pei_graph.contract import SourceList

LITERAL = re.compile(r"((?:[^\\.+*?()\[\]{}^$|]|\\[!-/:-@\[-^`{-~])+)(\$?)")
"""A pattern that means its own characters, anywhere in a cell or at its end."""


def cleaned(cell: str, source_list: SourceList) -> str:
    """Return SQL for a cell after the list's ``clean`` and ``replace``; nothing if none is left.

    Cells of readers are never empty text. Those of a list's own transform may be, and then count
    as nothing where the list cleans at all.
    """
    reader = source_list.reader
    steps = {**dict.fromkeys(reader.clean, ""), **reader.replace}
    if len(steps) == 1 and not source_list.transform:
        [(pattern, instead)] = steps.items()
        return _cleaned_once(cell, pattern, instead)
    for pattern, instead in steps.items():
        cell = _replaced(cell, pattern, instead)
    return f"nullif({cell}, '')" if steps else cell


def _replaced(cell: str, pattern: str, instead: str) -> str:
    return f"regexp_replace({cell}, {sql.text(pattern)}, {sql.text(instead)}, 'g')"


def _cleaned_once(cell: str, pattern: str, instead: str) -> str:
    """Return SQL that looks for a literal first: that costs a fifth of a regular expression."""
    replaced = _replaced(cell, pattern, instead)
    found = LITERAL.fullmatch(pattern)
    if not found:
        return f"nullif({replaced}, '')"
    literal = re.sub(r"\\(.)", r"\1", found[1])
    occurs = "suffix" if found[2] else "contains"
    if found[2] and not instead:
        replaced = f"left({cell}, -{len(literal)})"
    return (
        f"CASE WHEN {occurs}({cell}, {sql.text(literal)}) THEN nullif({replaced}, '')"
        f" ELSE {cell} END"
    )
