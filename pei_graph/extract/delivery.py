"""A delivery in the making."""

from dataclasses import dataclass
from datetime import date

from pei_graph.extract.find import DeliveredFile
from pei_graph.extract.page import Wanted


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file, sheet or query result of one list: a row of DELIVERIES in the making."""

    delivery_id: str
    wanted: Wanted
    name: str
    file: DeliveredFile
    sha256: str
    delivered_on: date
    layout: str | None = None
    status: str = "loaded"
    rows_in: int = 0
    repeated: int = 0

    @property
    def place(self) -> tuple[str, str, str]:
        """Return source, list and file name."""
        return (self.wanted.contract.id, self.wanted.list_id, self.name)
