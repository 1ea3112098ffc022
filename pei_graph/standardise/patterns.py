"""The word lists as patterns that the SQL files use as variables, and tables they join."""

from collections.abc import Iterable
from functools import reduce

import duckdb

from pei_graph import sql
from pei_graph.standardise.words import Words, words

NUMBER = r"([0-9]+(?:[a-z]\b| [a-h]\b)?(?: ?[-/] ?[0-9]+(?:[a-z]\b)?)?)"
"""A house number: 14, 14a, 14 a, 14-16, 2/14."""


def set_patterns(con: duckdb.DuckDBPyConnection) -> None:
    """The variables, the macro and the table ``street_words`` that the SQL files read are set."""
    known = words()
    usual = _usual(known)
    for variable, pattern in (_patterns(known) | {"unusual": "|".join(usual)}).items():
        con.execute(f"SET VARIABLE {variable} = ?", [pattern])
    for variable in ("not_a_name", "particles", "not_an_identifier", "no_fixed_abode"):
        con.execute(f"SET VARIABLE {variable} = ?", [list(getattr(known, variable))])
    con.execute(f"CREATE OR REPLACE TEMP MACRO as_usual(line) AS {_replaced('line', usual)}")
    con.execute("CREATE OR REPLACE TEMP TABLE street_words (short VARCHAR, word VARCHAR)")
    con.execute(
        "INSERT INTO street_words SELECT unnest(?), unnest(?)",
        [list(known.streets), list(known.streets.values())],
    )


def _patterns(known: Words) -> dict[str, str]:
    particles = _any(known.particles)
    unit = rf"(?:{_any(known.units)} +(?:(?:no|number) +)?([0-9a-z]+(?:/[0-9]+)?)[ ,]+)?"
    building, street = _any(known.buildings), _any(known.street_words)
    return {
        "title_pattern": f"^ *(?:{_any(known.titles)} +(?:and +)?)+",
        "suffix_pattern": f"(?:[ ,]+{_any(known.suffixes)})+$",
        "nobody": f"^(?:{'|'.join(known.nobody)})$",
        "birth_order": f"^{known.birth_order}$",
        "formerly": rf" {_any(known.formerly)} ",
        "called": rf" {_any(known.called)} ",
        "relative": rf"[(\[] *{_any(known.relatives)} *[)\]]| - *{_any(known.relatives)} *$",
        "family_last": f"^(.*?) ((?:{particles} )*[^ ]+)$",
        "family_first": f"^((?:{particles} )*[^ ]+) (.*)$",
        "numbered": f"^{unit}[^0-9]*?{NUMBER}[ ,]*([a-z][^,]+)",
        "unit": rf"^{_any(known.units)}\b",
        "unnumbered": f"^{unit}([^,]+)(?:, *([^,]+))?",
        "street_pattern": rf"\b{street}$",
        "building_end": rf"^(.*? {building}) [^ ]+ (?:.* )?{street}\b",
        "street_end": rf"^(.* {_any(known.streets.values())})\b",
        "short_street_end": rf"^(.* {_any(known.streets)})\b",
        "communal_pattern": "|".join(known.communal),
    }


def _usual(known: Words) -> dict[str, str]:
    """Return what each thing that is written otherwise in a line is read as, in order."""
    kinds = {
        "{unit}": _any(known.units),
        "{part}": _any((*known.floors, *known.parts)),
        "{building}": _any(known.buildings),
    }
    usual = _floors(known)
    for pattern, meant in known.lines.items():
        spelt = reduce(lambda text, kind: text.replace(*kind), kinds.items(), pattern)
        usual[spelt] = meant
    return usual


def _floors(known: Words) -> dict[str, str]:
    unit = _any(known.units)
    return {
        rf"\b(?:{unit}[\s,]+)?{_any(spelt)}[\s-]+(?:floor|flr)(?:[\s,]+{unit})?\b": f"flat {floor}"
        for floor, spelt in known.floors.items()
    }


def _replaced(text: str, usual: dict[str, str]) -> str:
    """Return SQL for ``text`` with each pattern replaced, one after the other."""
    return reduce(
        lambda read, of: f"regexp_replace({read}, {sql.text(of[0])}, {sql.text(of[1])}, 'g')",
        usual.items(),
        text,
    )


def _any(alternatives: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(alternatives, key=lambda word: (-len(word), word)))})"
