"""Which of the names that sources give a person is the person's: the most trusted, as last spelt.

In: the records' spellings and the trust in who gives them, as numbers. Out: one spelling a person.
Names are compared as numbers in the order of the alphabet, since a million texts cost far more.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve.components import Codes, Flags

_HEARD = """
SELECT
    s.code,
    coalesce(s.forename, 0) AS forename,
    coalesce(s.surname, 0) AS surname,
    t.trust::BIGINT AS trust
FROM spoken s
JOIN trusted t ON t.source = s.source
"""

_SPELLINGS = """
SELECT name_rank, length(name) = 0 AS blank, length(name) > 1 AS whole
FROM spelling
ORDER BY spelling
"""


@dataclass(frozen=True, slots=True)
class _Spellings:
    """The numbered spellings; number 0 stands for none."""

    name: Codes
    blank: Flags
    whole: Flags


def choose(con: duckdb.DuckDBPyConnection, label: Codes) -> pa.Table:
    """Return the numbers of each person's spellings, 0 for none (label, forename, surname).

    Of a person's names the one with the most trust counts, then the first in the alphabet; an
    initial only where nobody gives more. Of its spellings the one with the most trust, then the
    last in the alphabet. Needs ``spoken``, ``spelling`` and ``trusted``.
    """
    spellings = _read_spellings(con)
    heard = con.sql(_HEARD).to_arrow_table()
    owner, trust = label[heard["code"].to_numpy()], heard["trust"].to_numpy()
    chosen = {"label": np.flatnonzero(label == np.arange(label.size))}
    for part in ("forename", "surname"):
        by_label = np.zeros(label.size, dtype=np.int64)
        named, spelling = _called(owner, heard[part].to_numpy(), trust, spellings=spellings)
        by_label[named] = spelling
        chosen[part] = by_label[chosen["label"]]
    return pa.table(chosen)


def _read_spellings(con: duckdb.DuckDBPyConnection) -> _Spellings:
    columns = con.sql(_SPELLINGS).to_arrow_table()
    return _Spellings(
        np.concatenate([[0], columns["name_rank"].to_numpy()]),
        np.concatenate([[True], columns["blank"].to_numpy()]),
        np.concatenate([[False], columns["whole"].to_numpy()]),
    )


def _called(
    owner: Codes, spelling: Codes, trust: Codes, *, spellings: _Spellings
) -> tuple[Codes, Codes]:
    """Return the owners of any name, and the spelling of the name that each is called by."""
    count = spellings.name.size
    given = ~spellings.blank[spelling]
    pair = owner[given] * count + spelling[given]
    order = np.argsort(pair)
    pair, trust = pair[order], trust[given][order]
    first = _starts(pair)
    trust, pair = _sums(trust, first), pair[first]
    owner, spelling = pair // count, pair % count
    first = _starts(owner * count + spellings.name[spelling])
    best = spelling[_last_highest(trust, first)]
    owner, trust = owner[first], _sums(trust, first)
    trust = trust + np.where(spellings.whole[best], np.sum(trust), 0)
    first = _starts(owner)
    return owner[first], best[_first_highest(trust, first)]


def _starts(value: Codes) -> Codes:
    """Return where each run of one value starts."""
    return np.flatnonzero(np.diff(value, prepend=-1))


def _sums(value: Codes, first: Codes) -> Codes:
    return np.add.reduceat(value, first) if first.size else value


def _is_highest(value: Codes, first: Codes) -> Flags:
    """Return for each value whether no other of its run is higher."""
    lengths = np.diff(first, append=value.size)
    highest: Flags = value == np.repeat(np.maximum.reduceat(value, first), lengths)
    return highest


def _first_highest(value: Codes, first: Codes) -> Codes:
    """Return the position of the first of the highest values of each run."""
    if not first.size:
        return first
    at = np.where(_is_highest(value, first), np.arange(value.size), value.size)
    found: Codes = np.minimum.reduceat(at, first)
    return found


def _last_highest(value: Codes, first: Codes) -> Codes:
    """Return the position of the last of the highest values of each run."""
    if not first.size:
        return first
    at = np.where(_is_highest(value, first), np.arange(value.size), -1)
    found: Codes = np.maximum.reduceat(at, first)
    return found
