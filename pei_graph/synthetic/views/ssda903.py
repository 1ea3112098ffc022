"""The looked-after children return: the published CSV files, named as authorities name them."""

from datetime import timedelta

from pei_graph.synthetic.books import TextFile
from pei_graph.synthetic.lives import Care, Case, Life
from pei_graph.synthetic.people import Family
from pei_graph.synthetic.views.desk import YEAR_END, YEAR_START, Desk, british, key
from pei_graph.synthetic.views.lcs import pupil_number


def _file(name: str, *columns: str) -> TextFile:
    return TextFile(f"ssda903/{name}.csv", ("CHILD", *columns))


FILES = (
    _file("header", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    _file(
        "episodes", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
        "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN",
    ),
    _file("reviews", "DOB", "REVIEW", "REVIEW_CODE"),
    _file("missing", "DOB", "MISSING", "MIS_START", "MIS_END"),
    _file(
        "oc2", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS",
        "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED",
        "INTERVENTION_OFFERED",
    ),
    _file("previous_permanence", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
)  # fmt: skip


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write every child who was looked after in the return's year."""
    del family
    for case in life.cases:
        care = case.care
        if care and care.start <= YEAR_END and (care.end is None or care.end >= YEAR_START):
            _child(case, care, life, desk)


def _child(case: Case, care: Care, life: Life, desk: Desk) -> None:
    child, clerk = case.child, desk.clerk("returns")
    number, seen = key("lcs", child), clerk.see(child, YEAR_END)
    born = british(seen.born)
    held = (
        clerk.identifier(pupil_number(child)) if child.age(YEAR_END) > 3 else "UN1"
    )  # in or past reception
    sex = {"M": 1, "F": 2}.get(seen.sex, 1)
    desk.file("ssda903/header.csv")((number, sex, born, seen.ethnicity, held or "UN2", "", ""))
    desk.books.person("ssda903", number, child.id)
    _episodes(number, case, care, desk)
    desk.file("ssda903/previous_permanence.csv")((number, born, "Z1", "", ""))
    review = care.start + timedelta(days=28)
    while review <= min(care.end or YEAR_END, YEAR_END):
        if review >= YEAR_START:
            desk.file("ssda903/reviews.csv")((number, born, british(review), "PN1"))
        review += timedelta(days=180)
    for missing in life.missing:
        if missing.child is child and missing.from_care and missing.end <= YEAR_END:
            desk.file("ssda903/missing.csv")((
                number, born, "M", british(missing.start), british(missing.end),
            ))  # fmt: skip
    _outcomes(number, born, care, desk)


def _episodes(number: int, case: Case, care: Care, desk: Desk) -> None:
    """Write the period of care; where the legal status changed, as two episodes."""
    add = desk.file("ssda903/episodes.csv")
    end = care.end if care.end and care.end <= YEAR_END else None
    last = end or YEAR_END
    change = care.start + timedelta(days=120)
    provider = "PR1" if care.placement == "U6" else "PR4"
    posts = (care.home_postcode, care.placement_postcode)
    if care.legal == "C2" and change < last:
        add((number, british(care.start), "S", "C1", case.need, care.placement, provider,
             british(change), "X1", "", *posts, ""))  # fmt: skip
        start, reason = change, "L"
    else:
        start, reason = care.start, "S"
    add((number, british(start), reason, care.legal, case.need, care.placement, provider,
         british(end), "E4A" if end else "", "", *posts, ""))  # fmt: skip


def _outcomes(number: int, born: str, care: Care, desk: Desk) -> None:
    if not care.lasted_a_year(YEAR_END):
        return
    misuse = int(care.substance_misuse)
    desk.file("ssda903/oc2.csv")((
        number, born, care.difficulties, "", int(care.convicted), 1, 1, 1, 1, misuse, misuse, 0,
    ))  # fmt: skip
