"""A delivery that is unlike what its contract expects is remarked on, with the reason."""

from collections.abc import Iterator, Mapping, Sequence

from pei_graph.contract import SourceList
from pei_graph.extract.page import Note


def expected_filled(source_list: SourceList, columns: Sequence[str]) -> list[str]:
    """Return the columns of which the list expects a share to be filled.

    ``columns`` are those delivered: a layout without a column cannot fill it.
    """
    return sorted(set(columns) & set(source_list.expect.filled)) if source_list.expect else []


def broken_expectations(
    source_list: SourceList, shares: Mapping[str, float | None], *, rows_in: int
) -> Iterator[Note]:
    """Yield a warning for each expectation of the list that a delivery does not meet.

    ``shares`` says of each column of ``expected_filled`` how much of it is filled.
    """
    expect = source_list.expect
    if expect is None:
        return
    if expect.rows and not expect.rows[0] <= rows_in <= expect.rows[1]:
        least, most = expect.rows
        advice = f"{rows_in} rows where {least} to {most} are expected: {expect.why}"
        yield Note("expect_rows", "warning", advice, rows=rows_in)
    for column, share in shares.items():
        if share is not None and share < expect.filled[column]:
            wanted = expect.filled[column]
            advice = f"{share:.0%} filled where {wanted:.0%} are expected: {expect.why}"
            yield Note("expect_filled", "warning", advice, column=column)
