"""What the records say of people and places, read once by code, and the links that it settles.

Three temporary tables stand while the stage runs:

* ``spelling`` (spelling, part, name, written, whole, given, name_rank): every forename and surname
  with the cell in which a source wrote it, whether that is one of whole names as forenames tell,
  and what of that cell is the name, numbered from 1 in the order of the alphabet, as are the names
  themselves;
* ``spoken``: RECORDS by code, names as the number of their spelling, with ``learned``, the day on
  which a record appeared after the first delivery of its source;
* ``statement`` (code, address_id, source, from_date, to_date, placed): where a source says that the
  person of a record lives or lived, or was placed by the council. A record's own newest address
  counts without dates where no fact repeats it.
"""

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve import evidence
from pei_graph.resolve.components import Codes, Flags
from pei_graph.resolve.evidence import Edges, Links
from pei_graph.resolve.scripts import SQL

_BEGUN = """
CREATE OR REPLACE TEMP TABLE begun AS
SELECT source, min(first_seen) AS first_seen
FROM {everyone}
GROUP BY source
"""

_SPOKEN = """
CREATE OR REPLACE TEMP TABLE spoken AS
SELECT
    node.code,
    r.source,
    f.spelling AS forename,
    s.spelling AS surname,
    CASE WHEN r.birth_date_quality = 'exact' THEN r.birth_date END AS birth_date,
    CASE WHEN r.birth_date_quality = 'expected' THEN r.birth_date END AS expected,
    r.sex,
    r.born_from,
    r.born_to,
    r.sealed,
    r.address_id,
    CASE WHEN r.first_seen > begun.first_seen THEN r.first_seen END AS learned
FROM records r
JOIN node ON node.record_id = r.record_id
JOIN begun ON begun.source = r.source
LEFT JOIN (SELECT * FROM spelling WHERE part = 'forename') f
    ON f.name = coalesce(r.forename, r.birth_order::VARCHAR)
    AND f.written IS NOT DISTINCT FROM trim(coalesce(r.forename_given, r.surname_given))
    AND f.whole = (r.forename_given IS NULL)
LEFT JOIN (SELECT * FROM spelling WHERE part = 'surname') s
    ON s.name = r.surname
    AND s.written IS NOT DISTINCT FROM trim(r.surname_given)
"""

_DATED = """
CREATE OR REPLACE TEMP TABLE statement AS
SELECT
    node.code, f.address_id, f.source, f.from_date, f.to_date, f.type = 'placement' AS placed
FROM facts f
JOIN node ON node.record_id = f.record_id
WHERE f.kind = 'address'
    AND f.address_id IS NOT NULL
"""

_UNDATED = """
INSERT INTO statement
SELECT s.code, s.address_id, s.source, NULL, NULL, false
FROM spoken s
ANTI JOIN statement dated ON dated.code = s.code AND dated.address_id = s.address_id
WHERE s.address_id IS NOT NULL
"""


def find_beginnings(con: duckdb.DuckDBPyConnection, *, everyone: str = "records") -> None:
    """The temporary table ``begun`` says when each source first said anything of ``everyone``."""
    con.execute(_BEGUN.format(everyone=everyone))


def read(con: duckdb.DuckDBPyConnection) -> None:
    """The tables ``spelling``, ``spoken`` and ``statement`` stand. Needs ``node`` and ``begun``."""
    SQL.run(con, "spelling")
    for statement in (_SPOKEN, _DATED, _UNDATED):
        con.execute(statement)


def near(con: duckdb.DuckDBPyConnection, links: Links, label: Codes, *, open_: Flags) -> Edges:
    """Return the possible links that the people around them settle.

    ``context.sql`` finds which may be, ``believed.sql`` which of them are; between the two it is
    asked who of those around contradict each other, if there are any. ``label`` tells what clusters
    the accepted links make; ``open_`` which links neither a veto nor a person's verdict has
    settled.
    """
    apart = label[links.left] != label[links.right]
    asked = np.flatnonzero(open_ & apart & (links.accepted | links.possible))
    if not links.possible[asked].any():
        return links.where(asked[:0])
    ends = links.left[asked], links.right[asked]
    columns = {"link": asked, "possible": links.possible[asked], "l": ends[0], "r": ends[1]}
    labels = {"label_l": label[ends[0]], "label_r": label[ends[1]]}
    con.register("open_link", pa.table({**columns, **labels}))
    con.register("grouped", pa.table({"code": np.arange(label.size), "label": label}))
    SQL.run(con, "context")
    con.register("forbidden", _contradicting(con))
    found = SQL.run(con, "believed").fetchnumpy()
    for relation in ("open_link", "grouped", "forbidden"):
        con.unregister(relation)
    con.execute("DROP TABLE near; DROP TABLE neighbour; DROP TABLE rivalry")
    return links.where(np.asarray(found["link"], dtype=np.int64))


def _contradicting(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the pairs of ``rivalry`` (l, r) that cannot be one person."""
    asked = con.execute("SELECT DISTINCT l, r FROM rivalry").fetchnumpy()
    pairs = np.asarray(asked["l"], dtype=np.int64), np.asarray(asked["r"], dtype=np.int64)
    (left, right), _ = evidence.vetoed(con, pairs)
    return pa.table({"l": left, "r": right})
