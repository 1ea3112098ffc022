"""The header of a query: what it takes and what it gives, as YAML behind ``//``."""

import calendar
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

MONTHS_IN_YEAR = 12


class Parameter(BaseModel):
    """What a query takes: a plain value, a length of time, or a date reckoned from a day.

    ``months_before`` and ``months_after`` become that day moved by whole months, and ``days`` a
    length of time, so that no query does date arithmetic that engines spell differently.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: str
    default: bool | int | float | str | list[str] | None = None
    months_before: int | None = None
    months_after: int | None = None
    days: int | None = None
    given: bool = Field(False, description="The caller must give it; there is no default.")
    each: bool = Field(
        False, description="A list; a row is told by one of its values, whatever the others are."
    )

    @model_validator(mode="after")
    def _one_value(self) -> "Parameter":
        kinds = (self.default, self.months_before, self.months_after, self.days)
        if sum(kind is not None for kind in kinds) + self.given != 1:
            raise ValueError("a parameter has one value, or `given: true`")
        if self.each and not self.given:
            raise ValueError("`each: true` is said of a list that is given")
        return self

    @property
    def number(self) -> Any:
        """Return the figure as it stands in the header: a threshold, months or days."""
        kinds = (self.default, self.months_before, self.months_after, self.days)
        return next((kind for kind in kinds if kind is not None), None)

    @property
    def moves(self) -> bool:
        """Return whether another value is given on another day."""
        return self.given or self.months_before is not None or self.months_after is not None

    def with_number(self, number: Any) -> "Parameter":
        """Return this parameter with another figure, as a pack may set it."""
        kinds = ("default", "months_before", "months_after", "days")
        kind = next(kind for kind in kinds if getattr(self, kind) is not None)
        return self.model_validate({**self.model_dump(), kind: number})

    def value(self, as_of: date | None) -> Any:
        """Return what the query is given, reckoned from ``as_of`` where it is a date."""
        if self.days is not None:
            return timedelta(days=self.days)
        months = self.months_after if self.months_before is None else -self.months_before
        if months is None:
            return self.default
        if as_of is None:
            raise ValueError("a date is reckoned from `as_of`, which was not given")
        return add_months(as_of, months)


class Header(BaseModel):
    """The header every query has; a criterion's has keys of its own besides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    parameters: dict[str, Parameter] = {}
    returns: dict[str, str] = Field(min_length=1)


def add_months(day: date, months: int) -> date:
    """Return ``day`` moved by whole months, or the last day of a month that is too short.

    >>> add_months(date(2026, 3, 31), -1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
