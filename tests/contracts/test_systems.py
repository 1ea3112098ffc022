"""What the packaged contracts of systems make of rows that are not as their manual has them."""

from collections.abc import Callable

import duckdb

from pei_graph.contract import Contract
from pei_graph.standardise import standardise

Load = Callable[[dict[str, str | bytes]], duckdb.DuckDBPyConnection]

ROLL = (
    "STUD_ID\tUPN\tULN\tSURNAME\tFORENAME\tMIDNAME\tCHOSEN_SURNAME\tCHOSEN_FORENAME\tDOB\tSEX"
    "\tETHNICITY\tBASE_NAME\tNCY\tENROL_STATUS\tENTRY_DATE\tLEAVING_DATE\tADDRESS\tPOSTCODE"
    "\tUPRN\tCREATED_STAMP\n"
)


def _pupil(number: str, status: str, left: str) -> str:
    school = "" if status == "CME" else "Invented School"
    return (
        f"{number}\t\t\tEXAMPLE\tTESTA\t\t\t\t04/05/2014\tF\tWBRI\t{school}\t7\t{status}"
        f"\t01/09/2025\t{left}\t1 Invented Road\tZZ99 9ZZ\t\t\n"
    )


def test_who_has_left_or_misses_education_is_on_no_roll(
    load: Load, systems: dict[str, Contract]
) -> None:
    """A day of leaving that was not filled in leaves nobody on a roll, nor does missing it."""
    rows = [("1", "C", ""), ("2", "L", "20/07/2026"), ("3", "L", ""), ("4", "CME", "")]
    con = load({"capita_one/roll.txt": ROLL + "".join(_pupil(*row) for row in rows)})
    standardise(con, systems)
    query = "SELECT record_id, to_date::VARCHAR FROM facts WHERE type = 'school_roll'"
    assert set(con.execute(query).fetchall()) == {
        ("capita_one:1", None),
        ("capita_one:2", "2026-07-20"),
        ("capita_one:4", "2025-09-01"),
    }


def test_an_offence_counts_when_it_is_proven(load: Load, systems: dict[str, Contract]) -> None:
    """What nobody has decided yet, or what came to nothing, is no proven offence."""
    outcomes = ["Referral order", "", "Charged", "Acquitted", "Withdrawn", "Not proven"]
    con = load(
        {
            "childview/offences.csv": (
                "OFFENCE_ID,CV_ID,OFFENCE,OFFENCE_DATE,OUTCOME,OUTCOME_DATE,GRAVITY\n"
                + "".join(
                    f"o{at},CV1,Theft,01/08/2026,{outcome},,3\n"
                    for at, outcome in enumerate(outcomes)
                )
            )
        }
    )
    standardise(con, systems)
    query = "SELECT event, status FROM facts WHERE type = 'offence'"
    assert con.execute(query).fetchall() == [("childview:o0", "Referral order")]


def test_a_date_keeps_the_nought_that_a_spreadsheet_dropped(
    load: Load, systems: dict[str, Contract]
) -> None:
    """1112025 is 1 November 2025, not 11 December of the year 25."""
    con = load(
        {
            "dwp/benefits.csv": "CUSTOMER_REF,NINO,TITLE,FORENAME,SURNAME,DOB,ADDRESS1,POSTCODE,"
            "BENEFIT,START_DATE,END_DATE,OFFICE,OFFICE_PHONE,RUN_ID\n"
            "D1,,MS,TESTA,EXAMPLE,3021985,1 INVENTED ROAD,ZZ99 9ZZ,ESA,1112025,31122025,,,\n"
        }
    )
    standardise(con, systems)
    query = "SELECT from_date::VARCHAR, to_date::VARCHAR FROM facts WHERE kind = 'involvement'"
    assert con.execute(query).fetchall() == [("2025-11-01", "2025-12-31")]
    born = "SELECT birth_date::VARCHAR FROM records"
    assert con.execute(born).fetchall() == [("1985-02-03",)]
