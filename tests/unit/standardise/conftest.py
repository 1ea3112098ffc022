"""A small council of invented people, given as contracts and rows, put through standardise()."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.settings import Settings
from pei_graph.standardise import standardise, standardise_again
from pei_graph.tables import DELIVERIES, ISSUES, QUARANTINE, RAW_COLUMNS
from pei_graph.workspace import connect

Row = Mapping[str, str | None]
Rows = Sequence[Row]
Delivery = tuple[str, Rows] | tuple[str, Rows, date]

RAW = ", ".join(f"{name} {kind}" for name, kind in RAW_COLUMNS.items())

TODAY = date(2026, 11, 1)

HEAD = """
title: Invented system
agency: Invented agency
owner: Testa Example
contact: {team: Invented team}
freshness: {every: day, since: always, covers: Inventon}
"""

PEOPLE = """
dates: ["%d/%m/%Y"]
missing: [N/K]
placeholder_dates: ["1900-01-01", "01-01"]
lists:
  people:
    title: People
    files: "*.csv"
    people:
      - role: person
        key: id
        fields:
          forename: forename
          middle_names: middle
          surname: surname
          known_as: known
          former_surname: former
          preferred_surname: preferred
          birth_date: born
          birth_year: born_year
          sex: sex
          ethnicity: ethnicity
        identifiers:
          {upn: upn, former_upn: old_upn, nhs_number: nhs, nino: nino, uln: uln, ehm_id: ehm}
        address: {line: line, postcode: postcode, uprn: uprn, from_date: since, to_date: until}
        sealed: sealed
"""


class Council:
    """A run's database with what extract makes; the rest is what standardise() made of it."""

    def __init__(self, spill: Path) -> None:
        self.con = connect(Path(":memory:"), Settings(threads=1, temp_dir=spill))
        self.contracts: dict[str, Contract] = {}
        for table in (DELIVERIES, ISSUES, QUARANTINE):
            self.con.execute(table.ddl)
        self.con.execute("CREATE SCHEMA raw")

    def deliver(self, source: str, text: str, *deliveries: Delivery) -> None:
        """The deliveries of a source stand in RAW; the newest of each list is the latest."""
        whole = yaml.safe_load(HEAD) | {"id": source} | yaml.safe_load(text)
        self.contracts[source] = Contract.model_validate(whole)
        for number, (list_id, rows, *on) in enumerate(deliveries, start=1):
            self._deliver(source, list_id, rows, on=on[0] if on else TODAY, number=number)
        self.con.execute(
            "UPDATE deliveries AS d SET latest = delivered_on ="
            " (SELECT max(delivered_on) FROM deliveries AS o"
            " WHERE o.source = d.source AND o.list = d.list)"
        )

    def deliver_again(self, source: str, text: str, *deliveries: Delivery) -> None:
        """The source's deliveries stand in RAW instead of its earlier ones, which are forgotten."""
        for list_id in self.contracts[source].lists:
            self.con.execute(f"DROP TABLE IF EXISTS {sql.raw_table(source, list_id)}")
        for table in (DELIVERIES, ISSUES, QUARANTINE):
            self.con.execute(f"DELETE FROM {table.name} WHERE source = ?", [source])
        self.deliver(source, text, *deliveries)

    def standardise_again(self, *sources: str) -> "Council":
        """The stage has run over what some sources delivered since it last ran."""
        standardise_again(self.con, self.contracts, sources)
        return self

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Within the body everything that stands now is attached as ``before``."""
        self.con.execute("ATTACH ':memory:' AS before")
        self.con.execute("COPY FROM DATABASE memory TO before")
        try:
            yield
        finally:
            self.con.execute("DETACH before")

    def _deliver(self, source: str, list_id: str, rows: Rows, *, on: date, number: int) -> None:
        identity = f"{source}-{list_id}-{number}"
        table = sql.raw_table(source, list_id)
        self.con.execute(f"CREATE TABLE IF NOT EXISTS {table} ({RAW})")
        for column in dict.fromkeys(column for row in rows for column in row):
            self.con.execute(
                f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {sql.name(column)} VARCHAR"
            )
        for place, row in enumerate(rows, start=2):
            names = "".join(f", {sql.name(column)}" for column in row)
            self.con.execute(
                f"INSERT INTO {table} (_delivery, _row{names}) VALUES (?, ?{', ?' * len(row)})",
                [identity, place, *row.values()],
            )
        self.con.execute(
            "INSERT INTO deliveries BY NAME SELECT ? AS delivery_id, ? AS source, ? AS list,"
            " ? AS file, '0' AS sha256, 1 AS bytes, ?::DATE AS delivered_on, ? AS sequence,"
            " TRUE AS latest, 'loaded' AS status, ? AS rows_in",
            [identity, source, list_id, f"{identity}.csv", on, number, len(rows)],
        )

    def standardise(self) -> "Council":
        """The stage has run over everything delivered."""
        standardise(self.con, self.contracts)
        return self

    def read(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Return the rows that answer a query."""
        return self.con.execute(query, parameters).fetchall()

    def table(self, name: str) -> list[dict[str, Any]]:
        """Return a table's rows by column, in the order of all their values."""
        found = self.con.execute(f"SELECT * FROM {sql.name(name)} ORDER BY ALL")
        columns = [column[0] for column in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def records(self) -> dict[str, dict[str, Any]]:
        """Return every record by its id, shorter ids first."""
        rows = sorted(
            self.table("records"), key=lambda row: (len(row["record_id"]), row["record_id"])
        )
        return {row["record_id"]: row for row in rows}

    def issues(self, *rules: str) -> set[tuple[Any, ...]]:
        """Return rule, column, first row and number of rows of the issues under some rules."""
        found = self.table("issues")
        wanted = rules or {row["rule"] for row in found}
        return {
            (row["rule"], row["column"], row["row"], row["rows"])
            for row in found
            if row["rule"] in wanted
        }


@pytest.fixture(scope="session")
def empty_council(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Council]:
    """Return a maker of councils to which nothing was delivered yet."""
    return lambda: Council(tmp_path_factory.mktemp("spill"))


@pytest.fixture(scope="session")
def council(empty_council: Callable[[], Council]) -> Callable[..., Council]:
    """Return ``council(contract, *deliveries)``: one source, standardised."""

    def make(text: str, *deliveries: Delivery) -> Council:
        made = empty_council()
        made.deliver("lcs", text, *deliveries)
        return made.standardise()

    return make


@pytest.fixture(scope="session")
def contract() -> str:
    """Give a contract of one list with every field of a person."""
    return PEOPLE


@pytest.fixture(scope="session")
def people(council: Callable[..., Council]) -> Callable[..., Council]:
    """Return ``people(*rows)``: rows of one list with every field, keyed 1, 2, 3 in order."""

    def make(*rows: Row) -> Council:
        keyed = [{"id": str(number), **row} for number, row in enumerate(rows, start=1)]
        return council(PEOPLE, ("people", keyed))

    return make
