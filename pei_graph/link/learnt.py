"""A model: everything that is learnt from the whole of the data, as one thing that can be kept.

In: RECORDS, IDENTIFIERS and ADDRESSES. Out: a :class:`Model`, which two records' weight depends on
beside themselves, so that a model kept and used again gives the same weight in every later run.
Its tables hold names, so it belongs with what is precious and stays in the workspace.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from math import log2
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from nicknames import with_names_csv_path

from pei_graph.errors import WorkspaceError
from pei_graph.link.blocking import further_rules
from pei_graph.link.company import find_company, find_company_again
from pei_graph.link.comparables import (
    FEW_NAMESAKES,
    compare,
    compare_again,
    filled,
    list_names,
)
from pei_graph.link.household import Household, learn_household
from pei_graph.link.identifiers import find_shared, find_strong, learn_cuts
from pei_graph.link.left_over import LEFT_OVER
from pei_graph.link.names import count_fields, learn_commonness, put_in_order
from pei_graph.link.one_child import learn_one_child
from pei_graph.link.only_name import learn_only_names
from pei_graph.link.only_other import learn_only_others
from pei_graph.link.scripts import SQL
from pei_graph.link.settings import OPTIONAL
from pei_graph.link.settings import model as described_model
from pei_graph.link.training import train
from pei_graph.link.twins import learn_signs

LEARNT = {
    "nicknames": "name, canonical",
    "commonness": "part, value",
    "full_names": "full_name",
    "generic_cuts": "scheme",
    "source_alone": "source",
    "twin_signs": "sign, value",
}
"""The tables of a model and the order of their rows, so that one model is one set of bytes."""

LEAST_SEEN = 3
LEAST_SEEN_ALIKE = 2
LIFT = 20
"""Surnames under which two forenames must stand for one birth date to count as one name, fewer if
they begin or end alike, and how many times as often as chance: three families' twins of the same
two names are a wonder."""

ENOUGH_ALONE = 1000
"""Fewest records of a source, with names and birth date, from which to learn how seldom two of its
ids are one person."""

MOST_AGAINST = -8.0
"""Bits that at most count against two ids of one source: even the most careful source slips once in
a while."""

SELDOM_TWICE = -2.0
"""Bits against two ids of one source being one person, from which two names that stand for one
birth date there are two people's."""

OUTGROWN = 1.5
"""Times the records that a model saw of a source up to which it speaks for them."""

UNSEEN = 0.02
"""Share of the records beyond that, at most, for a model to serve. How many are on record twice and
how sources err is another matter once a system has joined that it never saw."""

_FILE = "model.json"


@dataclass(frozen=True, slots=True)
class Model:
    """What two records' weight depends on beside themselves."""

    settings: dict[str, Any]
    """As Splink reads them, with trained probabilities."""
    household: Household
    seen: Mapping[str, int]
    """Records it was trained on, by source."""
    tables: Mapping[str, pa.Table]
    """By the names in ``LEARNT``, and what later stages learnt of the sources by theirs."""

    @property
    def prior(self) -> float:
        """Return the weight in bits from which every pair begins."""
        probability = self.settings["probability_two_random_records_match"]
        return log2(probability / (1 - probability))

    @property
    def judges_left_over(self) -> bool:
        """Return whether who is left over in two sources counts, which any record may change."""
        return LEFT_OVER in self.tables and self.tables[LEFT_OVER].num_rows > 0

    def outgrown_by(self, records: Mapping[str, int]) -> bool:
        """Return whether so many records, by source, are too many or too new to be judged by it."""
        beyond = [
            max(0.0, held - OUTGROWN * self.seen.get(source, 0)) for source, held in records.items()
        ]
        return sum(beyond) > UNSEEN * sum(records.values())

    def with_tables(self, more: Mapping[str, pa.Table]) -> "Model":
        """Return the same model with what a later stage learnt."""
        return replace(self, tables={**self.tables, **more})

    def with_elsewhere(self, bits: float | None) -> "Model":
        """Return the same model with what :mod:`.elsewhere` learnt of pairs at two homes."""
        return replace(self, household=replace(self.household, elsewhere=bits))

    def load(self, con: duckdb.DuckDBPyConnection) -> None:
        """The model's tables stand in ``con``, as temporary ones."""
        for name in LEARNT:
            con.register("learnt", self.tables[name])
            con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM learnt")
            con.unregister("learnt")

    def write(self, folder: Path) -> None:
        """The files of the model stand in ``folder``, which exists."""
        told = {
            "seen": dict(self.seen),
            "settings": self.settings,
            "household": asdict(self.household),
        }
        (folder / _FILE).write_text(json.dumps(told, indent=1), encoding="utf-8")
        for name, table in self.tables.items():
            pq.write_table(table, folder / f"{name}.parquet")


def read_model(folder: Path) -> Model:
    """Return the model kept in ``folder``; raises ``WorkspaceError`` where it is not whole."""
    try:
        told = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        tables = {file.stem: pq.read_table(file) for file in sorted(folder.glob("*.parquet"))}
        _ = [tables[name] for name in LEARNT]
        household = Household(**told["household"])
        return Model(told["settings"], household, told.get("seen", {}), tables)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise WorkspaceError(
            f"Model {folder.name} is damaged",
            do="Restore precious/models from a copy, or train a new one with `pei run --retrain`",
        ) from error


def learn(con: duckdb.DuckDBPyConnection) -> Model:
    """Return a model trained on the records in ``con``; its tables stand.

    So do ``comparables`` and ``company``.
    """
    learn_commonness(con)
    SQL.run(con, "alone", enough=ENOUGH_ALONE, most_against=MOST_AGAINST)
    with with_names_csv_path() as file:
        SQL.run(
            con,
            "nicknames",
            file=str(file),
            least=LEAST_SEEN,
            least_alike=LEAST_SEEN_ALIKE,
            lift=LIFT,
            seldom=SELDOM_TWICE,
        )
    SQL.run(con, "learnt", few=FEW_NAMESAKES)
    find_shared(con)
    learn_cuts(con)
    find_strong(con)
    list_names(con)
    learn_signs(con)
    learn_one_child(con)
    learn_only_others(con)
    compare(con)
    find_company(con)
    described = described_model(filled(con, OPTIONAL))
    learn_only_names(con, described)
    settings = train(con, described)
    settings["blocking_rules_to_generate_predictions"] += [
        {"blocking_rule": rule} for rule in further_rules(con, described, settings)
    ]
    household = learn_household(con, described, settings)
    return Model(settings, household, by_source(con), _tables(con))


def by_source(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many records each source holds."""
    query = "SELECT source, count(*) FROM records GROUP BY source ORDER BY source"
    return {str(source): int(held) for source, held in con.execute(query).fetchall()}


def use(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """The model's tables stand, ``comparables`` as it compares the records, and ``company``."""
    model.load(con)
    count_fields(con)
    put_in_order(con)
    find_shared(con)
    find_strong(con)
    list_names(con)
    compare(con)
    find_company(con)


def use_again(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """As :func:`use`, upon what the last run left; see :func:`.comparables.compare_again`."""
    model.load(con)
    count_fields(con)
    compare_again(con)
    find_company_again(con)


def _tables(con: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    return {
        name: con.sql(f"FROM {name} ORDER BY {order}").to_arrow_table()
        for name, order in LEARNT.items()
    }
