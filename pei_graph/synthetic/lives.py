"""What happens in people's lives, as it truly happened: the events that systems then record."""

from dataclasses import dataclass, field
from datetime import date

from pei_graph.synthetic.people import Person


@dataclass(frozen=True, slots=True)
class Term:
    """A school term that ended before the reference date."""

    name: str
    year: int
    """The calendar year in which the term's return is made."""
    start: date
    end: date
    sessions: int

    @property
    def academic_year(self) -> str:
        """Return the academic year, as 2025/26."""
        first = self.start.year if self.name == "autumn" else self.start.year - 1
        return f"{first}/{(first + 1) % 100:02d}"


@dataclass(frozen=True, slots=True)
class Attendance:
    """A pupil's half-day sessions in a term, by national attendance code."""

    term: Term
    codes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A suspension or permanent exclusion."""

    on: date
    category: str
    sessions: int
    reason: str


@dataclass(slots=True)
class Schooling:
    """A pupil's place in school: enrolled, home educated, missing education, or left."""

    status: str
    school: str
    school_number: int
    year_group: str
    entered: date
    left: date | None = None
    terms: list[Attendance] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    neet_from: date | None = None


@dataclass(slots=True)
class Case:
    """A referral of a child to social care and what came of it."""

    child: Person
    referred: date
    source: str
    need: str
    worker: int
    assessed: date | None = None
    authorised: date | None = None
    factors: tuple[str, ...] = ()
    enquiry: date | None = None
    in_need_from: date | None = None
    in_need_to: date | None = None
    plan_from: date | None = None
    plan_to: date | None = None
    category: str = ""
    closed: date | None = None
    reason: str = ""
    care: "Care | None" = None


@dataclass(slots=True)
class Care:
    """A child's time of being looked after: its episodes, oldest first."""

    start: date
    end: date | None
    legal: str
    placement: str
    home_postcode: str
    placement_postcode: str
    substance_misuse: bool = False
    convicted: bool = False
    difficulties: int = 12
    """Strengths and Difficulties score, 0 to 40."""

    def lasted_a_year(self, on: date) -> bool:
        """Return whether the child has been looked after for a year on a day, and still is."""
        return (on - self.start).days >= 365 and (self.end is None or self.end > on)

    @property
    def harms_health(self) -> bool:
        """Whether the child's mind is in difficulty (17 and over) or drugs or drink are misused."""
        return self.difficulties >= 17 or self.substance_misuse


@dataclass(frozen=True, slots=True)
class EarlyHelp:
    """An early-help episode of a whole family."""

    start: date
    end: date | None
    need: str
    worker: int
    assessed: date | None


@dataclass(frozen=True, slots=True)
class Incident:
    """A police incident and who took which part in it."""

    number: int
    on: date
    kind: str
    domestic: bool
    parts: tuple[tuple[Person, str], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A child was missing from home or placement."""

    child: Person
    start: date
    end: date
    from_care: bool


@dataclass(frozen=True, slots=True)
class Offence:
    """A proven offence and its outcome."""

    person: Person
    on: date
    proven: date
    kind: str
    outcome: str
    order_to: date | None = None
    """When the court's order, or the service's work with the young person, ends."""

    @property
    def is_proven(self) -> bool:
        """Whether a court or a caution found it proven."""
        return self.outcome not in {"Not proven", "Charged", "No further action"}


@dataclass(frozen=True, slots=True)
class Antisocial:
    """An intervention over anti-social behaviour."""

    person: Person
    on: date
    kind: str


@dataclass(frozen=True, slots=True)
class Release:
    """A prison sentence with its release date."""

    person: Person
    due: date


@dataclass(frozen=True, slots=True)
class Benefit:
    """A spell on a benefit."""

    person: Person
    kind: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Registration:
    """A child and a carer registered at a children's centre."""

    child: Person
    carer: Person
    on: date
    visits: int
    last: date | None
    entitlement: str
    new_mother: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A three-monthly review of a family on the programme."""

    on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A family's way through the programme."""

    proposed: date
    status: str
    enrolled: date | None
    closed: date | None
    debt: bool
    reviews: tuple[Review, ...]


@dataclass(slots=True)
class Life:
    """Everything that happened to a family."""

    schooling: dict[Person, Schooling] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    early_help: list[EarlyHelp] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    offences: list[Offence] = field(default_factory=list)
    antisocial: list[Antisocial] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    benefits: list[Benefit] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)
    programme: Programme | None = None
