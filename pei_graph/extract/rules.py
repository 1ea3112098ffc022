"""Rules that a delivered row can break, each with what to do about it."""

from collections.abc import Mapping
from types import MappingProxyType

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "ragged": "The row has more or fewer cells than the header: ask for the file again, or"
        " mend the row where it came from",
        "quotes": "A quotation mark is opened and not closed, or stands where it cannot: ask for"
        " quotation marks inside cells to be doubled",
        "nul": "The row holds a NUL character: the file was damaged on its way, ask for it again",
        "encoding": "The row holds bytes that the encoding does not have: ask for UTF-8, or add"
        " the right encoding to reader.encoding",
        "not_json": "The line is not a JSON document: ask for the file again",
        "line_too_long": "The line is longer than any honest row: look at it in the source system",
        "cell_too_long": "A cell is longer than any honest value: look at it in the source system",
        "missing_key": "No person of the row has a key: fill it in the source system",
        "rounded_key": "A spreadsheet has written the key as 1.23E+11 and lost its last digits: ask"
        " for the file as the system exports it, before a spreadsheet opened it",
        "missing_value": "The contract requires this column in every row: fill it in the source"
        " system",
        "duplicate_key": "An earlier row of this delivery has the same key: remove one of them in"
        " the source system",
        "transform": "The list's transform left this row out: see the module it names",
    }
)
"""What to do, by rule; readers and checks set rows aside under these names only."""
