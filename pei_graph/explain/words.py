"""What the model's short names mean, in words that need no training to read.

Whatever is not named here is said as it is written, so that a new comparison, veto or scheme is
shown the day it is added.
"""

from collections.abc import Sequence
from datetime import date

COMPARISONS = {
    "forename": "Forename",
    "surname": "Surname",
    "birth_date": "Date of birth",
    "sex": "Sex",
    "address": "Address",
    "identifier": "Shared identifier",
    "household": "Household and company",
    "age_band": "Age their roles imply",
    "birth_place": "Place of birth",
    "source": "What the sources hold besides",
    "occupation": "Occupation",
}

NOTES = {
    "+no_twin": "two names, hardly twins",
    "+one_child": "a parent of one child, and of one sex",
    "+only_name": "nobody else of this name",
    "+only_other": "nobody else at home it could be",
    "+household": "settled by the people around",
}
"""Parts of a match key that compare nothing."""

SIGNS = {"+": "same", "~": "similar", "-": "different"}
"""How two records compare, by the sign that begins a part of a match key."""

SCHEMES = {
    "upn": "UPN",
    "nhs_number": "NHS number",
    "nino": "National Insurance number",
    "uln": "ULN",
    "uprn": "UPRN",
    "la_child_id": "social care id",
    "ehm_id": "early help id",
    "cv_id": "youth offending id",
    "estart_id": "children's centre id",
    "hif_id": "programme id",
    "police_id": "police id",
}

VETOES = {
    "forename": (
        "the forenames are too different to be one person's: no initial, no nickname and no other"
        " spelling of each other"
    ),
    "birth_date": "the dates of birth are too far apart to be one date written wrongly",
    "sex": "one record says female and the other male, and nothing outweighs it",
    "age_band": "the roles they have imply ages that one person cannot have",
    "numbers_differ": (
        "each has a valid UPN, NHS number or ULN of its own, and they are not the same, nor are"
        " forename and date of birth"
    ),
    "birth_order": "each is written as another child of one birth, as Twin 1 and Twin 2",
    "identifier_conflict": (
        "they share an identifier, but what else they say contradicts it: one of them may carry"
        " somebody else's number, so a person has to look"
    ),
}

FIELDS = {
    "birth_date": "date of birth",
    "birth_year": "year of birth",
    "birth_day": "day and month of birth",
    "forename": "forename",
    "surname": "surname",
    "root": "forename or its usual long form",
    "initial": "first letter of the forename",
    "initials": "initials",
    "postcode": "postcode",
    "birth_place": "place of birth",
    "occupation": "occupation",
    "place": "dwelling",
    "full_name": "full name",
    "rare_name": "full name that few people have",
}

SEXES = {"F": "female", "M": "male"}

CERTAIN_BITS = 30
"""Bits from which odds are no longer told as a number: beyond a thousand million to one."""


def comparison(name: str) -> str:
    """Return what a comparison compares."""
    return COMPARISONS.get(name, name.replace("_", " ").capitalize())


def scheme(name: str) -> str:
    """Return what an identifier is called.

    >>> scheme("upn"), scheme("hospital_no")
    ('UPN', 'hospital no')
    """
    return SCHEMES.get(name, name.replace("_", " "))


def key_words(part: str) -> str:
    """Return one part of a match key in words.

    >>> key_words("~birth_date"), key_words("+upn")
    ('similar date of birth', 'same UPN')
    """
    if part in NOTES:
        return NOTES[part]
    name = part[1:]
    known = COMPARISONS.get(name, "").lower() or scheme(name)
    return f"{SIGNS.get(part[0], part[0])} {known}"


def veto(name: str) -> str:
    """Return what forbids a pair."""
    return VETOES.get(name, f"they differ in {FIELDS.get(name, name.replace('_', ' '))}")


def field(name: str) -> str:
    """Return what a field that records are brought together by holds."""
    return FIELDS.get(name, name.replace("_", " "))


def day(value: date | None) -> str:
    """Return a date as people say it.

    >>> day(date(2017, 5, 4))
    '4 May 2017'
    """
    return f"{value.day} {value:%B %Y}" if value else "not given"


def listed(parts: Sequence[str]) -> str:
    """Return parts as one would say them.

    >>> listed(["surname"]), listed(["forename", "surname", "sex"])
    ('surname', 'forename, surname and sex')
    """
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def times(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> times(1, "record"), times(1200, "record")
    ('1 record', '1,200 records')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def odds(bits: float) -> str:
    """Return how likely a weight makes two records one person, as a comparison of two chances.

    >>> odds(10.0)
    'about 1,000 times likelier that they are one person than that they are two'
    >>> odds(-2.0)
    'about 4 times likelier that they are two people than that they are one'
    >>> odds(0.2)
    'about as likely that they are one person as that they are two'
    """
    if abs(bits) < 1:
        return "about as likely that they are one person as that they are two"
    one, two = ("one person", "two") if bits > 0 else ("two people", "one")
    return f"{_times(abs(bits))} likelier that they are {one} than that they are {two}"


def _times(bits: float) -> str:
    if bits >= CERTAIN_BITS:
        return "more than a thousand million times"
    number = 2**bits
    digits = max(0, len(str(int(number))) - 1)
    rounded = round(number, -digits) if digits else round(number)
    return f"about {int(rounded):,} times"
