"""What a table between stages promises."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """What a table promises: its columns in order with their DuckDB types, and its key."""

    name: str
    says: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    required: tuple[str, ...] = ()

    @property
    def ddl(self) -> str:
        """Return the statement that makes this table, empty."""
        columns = ", ".join(f'"{name}" {kind}' for name, kind in self.columns.items())
        return f'CREATE OR REPLACE TABLE "{self.name}" ({columns})'
