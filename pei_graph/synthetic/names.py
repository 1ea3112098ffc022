"""True names: how each tradition gives forenames and passes surnames on."""

from random import Random

from pei_graph.synthetic.lists import Tradition, draw
from pei_graph.synthetic.people import Person

COMPOUND_SURNAMES = 0.45
"""English surnames made of a start and an end, for the long tail of rare names."""
MUHAMMAD_FIRST = 0.15
"""Boys and men of Muslim South Asian families whose first forename is Muhammad, but who go by
their second."""
_FEMININE = (("skyi", "ska"), ("ski", "ska"), ("cki", "cka"), ("dzki", "dzka"))


def forename(tradition: Tradition, sex: str, rng: Random, *, elder: bool = False) -> str:
    """Return a forename; ``elder`` draws from the names of those now grown up."""
    if sex == "F":
        return draw((elder and tradition.elders_female) or tradition.female, rng)
    return draw((elder and tradition.elders_male) or tradition.male, rng)


def surname(tradition: Tradition, sex: str, rng: Random) -> str:
    """Return a surname as someone without known parents in the council bears it."""
    if tradition.surname_starts and rng.random() < COMPOUND_SURNAMES:
        return rng.choice(tradition.surname_starts) + rng.choice(tradition.surname_ends)
    drawn = draw(tradition.surnames_list, rng)
    if tradition.surnames.startswith("double"):
        return f"{drawn} {draw(tradition.surnames_list, rng)}"
    if sex == "F" and tradition.own_female and rng.random() < 0.5:
        return draw(tradition.own_female, rng)
    return for_sex(tradition, drawn, sex)


def for_sex(tradition: Tradition, name: str, sex: str) -> str:
    """Return a surname in the form that the person's sex asks for, in traditions that have one.

    >>> from pei_graph.synthetic.lists import traditions
    >>> polish = next(t for t in traditions() if t.name == "polish")
    >>> for_sex(polish, "Kowalski", "F")
    'Kowalska'
    """
    if tradition.surnames != "gendered":
        return name
    if sex == "F":
        for masculine, feminine in _FEMININE:
            if name.endswith(masculine):
                return name.removesuffix(masculine) + feminine
    elif name.endswith(("ska", "cka")):
        return name[:-1] + ("yi" if tradition.name == "ukrainian" else "i")
    return name


def inherited(father: Person | None, mother: Person, sex: str, rng: Random) -> str:
    """Return the surname a child has from its parents."""
    if father is None:
        return for_sex(mother.tradition, mother.former_surname or mother.surname, sex)
    tradition = father.tradition
    if tradition.surnames == "patronymic":
        return father.middle or father.surname
    if tradition.surnames.startswith("double"):
        return _doubled(father, mother)
    if tradition.surnames == "father_or_own" and sex == "F" and rng.random() < 0.3:
        return draw(tradition.own_female, rng)
    if rng.random() < tradition.double_barrelled and "-" not in father.surname + mother.surname:
        return f"{mother.former_surname or mother.surname}-{father.surname}"
    return for_sex(tradition, father.surname, sex)


def _doubled(father: Person, mother: Person) -> str:
    """Return one surname of each parent, in the order of the father's tradition."""
    if father.tradition.surnames == "double_father":
        return f"{father.surname.split()[0]} {mother.surname.split()[0]}"
    return f"{mother.surname.split()[-1]} {father.surname.split()[-1]}"


def after_tradition(person: Person, rng: Random) -> None:
    """Give the person what their tradition adds: a second name, a name they go by, one name."""
    tradition = person.tradition
    fixed = tradition.middle_female if person.sex == "F" else tradition.middle_male
    if fixed and rng.random() < tradition.middle_as_surname:
        person.middle, person.surname = "", fixed
    elif fixed:
        person.middle = fixed
    if tradition.single_names and rng.random() < tradition.single_names:
        person.surname, person.middle = "", ""
    if rng.random() < tradition.english_names:
        english = tradition.english_female if person.sex == "F" else tradition.english_male
        person.known_as = draw(english, rng)
    if tradition.own_female and person.sex == "M" and rng.random() < MUHAMMAD_FIRST:
        person.middle, person.forename = person.forename, "Muhammad"
        person.known_as = person.middle
