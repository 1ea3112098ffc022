"""What the records say of people and places, read once by code, and the links that it settles.

Two temporary tables stand while the stage runs:

* ``spoken``: RECORDS by code, with ``learned``, the day on which a record appeared after the first
  delivery of its source;
* ``statement`` (code, address_id, source, from_date, to_date): where a source says that the person
  of a record lives or lived. A record's own newest address counts without dates where no fact
  repeats it.
"""

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve import scripts
from pei_graph.resolve.components import Codes, Flags
from pei_graph.resolve.evidence import Edges, Links

_SPOKEN = """
CREATE OR REPLACE TEMP TABLE spoken AS
WITH first AS (
    SELECT source, min(first_seen) AS first_seen
    FROM records
    GROUP BY source
)
SELECT
    node.code,
    r.source,
    r.forename,
    trim(r.forename_given) AS forename_given,
    r.surname,
    trim(r.surname_given) AS surname_given,
    CASE WHEN r.birth_date_quality = 'exact' THEN r.birth_date END AS birth_date,
    r.sex,
    r.born_from,
    r.born_to,
    r.sealed,
    r.address_id,
    CASE WHEN r.first_seen > first.first_seen THEN r.first_seen END AS learned
FROM records r
JOIN node ON node.record_id = r.record_id
JOIN first ON first.source = r.source
"""

_DATED = """
CREATE OR REPLACE TEMP TABLE statement AS
SELECT node.code, f.address_id, f.source, f.from_date, f.to_date
FROM facts f
JOIN node ON node.record_id = f.record_id
WHERE f.kind = 'address'
    AND f.address_id IS NOT NULL
"""

_UNDATED = """
INSERT INTO statement
SELECT s.code, s.address_id, s.source, NULL, NULL
FROM spoken s
ANTI JOIN statement dated ON dated.code = s.code AND dated.address_id = s.address_id
WHERE s.address_id IS NOT NULL
"""


def read(con: duckdb.DuckDBPyConnection) -> None:
    """The tables ``spoken`` and ``statement`` stand. Needs ``node``."""
    for statement in (_SPOKEN, _DATED, _UNDATED):
        con.execute(statement)


def near(con: duckdb.DuckDBPyConnection, links: Links, label: Codes, *, open_: Flags) -> Edges:
    """Return the possible links that the people around them settle (``context.sql``).

    ``label`` tells what clusters the accepted links make; ``open_`` which links neither a veto nor
    a person's verdict has settled.
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
    found = con.sql(scripts.read("context")).to_arrow_table()
    con.unregister("open_link")
    con.unregister("grouped")
    return links.where(found["link"].to_numpy())
