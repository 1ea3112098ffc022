"""Who lives in an invented town, and where a run found them to live."""

from datetime import date
from typing import Any

ADULT = {"birth_date": date(1985, 1, 1), "birth_date_quality": "exact"}
CHILD = {"birth_date": date(2016, 1, 1), "birth_date_quality": "exact"}


def home(town: Any, record_id: str) -> str | None:
    """Return the one address at which a record's person lives now, none where that is unknown."""
    found = town.rows(
        "SELECT address_id FROM residences JOIN members USING (person_id)"
        f" WHERE current AND record_id = '{record_id}' AND state = 'accepted'"
    )
    [(address,)] = found or [(None,)]
    return str(address) if address else None
