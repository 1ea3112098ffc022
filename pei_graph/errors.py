"""Errors that say what went wrong, where, and what to do; never a person's value.

Nothing in this module may receive a cell of a delivery: messages reach logs and screens.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something went wrong: as much of file, list, row and column as is known."""

    file: str | None = None
    list: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Return the known parts as words, such as ``file x.csv, row 3, column DOB``."""
        parts = {"file": self.file, "list": self.list, "row": self.row, "column": self.column}
        return ", ".join(f"{name} {value}" for name, value in parts.items() if value is not None)


class PeiError(Exception):
    """Base of every error the product raises on purpose; printed without a traceback.

    Each kind carries its own ``exit_code``, so that a script can tell them apart.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: Place | None = None, do: str = "") -> None:
        """Hold ``what`` happened, ``where``, and what the reader should ``do``."""
        self.what = what
        self.where = where or Place()
        self.do = do
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return the message in the order what, where, what to do."""
        where = str(self.where)
        return self.what + (f" ({where})" if where else "") + (f". {self.do}" if self.do else "")


class ContractError(PeiError):
    """A contract file is wrong and must be mended before anything is loaded."""

    exit_code = 3


class DeliveryError(PeiError):
    """A whole delivery cannot be read; the other deliveries still load."""

    exit_code = 4


class TableError(PeiError):
    """A table between two stages does not keep its promise: a defect, not bad input."""

    exit_code = 5


class WorkspaceError(PeiError):
    """The workspace is missing, held by another run, or damaged."""

    exit_code = 6


class OtherVersionError(WorkspaceError):
    """A run was made by a version of the product that laid runs out otherwise."""

    exit_code = 16


class CriterionError(PeiError):
    """A criterion file or pack is wrong and must be mended before it is evaluated."""

    exit_code = 7


class GraphError(PeiError):
    """The graph could not be built or read."""

    exit_code = 8


class LinkError(PeiError):
    """Pairs could not be scored where they were to be."""

    exit_code = 14


class LedgerError(PeiError):
    """The ledger cannot be reached or used; nothing is shown or decided without it."""

    exit_code = 13


class SettingsError(PeiError):
    """A setting has a value that it cannot have."""

    exit_code = 15
