"""The national returns say of whom an adoption order was made, and that seals the child."""

import io
from collections.abc import Callable

import duckdb
import openpyxl

from pei_graph.contract import Contract
from pei_graph.standardise import standardise

Load = Callable[[dict[str, str | bytes]], duckdb.DuckDBPyConnection]


def _annex_a_of(contract: Contract, told: dict[str, list[dict[str, object]]]) -> bytes:
    """Return a workbook of some lists, each with all of its headings."""
    book = openpyxl.Workbook()
    for list_id, rows in told.items():
        heads = sorted(contract.lists[list_id].columns())
        sheet = book.create_sheet(contract.lists[list_id].reader.sheet[0])
        for row in (dict(zip(heads, heads, strict=True)), *rows):
            sheet.append([row.get(head) for head in heads])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_an_adoption_order_seals_the_child_and_no_home(
    load: Load, national: dict[str, Contract]
) -> None:
    """By its code or in words, in the return or the workbook; another end of care does not."""
    ends = ("E11", "E12 \u2013 Adopted \u2013 consent dispensed with", "E4A - Returned home")
    cared = [
        {
            "Child Unique ID": key,
            "Date Started to be Looked After": "2024-06-05",
            "Date Ceased to be Looked After": "2025-02-03",
            "Reason Ceased to be Looked After": why,
        }
        for key, why in enumerate(ends, start=1)
    ]
    ordered = [
        {"Child Unique ID": 4, "Date of Adoption Order": "2025-02-03"},
        {"Child Unique ID": 5, "Date of Adoption Order": None},
    ]
    con = load(
        {
            "ssda903/episodes_2025.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC,HOME_POST\n"
            "1,05/06/2024,S,E1,N1,A5,03/01/2025,X1,ZZ1 1ZZ\n"
            "1,03/01/2025,P,E1,N1,A5,03/02/2025,E12,ZZ1 1ZZ\n"
            "2,05/06/2024,S,C2,N1,U4,03/02/2025,X1,ZZ1 1ZZ\n",
            "annex_a/Annex_A_2025_Mar.xlsx": _annex_a_of(
                national["annex_a"], {"looked_after": cared, "adoption": ordered}
            ),
        }
    )
    standardise(con, national)
    orders = "SELECT record_id, from_date::VARCHAR FROM facts WHERE type = 'adoption_order'"
    sealed = {"ssda903:1", "annex_a:1", "annex_a:2", "annex_a:4"}
    assert set(con.execute(orders).fetchall()) == {(record, "2025-02-03") for record in sealed}
    found = con.execute("SELECT record_id FROM records WHERE sealed").fetchall()
    assert {record for (record,) in found} == sealed
    assert con.execute("SELECT count(*) FROM addresses WHERE sealed").fetchall() == [(0,)]
