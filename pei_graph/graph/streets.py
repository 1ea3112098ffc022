"""The ways in which a street that somebody typed may stand in an address.

In: a street as typed, which is lower-case ASCII, perhaps with its town behind it or the name of a
house before it. Out: texts written as addresses are kept: words of letters and digits, the last of
a street in full.
"""

import re
from functools import lru_cache
from importlib.resources import files

from pei_graph.yml import read_yml

_NO_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1)
def _in_full() -> dict[str, str]:
    """Return what addresses are kept by: the words that end a street, short and in full.

    The list of the stage that writes them is read, not copied: what they do not know is not found.
    """
    file = files("pei_graph") / "standardise" / "words.yml"
    streets: dict[str, str] = read_yml(file.read_text(encoding="utf-8"))["streets"]
    return streets


def ways_to_write(street: str) -> tuple[str, ...]:
    """Return ``street`` as it stands and with each word in full that may be its last.

    The first word is none: it may be a saint's.

    >>> ways_to_write("teapot rd")
    ('teapot rd', 'teapot road')
    >>> ways_to_write("st mary's cl")
    ('st mary s cl', 'st mary s close', 'st marys cl', 'st marys close')
    """
    said = dict.fromkeys(
        " ".join(filter(None, _NO_WORD.split(street.replace("'", mark)))) for mark in (" ", "")
    )
    return tuple(dict.fromkeys(way for one in said if one for way in (one, *_longer(one.split()))))


def _longer(words: list[str]) -> list[str]:
    return [
        " ".join([*words[:place], _in_full()[word], *words[place + 1 :]])
        for place, word in enumerate(words)
        if place and word in _in_full()
    ]


def beginnings(ways: tuple[str, ...]) -> list[str]:
    """Return each way to write a street without the words at its end, which may be its town.

    >>> beginnings(("teapot road nonsuch",))
    ['teapot', 'teapot road']
    """
    split = [way.split() for way in ways]
    shorter = [" ".join(words[:most]) for words in split for most in range(1, len(words))]
    return list(dict.fromkeys(shorter))


def begins_as(ways: tuple[str, ...]) -> str:
    """Return a regular expression of what begins in one of the ways.

    >>> begins_as(("teapot rd", "teapot road"))
    '^(?:teapot rd|teapot road)'
    """
    return f"^(?:{'|'.join(ways)})"
