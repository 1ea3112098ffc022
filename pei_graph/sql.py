"""Safe pieces of SQL: identifiers and literals quoted in one place.

Names of tables and columns cannot be parameters, so where a stage builds SQL from a contract it
quotes them here. Values from deliveries never pass through these functions: they are data in
tables, or parameters.
"""

from collections.abc import Iterable, Mapping


def name(identifier: str) -> str:
    """Return an identifier quoted for DuckDB.

    >>> name("Date of Birth")
    '"Date of Birth"'
    """
    return '"' + identifier.replace('"', '""') + '"'


def text(literal: str) -> str:
    """Return a text literal of a contract or the code quoted for DuckDB.

    >>> text("children's home")
    "'children''s home'"
    """
    return "'" + literal.replace("'", "''") + "'"


def digest(columns: Iterable[str]) -> str:
    """Return SQL for one number for all that these columns, or other expressions, say.

    Each is hashed by itself: a list that is empty or missing adds nothing to a hash of several, so
    that what moves from one list to the next would not be seen (DuckDB 2.0).

    >>> digest(["forenames", "surnames"])
    'hash(hash(forenames), hash(surnames))'
    """
    return f"hash({', '.join(f'hash({column})' for column in columns)})"


def double(number: float) -> str:
    """Return a number of the code's as a DOUBLE; a cast would be one more thing to plan.

    >>> double(-4.5), double(1e-7)
    ('-4.5e0', '1e-07')
    """
    written = repr(float(number))
    return written if "e" in written else f"{written}e0"


def looked_up(key: str, values: Mapping[str, float]) -> str:
    """Return SQL for what an expression stands for, null where ``values`` do not say.

    The expression stands in it once; a CASE would repeat it for every value.

    >>> looked_up("source", {"lcs": 2.5, "asp": -1.0})
    "[2.5e0, -1.0e0][list_position(['lcs', 'asp'], source)]"
    """
    if not values:
        return "NULL::DOUBLE"
    keys = ", ".join(map(text, values))
    return f"[{', '.join(map(double, values.values()))}][list_position([{keys}], {key})]"


def raw_table(source: str, list_id: str) -> str:
    """Return the quoted name of the RAW table of one list of one source.

    >>> raw_table("lcs", "clients")
    'raw."lcs.clients"'
    """
    return f"raw.{name(f'{source}.{list_id}')}"
