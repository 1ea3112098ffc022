"""Parquet files: one page, every column as text."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pei_graph.extract.batches import BATCH, batches
from pei_graph.extract.page import Page, Refusal, Row, Wanted


def read_parquet(path: Path, wanted: Sequence[Wanted]) -> Iterator[Page]:
    """Yield a page for each list. Raises ``Refusal`` where the file is not whole Parquet."""
    if not path.stat().st_size:
        raise Refusal("empty_file", "The file holds nothing: ask for it again")
    for want in wanted:
        with _damage_refused(), pq.ParquetFile(path) as file:
            page = Page(want, file.schema_arrow.names)
            page.tables = batches(_rows(file), len(page.header), rejected=page.rejected)
            yield page


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError):
        raise Refusal(
            "damaged_file", "The file is not Parquet, or only part of it: ask for it again"
        ) from None


def _rows(file: pq.ParquetFile) -> Iterator[Row]:
    number = 0
    with _damage_refused():
        for batch in file.iter_batches(BATCH):
            columns = [column.to_pylist() for column in batch.columns]
            for cells in zip(*columns, strict=True):
                number += 1
                yield number, cells
