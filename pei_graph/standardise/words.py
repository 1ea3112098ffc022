"""The words that sources write for titles, unknown names, streets and communal homes."""

from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from pei_graph.yml import read_yml


class Words(BaseModel):
    """Lists of words, read from ``words.yml`` beside this module."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    titles: tuple[str, ...]
    suffixes: tuple[str, ...]
    particles: tuple[str, ...]
    not_a_name: tuple[str, ...]
    nobody: tuple[str, ...]
    birth_order: str
    formerly: tuple[str, ...]
    called: tuple[str, ...]
    relatives: tuple[str, ...]
    female: tuple[str, ...]
    male: tuple[str, ...]
    no_sex: tuple[str, ...]
    not_sealed: tuple[str, ...]
    not_an_identifier: tuple[str, ...]
    no_fixed_abode: tuple[str, ...]
    units: tuple[str, ...]
    floors: dict[str, tuple[str, ...]]
    parts: tuple[str, ...]
    buildings: tuple[str, ...]
    lines: dict[str, str]
    streets: dict[str, str]
    street_words: tuple[str, ...]
    communal: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the packaged words, read once."""
    file = files(__package__) / "words.yml"
    return Words.model_validate(read_yml(file.read_text(encoding="utf-8")))
