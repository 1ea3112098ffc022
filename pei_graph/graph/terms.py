"""What somebody typed into the search box, taken apart into dates, places, ids and names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

DATE = re.compile(
    r"\b(\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2} [a-z]{3,9} \d{4}"
    r"|\d{4}(?:19|20)\d{2})\b",
)
DATE_FORMATS = (
    "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y",
    "%d%m%Y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y",
)  # fmt: skip
BORN_IN = re.compile(r"\bborn (?:in )?((?:19|20)\d\d)\b")
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b")
ADDRESS = re.compile(
    r"\b(?:(?:flat|apartment|apt|unit) *(?P<flat>\d{1,4}[a-z]?|[a-z])\b,? +)?"
    r"(?:flat )?(?P<number>\d{1,4}[a-z]?),? +(?P<street>[a-z][a-z' -]*[a-z])"
)
WORD = re.compile(r"[a-z]+")
BESIDE_NAMES = frozenset(
    ("the", "family", "mr", "mrs", "ms", "miss", "mx", "dr", "born", "dob", "aged")
)
"""Words that people type beside a name, and no system writes as one."""
LONGER = re.compile(r"([A-Z]{2}\d{6})[A-D]|0+([1-9]\d*)")
"""A National Insurance number with its suffix, or a number with zeros before it: identifiers are
kept without."""
PARTED = re.compile(r"[A-Z0-9]+(?:[ -]+[A-Z0-9]+)*")
LEAST_PARTED = 8
"""Letters and digits of an identifier that people write in parts, as of an NHS number: with fewer
it is an id of ours, whose dash is part of it."""
NUMBER = re.compile(r"\b\d(?:[ -]?\d){8,}\b")
"""A number in parts among other words: longer than a date, so that none is one."""
STOP = re.compile(r"(?<=[a-z])\.(?=\s|,|$)")
"""A full stop that ends a shortened word."""

SOUNDS = {
    letter: digit
    for digit, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), start=1)
    for letter in letters
}
"""The letter groups of Russell's Soundex."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The parts of a search as understood; what is not given is empty or None."""

    compact: tuple[str, ...] = ()
    """What may be an id: the whole text and each word with a digit, without spaces, upper case."""
    names: tuple[str, ...] = ()
    birth_date: date | None = None
    birth_year: int | None = None
    postcode: str = ""
    house: str = ""
    street: str = ""

    @property
    def says_something(self) -> bool:
        """Return whether there is anything to look for besides an id."""
        return bool(self.names or self.birth_date or self.postcode or self.street)

    @property
    def says_who(self) -> bool:
        """Return whether somebody is described by more than where they live."""
        return bool(self.names or self.birth_date or self.birth_year)

    @property
    def says_names_alone(self) -> bool:
        """Return whether nothing but names is to be looked for."""
        return bool(self.names) and len(self.matched) == 1

    def as_address(self) -> "Terms":
        """Return the same search with its words read as a street."""
        street = self.street or " ".join(self.names)
        return replace(self, names=(), street=street) if self.names else Terms()

    @property
    def matched(self) -> tuple[str, ...]:
        """Return in words what a hit on these terms matched on."""
        parts = {
            "name": self.names,
            "date of birth": self.birth_date,
            "year of birth": self.birth_year,
            "postcode": self.postcode,
            "address": self.street,
        }
        return tuple(words for words, given in parts.items() if given)


def read_terms(typed: str) -> Terms:
    """Return the parts of ``typed``, which is lower-case ASCII.

    >>> read_terms("tim example 4/5/2017").names
    ('tim', 'example')
    >>> read_terms("the example family").names
    ('example',)
    >>> read_terms("12 invented road, bs48 1aa").street
    'invented road'
    """
    compact = _compact(typed)
    born, rest = _take_date(STOP.sub(" ", typed))
    postcode, rest = _take(POSTCODE, rest)
    year, rest = _take(BORN_IN, rest)
    house, street, rest = _take_address(rest)
    if not year:
        year, rest = _take(YEAR, rest)
    return Terms(
        compact=compact,
        names=_names(rest, alone=not (born or year or postcode or street)),
        birth_date=born,
        birth_year=int(year) if year else None,
        postcode=f"{postcode[:-3]} {postcode[-3:]}".upper() if postcode else "",
        house=house,
        street=street,
    )


def _names(typed: str, *, alone: bool) -> tuple[str, ...]:
    """Return the words that may be names; those beside names only where there is nothing else."""
    words = tuple(word for word in WORD.findall(typed) if len(word) > 1)
    names = tuple(word for word in words if word not in BESIDE_NAMES)
    return words if alone and not names else names


def _compact(typed: str) -> tuple[str, ...]:
    whole = typed.strip().upper()
    words = [word.strip(",.;") for word in whole.split() if any(c.isdigit() for c in word)]
    every = [whole, whole.replace(" ", ""), *words, *_joined([whole, *words])]
    every += [found[1] or found[2] for text in every if (found := LONGER.fullmatch(text))]
    return tuple(dict.fromkeys(text for text in every if any(c.isdigit() for c in text)))


def _joined(texts: Sequence[str]) -> list[str]:
    """Return without dashes and spaces what may be one identifier in parts, and no date.

    >>> _joined(["tim 999 774 7291", "P-12", "04-05-2017"])
    ['9997747291']
    """
    numbers = [found[0] for text in texts for found in NUMBER.finditer(text)]
    dashed = [
        t for t in texts if "-" in t and PARTED.fullmatch(t) and not DATE.fullmatch(t.lower())
    ]
    joined = [text.replace(" ", "").replace("-", "") for text in (*numbers, *dashed)]
    return [text for text in joined if len(text) >= LEAST_PARTED]


def _take_date(typed: str) -> tuple[date | None, str]:
    found = DATE.search(typed)
    if not found:
        return None, typed
    rest = typed[: found.start()] + " " + typed[found.end() :]
    for form in DATE_FORMATS:
        try:
            said = datetime.strptime(found[1], form).date()  # noqa: DTZ007 - a birthday has no zone
        except ValueError:
            continue
        return (_not_to_come(said) if form.endswith("%y") else said), rest
    return None, typed


def _not_to_come(born: date) -> date:
    """Return a birthday whose year has two digits, in the last century where it would be to come.

    >>> _not_to_come(date(2068, 5, 4))
    datetime.date(1968, 5, 4)
    """
    ahead = born.year > datetime.now(UTC).year
    return born.replace(year=born.year - 100) if ahead else born


def _take(pattern: re.Pattern[str], typed: str) -> tuple[str, str]:
    found = pattern.search(typed)
    if not found:
        return "", typed
    return "".join(found.groups()), typed[: found.start()] + " " + typed[found.end() :]


def _take_address(typed: str) -> tuple[str, str, str]:
    """Return house, street and the rest, where a number stands before words.

    A flat and the number of its house are written as addresses have them: ``6/31``.
    """
    if found := ADDRESS.search(typed):
        rest = typed[: found.start()] + " " + typed[found.end() :]
        house = "/".join(filter(None, (found["flat"], found["number"])))
        return house, found["street"].strip(), rest
    return "", "", typed


def sounds_like(name: str) -> str:
    """Return the Soundex code of a lower-case name, so that names that sound alike share one.

    >>> sounds_like("robert") == sounds_like("rupert")
    True
    """
    letters = [letter for letter in name if letter.isalpha()]
    if not letters:
        return ""
    code, last = letters[0], SOUNDS.get(letters[0])
    for letter in letters[1:]:
        sound = SOUNDS.get(letter)
        if sound and sound != last:
            code += str(sound)
        if letter not in "hw":
            last = sound
    return (code + "000")[:4]
