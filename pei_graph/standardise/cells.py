"""A value of a contract as SQL: from the cells of a row to a text, a date, a number or a code.

In: the contract's :class:`Value`. Out: SQL expressions over the relation ``cells``, whose columns
are named by :func:`cell`. Nothing here runs a query or sees a delivery.
"""

from collections.abc import Iterable, Mapping, Sequence

from pei_graph import sql
from pei_graph.contract import Condition, Contract, Value, vocabulary
from pei_graph.standardise.words import words

BLANKS = " \t\r\n\u00a0\ufeff\u200b"
"""Blanks around a cell: also the no-break space, byte-order mark and zero-width space."""

OLDEST = "DATE '1850-01-01'"
NEWEST = "DATE '2150-01-01'"
"""Years outside are slips of the keyboard: no living person, no open case lies there."""

EIGHT_DIGITS = {"%d%m%Y", "%m%d%Y"}
"""Formats of which a spreadsheet drops the first nought: 1112025 is the first of November, and
would be read as the eleventh of December of the year 25."""


def cell(column: str) -> str:
    """Return the quoted name that a cleaned cell of ``column`` has in ``cells``."""
    return sql.name(f"cell {column}")


def one_of(expression: str, spellings: Iterable[str]) -> str:
    """Return SQL that is true where the expression is one of the spellings, case ignored."""
    texts = ", ".join(sorted({sql.text(spelling.strip().lower()) for spelling in spellings}))
    return f"lower({expression}) IN ({texts})"


def trimmed(column: str) -> str:
    """Return SQL for a delivered cell without blanks around it."""
    return f"trim({column}, {sql.text(BLANKS)})"


def trimmed_if_blank(column: str) -> str:
    """Return SQL that says the same as :func:`trimmed`: longer to plan, faster over many rows.

    Looking first at both ends costs a third of trimming every cell of several blanks.
    """
    blanks = sql.text(BLANKS)
    return (
        f"CASE WHEN contains({blanks}, {column}[1]) OR contains({blanks}, {column}[-1])"
        f" THEN {trimmed(column)} ELSE {column} END"
    )


def told(column: str, contract: Contract) -> str:
    """Return SQL for a trimmed cell: null where empty or marked as missing."""
    return f"CASE WHEN NOT {one_of(column, ('', *contract.missing))} THEN {column} END"


def given(value: Value) -> str:
    """Return SQL for the text a value takes from the row, before any code table."""
    if value.constant is not None:
        return sql.text(value.constant)
    cells = ", ".join(cell(column) for column in value.from_)
    if value.take == "join":
        text = f"nullif(concat_ws({sql.text(value.separator)}, {cells}), '')"
    else:
        text = f"coalesce({cells})"
    if value.pattern is None:
        return text
    return f"nullif(trim(regexp_extract({text}, {sql.text(value.pattern)}, 1)), '')"


def coded(text: str, codes: Mapping[str, str]) -> str:
    """Return SQL for a code's meaning: null where the code table does not know the spelling."""
    spellings = {spelling.strip().lower(): meaning for spelling, meaning in codes.items()}
    if not spellings:
        return "NULL::VARCHAR"
    cases = " ".join(
        f"WHEN {sql.text(spelling)} THEN {sql.text(meaning)}"
        for spelling, meaning in sorted(spellings.items())
    )
    return f"CASE lower({text}) {cases} END"


def holds(conditions: Iterable[Condition]) -> str:
    """Return SQL that is true where a row meets every condition; true where there is none."""
    return " AND ".join(f"({_holds(condition)})" for condition in conditions) or "TRUE"


def _holds(condition: Condition) -> str:
    column = cell(condition.column)
    tests = []
    if condition.is_:
        tests.append(f"coalesce({one_of(column, condition.is_)}, FALSE)")
    if condition.is_not:
        tests.append(f"coalesce(NOT {one_of(column, condition.is_not)}, TRUE)")
    if condition.filled is not None or not tests:
        tests.append(f"{column} IS {'NULL' if condition.filled is False else 'NOT NULL'}")
    return " AND ".join(tests)


def key(
    columns: Iterable[str], conditions: Iterable[Condition], *, digits: int | None = None
) -> str:
    """Return SQL for a person's key in the source: null where the row does not speak of one."""
    joined = " || '/' || ".join(numbered(cell(column), digits) for column in columns)
    return f"CASE WHEN {holds(conditions)} THEN {joined} END"


def whole(text: str) -> str:
    """Return SQL for a text, a whole number in it without the ``.0`` of a spreadsheet.

    A column of numbers with an empty cell among them is often kept as fractions: ``1234.0`` in one
    list is who is ``1234`` in another.
    """
    bare = f"regexp_replace({text}, '^([0-9]+)[.]0$', '\\1')"
    return f"CASE WHEN suffix({text}, '.0') THEN {bare} ELSE {text} END"


def numbered(text: str, digits: int | None) -> str:
    """Return SQL for a key or a part of one, with ``digits`` as a contract's ``key_digits``.

    Zeros before a number are then as many as there should be, whatever a spreadsheet left of them.
    """
    if digits is None:
        return whole(text)
    bare = f"ltrim({whole(text)}, '0')"
    filled = f"lpad({bare}, greatest(length({bare}), {digits})::INTEGER, '0')"
    return f"CASE WHEN regexp_full_match({bare}, '[0-9]*') THEN {filled} ELSE {whole(text)} END"


def _iso_is_plain(formats: Iterable[str]) -> bool:
    """Return whether no format can read an ISO date as another day than ISO does."""
    return all(
        each == "%Y-%m-%d" or "%b" in each or not each.startswith(("%Y", "%G")) for each in formats
    )


def moment(text: str, formats: Sequence[str]) -> str:
    """Return SQL for the date a text gives: the formats in order, ISO, a spreadsheet's serial."""
    ways = [f"working.iso_day({text})"] if _iso_is_plain(formats) else []
    if wanted := ", ".join(sql.text(each) for each in formats):
        written = f"working.eight_digits({text})" if EIGHT_DIGITS & {*formats} else text
        ways.append(f"working.day_written({written}, [{wanted}])")
    ways.append(f"working.other_day({text})")
    return f"coalesce({', '.join(ways)})"


def in_century(date: str, text: str, *, latest: str) -> str:
    """Return SQL for a date whose year, if written with two digits, lies before ``latest``."""
    return f"working.in_century({date}, {text}, {latest})"


def part_date(text: str, formats: Sequence[str]) -> str:
    """Return SQL for the first day of a month or year written in one of the formats."""
    if not formats:
        return "NULL::DATE"
    wanted = ", ".join(sql.text(each) for each in formats)
    return f"try_strptime({text}, [{wanted}])::DATE"


def possible(date: str, *, earliest: str = OLDEST, latest: str = NEWEST) -> str:
    """Return SQL for a date, null where it lies before ``earliest`` or after ``latest``."""
    return f"CASE WHEN {date} BETWEEN {earliest} AND {latest} THEN {date} END"


def year(text: str, *, earliest: str, latest: str) -> str:
    """Return SQL for the first day of the year a text names with four digits."""
    date = (
        f"make_date(try_cast(nullif(regexp_extract({text}, '^[0-9]{{4}}'), '') AS INTEGER), 1, 1)"
    )
    return possible(date, earliest=earliest, latest=latest)


def placeholder(date: str, dates: Iterable[str]) -> str:
    """Return SQL that is true where a date is one that systems use for *not known*.

    A placeholder ``YYYY-MM-DD`` is that day; ``MM-DD`` is that day of any year.
    """
    whole = ", ".join(
        f"try_cast({sql.text(each)} AS DATE)" for each in dates if len(each) > len("MM-DD")
    )
    yearly = ", ".join(sql.text(each) for each in dates if len(each) <= len("MM-DD"))
    tests = [f"{date} IN ({whole})"] if whole else []
    tests += [f"strftime({date}, '%m-%d') IN ({yearly})"] if yearly else []
    return f"({' OR '.join(tests) or 'FALSE'})"


def number(text: str) -> str:
    """Return SQL for a number, read without thousands, per cent and pound signs."""
    bare = f"regexp_replace({text}, '[,%£ ]', '', 'g')"
    return f"coalesce(try_cast({text} AS DOUBLE), try_cast({bare} AS DOUBLE))"


def finite(number: str) -> str:
    """Return SQL for a number, null where it is none or without end."""
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def sex(text: str) -> str:
    """Return SQL for F, M or null."""
    return (
        f"CASE WHEN {one_of(text, words().female)} THEN 'F'"
        f" WHEN {one_of(text, words().male)} THEN 'M' END"
    )


def relationship(text: str) -> str:
    """Return SQL for a relationship of the vocabulary; any other counts as ``relative``."""
    known = one_of(text, vocabulary().relationships)
    return f"CASE WHEN {known} THEN lower({text}) ELSE 'relative' END"


def sealed(text: str) -> str:
    """Return SQL that is true where a cell says anything but a plain no."""
    return f"coalesce(NOT {one_of(text, words().not_sealed)}, FALSE)"


def named(text: str) -> str:
    """Return SQL for a name, null where the text only says that nobody knew one."""
    return f"CASE WHEN NOT {one_of(text, words().not_a_name)} THEN {text} END"
