"""The Children in Need census: an XML message in the published layout, a child at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from pei_graph.synthetic.books import Adds
from pei_graph.synthetic.lives import Case, Life
from pei_graph.synthetic.people import Family
from pei_graph.synthetic.views.desk import YEAR_END, YEAR_START, Desk, key
from pei_graph.synthetic.views.lcs import pupil_number

MESSAGE = "cin_census/cin_2026.xml"
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<Message>
<Header>
<CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>999</LEA><SoftwareCode>Invented</SoftwareCode><Release>1</Release><SerialNo>001</SerialNo><DateTime>2026-06-01T09:00:00</DateTime></Source>
</Header>
<Children>
"""
_FOOT = "</Children>\n</Message>\n"


@contextmanager
def message(path: Path) -> Iterator[dict[str, Adds]]:
    """Give what appends a child's element, as a row of one text, to the message."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(_HEAD)
        yield {MESSAGE: lambda row: handle.write(str(row[0]))}
        handle.write(_FOOT)


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write every child with a case open in the census year."""
    del family
    clerk = desk.clerk("returns")
    for case in life.cases:
        if case.referred > YEAR_END or (case.closed and case.closed < YEAR_START):
            continue
        child = case.child
        number = key("lcs", child)
        held = (
            clerk.identifier(pupil_number(child)) if child.age(YEAR_END) > 3 else ""
        )  # in or past reception
        seen = clerk.see(child, YEAR_END)
        identifiers = _tags(
            LAchildID=number, UPN=held, UPNunknown="" if held else "UN2",
            PersonBirthDate=seen.born, Sex=seen.sex or "U",
        )  # fmt: skip
        desk.file(MESSAGE)((_child(identifiers, seen.ethnicity, case),))
        desk.books.person("cin_census", number, child.id)


def _tags(**values: object) -> str:
    """Return elements of the values that are given, in order."""
    return "".join(
        f"<{name}>{escape(str(value))}</{name}>" for name, value in values.items() if value
    )


def _child(identifiers: str, ethnicity: str, case: Case) -> str:
    return (
        f"<Child><ChildIdentifiers>{identifiers}</ChildIdentifiers>"
        f"<ChildCharacteristics>{_tags(Ethnicity=ethnicity)}</ChildCharacteristics>"
        f"<CINdetails>{_details(case)}</CINdetails></Child>\n"
    )


def _details(case: Case) -> str:
    closed = _in_year(case.closed)
    return (
        _tags(
            CINreferralDate=case.referred, ReferralSource=case.source, PrimaryNeedCode=case.need,
            CINclosureDate=closed, ReasonForClosure=case.reason if closed else None,
        )
        + _assessment(case)
        + _wrapped("CINPlanDates", _tags(
            CINPlanStartDate=_in_year(case.in_need_from), CINPlanEndDate=_in_year(case.in_need_to)))
        + _enquiry(case)
        + _tags(ReferralNFA="false" if case.assessed else "true")
        + _protection(case)
    )  # fmt: skip


def _in_year(day: date | None) -> date | None:
    return day if day and day <= YEAR_END else None


def _wrapped(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>" if inner else ""


def _assessment(case: Case) -> str:
    if not _in_year(case.assessed):
        return ""
    factors = "".join(_tags(AssessmentFactors=factor) for factor in case.factors)
    finished = _in_year(case.authorised)
    return _wrapped("Assessments", _tags(
        AssessmentActualStartDate=case.assessed, AssessmentAuthorisationDate=finished,
    ) + (_wrapped("FactorsIdentifiedAtAssessment", factors) if finished else ""))  # fmt: skip


def _enquiry(case: Case) -> str:
    if not _in_year(case.enquiry):
        return ""
    return _wrapped("Section47", _tags(
        S47ActualStartDate=case.enquiry,
        DateOfInitialCPC=_in_year(case.plan_from),
        ICPCnotRequired="false" if case.plan_from else "true",
    ))  # fmt: skip


def _protection(case: Case) -> str:
    if not _in_year(case.plan_from) or case.plan_from is None:
        return ""
    review = case.plan_from + timedelta(days=90)
    return _wrapped("ChildProtectionPlans", _tags(
        CPPstartDate=case.plan_from, CPPendDate=_in_year(case.plan_to),
        InitialCategoryOfAbuse=case.category, LatestCategoryOfAbuse=case.category,
        NumberOfPreviousCPP="0",
    ) + _wrapped("Reviews", _tags(CPPreviewDate=_in_year(review))))  # fmt: skip
