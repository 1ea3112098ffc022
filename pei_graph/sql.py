"""Safe pieces of SQL: identifiers and literals quoted in one place.

Names of tables and columns cannot be parameters, so where a stage builds SQL from a contract it
quotes them here. Values from deliveries never pass through these functions: they are data in
tables, or parameters.
"""


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


def raw_table(source: str, list_id: str) -> str:
    """Return the quoted name of the RAW table of one list of one source.

    >>> raw_table("lcs", "clients")
    'raw."lcs.clients"'
    """
    return f"raw.{name(f'{source}.{list_id}')}"
