"""Identifiers with sound check digits that no real person can hold.

NHS numbers start 999 (set aside for tests), unique pupil numbers name a local authority that was
abolished and a school number below 1000, which is not issued. National Insurance numbers have the
form of real ones under the prefix PZ, which offices used for their own references and no person
holds. Learner numbers start 999, UPRNs 99, telephone numbers lie in the range that
Ofcom keeps for drama.
"""

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN_AUTHORITY = "837"
_NHS_PREFIX = "999"
_MILLION = 1_000_000


def nhs_number(serial: int) -> str | None:
    """Return a person's NHS number, or nothing for the one in eleven without a check digit.

    The check digit is modulus 11 over weights 10 to 2. There are a million numbers; later serials
    have none.
    """
    if serial >= _MILLION:
        return None
    digits = f"{_NHS_PREFIX}{_scattered(serial):06d}"
    check = -sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    return None if check == 10 else f"{digits}{check}"  # ten is not a digit


def upn(serial: int, year: int) -> str:
    """Return a pupil's unique pupil number, issued in a year, with its check letter.

    The check letter is the sum of digits times their place (from 2), modulus 23.
    """
    digits = f"{_UPN_AUTHORITY}0{serial // 1000 % 1000:03d}{year % 100:02d}{serial % 1000:03d}"
    check = sum(int(digit) * place for place, digit in enumerate(digits, 2)) % 23
    return _UPN_LETTERS[check] + digits


def nino(serial: int) -> str:
    """Return an adult's National Insurance number under an administrative prefix."""
    return f"PZ{_scattered(serial % _MILLION):06d}{'ABCD'[serial // _MILLION % 4]}"


def uln(serial: int) -> str:
    """Return a learner number with its check digit, or nothing for one in eleven without.

    The check digit is ten less the remainder of modulus 11 over weights 10 to 2, which may not
    be nought.
    """
    digits = f"999{serial % _MILLION:06d}"
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    return f"{digits}{10 - rest}" if rest else ""


def uprn(dwelling: int) -> str:
    """Return a dwelling's unique property reference number of twelve digits."""
    return f"99{dwelling:010d}"


def telephone(number: int) -> str:
    """Return a telephone number of the range kept for drama."""
    return f"01632 960{number % 1000:03d}"


def system_key(serial: int, *, first: int, multiplier: int = 7919, modulus: int = 9_000_011) -> int:
    """Return a system's own key of a person: unique, and without the order of the serials.

    The modulus is prime, so the multiplication permutes.
    """
    return first + serial * multiplier % modulus


def _scattered(serial: int) -> int:
    return serial * 387_113 % _MILLION
