"""How the invented council is made: shares of its residents, and how badly each system sees them.

Every figure is chosen for believability, with the reason beside it; none is measured from real
people. Rates are probabilities between 0 and 1 unless the name says otherwise.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shares:
    """How families and lives are made up."""

    childless: float = 0.08
    """Households of adults alone: police and benefits know them, schools do not."""
    single_mother: float = 0.24
    single_father: float = 0.03
    step_family: float = 0.12
    """A mother, her new partner, children of two surnames, and the first father elsewhere."""
    grandparents: float = 0.03
    """Grandparents raising grandchildren: two generations missing one between them."""
    multi_generation: float = 0.04
    twins: float = 0.03
    """Of births; about twice the national share, so that mixed twins show in small councils."""
    named_after_parent: float = 0.04
    """Sons who bear the father's forename and surname, daughters the mother's."""
    moved: float = 0.45
    """Families that moved in the last eight years; half of their old homes have new people."""
    separated_nearby: float = 0.5
    """Separated fathers who still live in the council and are known to its systems."""
    known_as: float = 0.045
    """People who go by their middle name, or without one by another name altogether."""
    middle_name: float = 0.6
    refuge: float = 0.15
    """Of families with domestic abuse in the last year: mother and children now in a refuge."""
    hostel: float = 0.06
    """Of households of one adult without children."""
    outsider: float = 0.03
    """Families with an acquaintance out of the area, whom only the police know."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something happens: a base for every family, and more with its need."""

    base: float
    more: float = 0.0
    """Added at the greatest need; families' need is 0.15 on average and seldom over 0.5."""
    power: float = 1.0
    """Over one where trouble gathers in the neediest families only."""

    def of(self, need: float) -> float:
        """Return the rate at a need from 0 to 1."""
        return self.base + self.more * math.pow(need, self.power)


@dataclass(frozen=True, slots=True)
class Rates:
    """How often things happen in lives: a probability, or a mean count where that is said.

    Chosen so that social care knows about one child in ten, one adult in four claims a benefit
    while out of work, one pupil in six is often absent, and most families need nothing.
    """

    referral: Rate = Rate(0.035, 0.75)
    """To social care, for a family in five and a half years."""
    health_factor: Rate = Rate(0.35, 1.0)
    """Of assessments: mental health, drugs or alcohol."""
    early_help: Rate = Rate(0.02, 0.9)
    programme: Rate = Rate(0.15, 0.5)
    """Of families with a case or early help."""
    benefit: Rate = Rate(0.32, 0.7)
    """Of adults in six years."""
    childrens_centre: Rate = Rate(0.7)
    two_year_offer: Rate = Rate(0.2, 1.0)
    """Of registered children: free early education at two, for low incomes."""
    vulnerable_mother: Rate = Rate(0.05, 0.5)
    poor_attendance: Rate = Rate(0.16, 0.6)
    """Of pupils: attendance around or under 90 %."""
    suspension: Rate = Rate(0.008, 0.6, power=2)
    """Of pupils of eight and over, in a term."""
    home_educated: Rate = Rate(0.012)
    missing_education: Rate = Rate(0.002, 0.02)
    neet: Rate = Rate(0.05, 0.5)
    """Of leavers of 16 and 17."""
    domestic_incident: Rate = Rate(0.02, 0.9)
    """Mean count of a family in five years, as are the other counts below unless said."""
    other_incident: Rate = Rate(0.3, 1.2)
    suspected: Rate = Rate(0.0, 1.5)
    """Of other incidents: a suspect of the family, not a victim, witness or caller."""
    missing_episode: Rate = Rate(0.02, 0.5)
    """Mean count of a child of 11 and over in two and a half years."""
    youth_offence: Rate = Rate(0.015, 1.0, power=1.5)
    """Mean count of a child of 10 to 17 in three years."""
    adult_offence: Rate = Rate(0.015, 0.35)
    antisocial: Rate = Rate(0.0, 0.12)
    prison: Rate = Rate(0.0, 0.04)


@dataclass(frozen=True, slots=True)
class Faults:
    """How one system errs in writing a person down."""

    typo: float = 0.02
    """Of forenames and of surnames, each: a letter lost, doubled, swapped or mistaken."""
    nickname: float = 0.03
    spelling: float = 0.1
    """Of names that have other spellings (transliteration, accents)."""
    former_name: float = 0.03
    """Of people whose surname changed: the old one is still written."""
    known_as: float = 0.25
    """Of people who go by another name: that one stands as the forename."""
    half_surname: float = 0.3
    """Of double surnames: one half is written."""
    swapped_names: float = 0.005
    initial_only: float = 0.0
    no_forename: float = 0.0
    no_birth_date: float = 0.01
    placeholder_date: float = 0.004
    swapped_date: float = 0.006
    wrong_date: float = 0.01
    """One digit of the day, month or year is wrong."""
    no_sex: float = 0.02
    wrong_sex: float = 0.003
    old_address: float = 0.06
    """Of people who moved: the home before the one of the time is written."""
    no_address: float = 0.02
    no_postcode: float = 0.02
    no_uprn: float = 0.3
    street_variant: float = 0.12
    """Rd for Road, a comma, a flat written otherwise, a mistyped street."""
    no_identifier: float = 0.1
    wrong_identifier: float = 0.01
    duplicate: float = 0.01
    """A second record of one person under another key."""
    upper: float = 0.0
    """Share of records written in capitals."""


FAULTS: Mapping[str, Faults] = MappingProxyType(
    {
        # Social workers check identity and see papers; old files keep old names.
        "lcs": Faults(typo=0.015, duplicate=0.02, no_identifier=0.2, old_address=0.05),
        # Entered by many partners on forms, in a hurry.
        "ehm": Faults(
            typo=0.03, nickname=0.06, no_birth_date=0.03, no_identifier=0.35, no_sex=0.06,
        ),
        # Schools see birth certificates; parents' contacts are typed from forms.
        "capita_one": Faults(
            typo=0.006, nickname=0.015, spelling=0.05, no_birth_date=0.001, no_identifier=0.01,
            wrong_identifier=0.003, wrong_date=0.004, duplicate=0.006, former_name=0.02, upper=1.0,
        ),
        "capita_one_contacts": Faults(
            # A date of birth is asked for where a meal might be free.
            typo=0.025, nickname=0.1, no_birth_date=0.5, no_sex=0.05, no_uprn=1.0,
            old_address=0.05,
            former_name=0.08, initial_only=0.04, no_identifier=1.0,
        ),
        # Typed by hand into a workbook.
        "programme": Faults(
            typo=0.04, nickname=0.06, no_birth_date=0.05, swapped_date=0.02, no_identifier=0.4,
            wrong_identifier=0.03, no_uprn=1.0, duplicate=0.01,
        ),
        "childview": Faults(typo=0.02, nickname=0.08, no_identifier=0.5, spelling=0.15),
        # Filled in by parents at a desk; the parent's own date is often left out.
        "estart": Faults(
            typo=0.025, nickname=0.08, no_birth_date=0.01, no_uprn=1.0, old_address=0.08,
            no_sex=0.1,
        ),
        "estart_parent": Faults(
            typo=0.03, nickname=0.1, no_birth_date=0.3, no_uprn=1.0, old_address=0.08, no_sex=0.3,
            former_name=0.06,
        ),
        # Strong identity checks, but correspondence addresses and former names linger.
        "dwp": Faults(
            typo=0.008, no_birth_date=0.02, old_address=0.15, former_name=0.06, no_identifier=0.04,
            wrong_identifier=0.01, no_uprn=1.0, upper=1.0, no_sex=0.05, initial_only=0.02,
        ),
        # Heard at the door, at night, sometimes from a person who lies.
        "asp": Faults(
            typo=0.05, nickname=0.12, spelling=0.2, no_birth_date=0.12, placeholder_date=0.02,
            swapped_date=0.02, wrong_date=0.03, former_name=0.08, old_address=0.2, no_address=0.05,
            no_uprn=0.8, duplicate=0.09, no_sex=0.08, swapped_names=0.015, no_forename=0.01,
            street_variant=0.25, no_postcode=0.15,
        ),
        # Returns are drawn from LCS and the schools' own systems.
        "school_census": Faults(
            typo=0.004, nickname=0.01, spelling=0.04, no_birth_date=0.0, no_identifier=0.0,
            wrong_identifier=0.004, wrong_date=0.003, duplicate=0.0, no_sex=0.0, former_name=0.02,
        ),
        "returns": Faults(
            no_birth_date=0.0, wrong_date=0.004, no_identifier=0.25, wrong_identifier=0.02,
        ),
    }
)  # fmt: skip
"""By system. Police and benefits are the poorest, schools the best."""


@dataclass(frozen=True, slots=True)
class Council:
    """Everything that shapes a generated council."""

    as_of: date = date(2026, 9, 30)
    """The day on which every system was asked for its extract."""
    shares: Shares = field(default_factory=Shares)
    rates: Rates = field(default_factory=Rates)
    faults: Mapping[str, Faults] = field(default_factory=lambda: FAULTS)
