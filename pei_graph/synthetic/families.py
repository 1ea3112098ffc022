"""Families are made here: who they are, how they are related, where they live."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pei_graph.synthetic import names
from pei_graph.synthetic.homes import SLOTS, dwelling, moved_on, outside
from pei_graph.synthetic.lists import draw_tradition
from pei_graph.synthetic.people import Family, Home, Person
from pei_graph.synthetic.settings import Council

YEAR = 365.25
_CHILDREN = (0.36, 0.37, 0.17, 0.07, 0.03)
"""Births in a family, by number from one."""


class FamilyMaker:
    """Makes one family from the seed and its number alone, whatever was made before."""

    def __init__(self, number: int, *, seed: int, council: Council) -> None:
        self.number, self.seed, self.council = number, seed, council
        self.rng = Random(f"{seed}/{number}")  # invented people, not secrets
        self.shares, self.as_of = council.shares, council.as_of
        self.tradition = draw_tradition(self.rng)
        self.people: list[Person] = []

    def make(self) -> Family:
        """Return the family with homes up to the reference date, before its life is lived."""
        kind = self._kind()
        maker = {"childless": self._childless, "step_family": self._step_family,
                 "grandparents": self._grandparents}.get(kind, self._parents)  # fmt: skip
        family = maker(kind)
        family.kind = kind
        if self.rng.random() < self.shares.outsider:
            self._outsider()
        return family

    def _kind(self) -> str:
        shares = self.shares
        draw = self.rng.random()
        for kind in ("childless", "single_mother", "single_father", "step_family", "grandparents",
                     "multi_generation"):  # fmt: skip
            draw -= getattr(shares, kind)
            if draw < 0:
                return kind
        return "couple"

    # people

    def _person(self, sex: str, born: date, surname: str, *, adult: bool) -> Person:
        rng, tradition = self.rng, self.tradition
        elder = (self.as_of - born).days > 25 * YEAR
        person = Person(
            tradition, sex, born, names.forename(tradition, sex, rng, elder=elder), surname,
            ethnicity=rng.choice(tradition.ethnicity), adult=adult,
        )  # fmt: skip
        if rng.random() < self.shares.middle_name:
            person.middle = names.forename(tradition, sex, rng, elder=elder)
        if tradition.surnames == "patronymic":
            person.middle = names.forename(tradition, "M", rng)
        names.after_tradition(person, rng)
        if not person.known_as and rng.random() < self.shares.known_as:
            person.known_as = person.middle or names.forename(tradition, sex, rng)
        self.people.append(person)
        return person

    def _adult(self, sex: str, born: date) -> Person:
        if self.rng.random() < self.tradition.new_year:
            born = born.replace(month=1, day=1)
        return self._person(sex, born, names.surname(self.tradition, sex, self.rng), adult=True)

    def _couple(self, mother_born: date) -> tuple[Person, Person]:
        mother = self._adult("F", mother_born)
        father = self._adult("M", mother_born + timedelta(days=self.rng.gauss(-800, 1300)))
        return mother, father

    def _marry(self, wife: Person, husband: Person, on: date) -> None:
        if wife.surname and husband.surname and self.rng.random() < self.tradition.wives_take:
            wife.former_surname = wife.surname
            wife.surname = names.for_sex(husband.tradition, husband.surname, "F")
            wife.surname_changed = on

    def _births(self, oldest_years: float) -> Iterator[date]:
        """Yield days of birth, the oldest child's first; twins share one."""
        rng = self.rng
        born = self.as_of - timedelta(days=oldest_years * YEAR)
        for _ in range(rng.choices(range(1, 6), weights=_CHILDREN)[0]):
            yield born
            if rng.random() < self.shares.twins:
                yield born
            born += timedelta(days=rng.triangular(330, 2000, 850))
            if born > self.as_of - timedelta(days=20):
                return

    def _child(self, born: date, mother: Person, father: Person | None) -> Person:
        rng = self.rng
        sex = rng.choice("FM")
        child = self._person(sex, born, names.inherited(father, mother, sex, rng), adult=False)
        child.mother, child.father = mother, father
        child.ethnicity = mother.ethnicity
        if father and child.tradition.surnames == "patronymic":
            child.middle = father.forename
        parent = father if sex == "M" else mother
        siblings = {p.forename for p in self.people if not p.adult and p is not child}
        if parent and parent.forename not in siblings and (
            rng.random() < self.shares.named_after_parent
        ):  # fmt: skip
            child.forename = parent.forename
        while child.forename in siblings and not self._muhammads(child):
            child.forename = names.forename(child.tradition, sex, rng)
        return child

    def _muhammads(self, child: Person) -> bool:
        return child.forename == "Muhammad" and bool(child.middle)

    # kinds of family

    def _family(self, children: list[Person], carers: list[Person]) -> Family:
        need = self.rng.betavariate(0.7, 4.0)
        return Family(self.number, self.people, children, carers, need)

    def _childless(self, _kind: str) -> Family:
        rng = self.rng
        first = self._adult(rng.choice("FM"), self._born_before(rng.triangular(19, 75, 35)))
        carers = [first]
        if rng.random() < 0.45:  # couples among households without children
            carers.append(self._adult("F" if first.sex == "M" else "M", first.born))
        family = self._family([], carers)
        self._settle(carers)
        return family

    def _parents(self, kind: str) -> Family:
        rng = self.rng
        births = list(self._births(rng.uniform(0.1, 18.9)))
        mother, father = self._couple(births[0] - timedelta(days=rng.triangular(17, 40, 27) * YEAR))
        if rng.random() < 0.65:  # parents who are or were married
            self._marry(mother, father, births[0] - timedelta(days=300))
        children = [self._child(born, mother, father) for born in births]
        if kind == "single_mother":
            return self._parted(mother, father, children)
        if kind == "single_father":
            return self._parted(father, mother, children)
        elders = [self._grandparent(mother)] if kind == "multi_generation" else []
        family = self._family(children, [mother, father])
        self._settle([mother, father, *children, *elders])
        return family

    def _parted(self, stays: Person, leaves: Person, children: list[Person]) -> Family:
        self._settle([stays, leaves, *children])
        family = self._family(children, [stays])
        family.absent_parent = leaves
        self._leave(leaves, after=children[0].born)
        return family

    def _step_family(self, _kind: str) -> Family:
        rng = self.rng
        births = list(self._births(rng.uniform(4, 18.9)))
        mother, father = self._couple(births[0] - timedelta(days=rng.triangular(17, 36, 24) * YEAR))
        children = [self._child(born, mother, father) for born in births]
        self._settle([mother, father, *children])
        parted = self._leave(father, after=children[-1].born)
        partner = self._adult("M", mother.born + timedelta(days=rng.gauss(-300, 1500)))
        joined = parted + (self.as_of - parted) * rng.uniform(0.2, 0.7)
        self._live_elsewhere(partner, before=joined)
        self._live_with(mother, partner, since=joined)
        if rng.random() < 0.5:  # mothers who marry again
            self._marry(mother, partner, joined)
        newborn = joined + timedelta(days=rng.triangular(280, 1500))
        if newborn < self.as_of:
            child = self._child(newborn, mother, partner)
            self._live_with(mother, child, since=newborn)
            children.append(child)
        family = self._family(children, [mother, partner])
        family.absent_parent = father
        return family

    def _grandparents(self, _kind: str) -> Family:
        rng = self.rng
        births = list(self._births(rng.uniform(1, 17)))
        mother = self._adult("F", births[0] - timedelta(days=rng.triangular(16, 30) * YEAR))
        children = [self._child(born, mother, None) for born in births]
        grandmother = self._grandparent(mother)
        self._settle([grandmother, *children])
        family = self._family(children, [grandmother])
        family.absent_parent = mother
        self._live_elsewhere(mother, before=self.as_of)
        return family

    def _grandparent(self, of: Person) -> Person:
        elder = self._adult("F", of.born - timedelta(days=self.rng.triangular(18, 40) * YEAR))
        if elder.tradition.surnames == "father":
            elder.surname = of.former_surname or of.surname
        return elder

    def _outsider(self) -> None:
        person = self._adult(self.rng.choice("MMF"), self._born_before(self.rng.uniform(18, 50)))
        person.outsider = True
        person.move(outside(SLOTS * self.number), self._born_before(5))

    # homes

    def _born_before(self, years: float) -> date:
        return self.as_of - timedelta(days=years * YEAR)

    def _settle(self, household: list[Person]) -> None:
        """Give a household its homes: a former one too, if it moved here."""
        moved = moved_on(self.seed, self.number, share=self.shares.moved, as_of=self.as_of)
        present = dwelling(SLOTS * self.number)
        former = self._former_home(moved) if moved else present
        start = self._born_before(self.rng.uniform(8.5, 25))
        for person in household:
            if moved and person.born < moved:
                person.move(former, start)
                person.move(present, moved)
            else:
                person.move(present, moved or start)

    def _former_home(self, moved: date) -> Home:
        """Return the next family's home if it arrived there after this one left."""
        arrived = moved_on(self.seed, self.number + 1, share=self.shares.moved, as_of=self.as_of)
        taken_over = arrived is not None and arrived >= moved
        return dwelling(SLOTS * (self.number + 1) if taken_over else SLOTS * self.number + 2)

    def _leave(self, person: Person, *, after: date) -> date:
        """Move a parting parent out, at the earliest half a year after; return the day."""
        span = max((self.as_of - after).days - 210, 1)
        on = after + timedelta(days=180 + int(self.rng.random() * span))
        near = self.rng.random() < self.shares.separated_nearby
        slot = SLOTS * self.number + 1
        person.move(dwelling(slot) if near else outside(slot), min(on, self.as_of))
        return on

    def _live_with(self, other: Person, person: Person, *, since: date) -> None:
        """Give a person the other's homes from a day on: who joins a household moves with it."""
        person.move(other.home(since), since)
        for stay in [stay for stay in other.stays if stay.start > since]:
            person.move(stay.home, stay.start)

    def _live_elsewhere(self, person: Person, *, before: date) -> None:
        slot = SLOTS * self.number + 3
        person.move(dwelling(slot), before - timedelta(days=self.rng.uniform(400, 4000)))
