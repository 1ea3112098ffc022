"""A query whose header does not agree with it never runs."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pei_graph.errors import CriterionError
from pei_graph.graph import Header, add_months, read_query

SOUND = """\
// id: sound
// title: A sound query
// parameters:
//   name: {says: whom, given: true}
//   recent: {says: how far back, months_before: 12}
//   span: {says: how long, days: 30}
// returns:
//   person_id: the person

MATCH (p:Person)
WHERE p.forename = $name AND p.birth_date > $recent - $span
RETURN
  p.person_id AS person_id
"""


def read(folder: Path, text: str) -> object:
    """Return the query of a file with this text."""
    file = folder / "sound.cypher"
    file.write_text(text, encoding="utf-8")
    return read_query(file, Header)


def test_values_come_from_the_caller_the_header_and_the_day(tmp_path: Path) -> None:
    """A value is as given, or the header's own: a date reckoned from the day, a length of time."""
    (tmp_path / "sound.cypher").write_text(SOUND, encoding="utf-8")
    query = read_query(tmp_path / "sound.cypher", Header)
    assert query.values({"name": "Tim"}, as_of=date(2026, 11, 1)) == {
        "name": "Tim",
        "recent": date(2025, 11, 1),
        "span": timedelta(days=30),
    }


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("// title", "// titel", "titel"),
        ("$name", "$nam", "used and not declared"),
        ("p.forename = $name AND ", "", "declared and not used"),
        ("AS person_id", "AS person", "declares"),
        ("// id: sound", "// id: other", "not the file's name"),
        ("//   person_id: the person\n", "", "returns"),
        ("months_before: 12", "months_before: 12, days: 3", "one value"),
        ("// parameters:", "//  parameters:", "not YAML"),
    ],
)
def test_disagreement_is_refused(tmp_path: Path, was: str, now: str, says: str) -> None:
    """Each way in which header and query can differ is refused with its reason."""
    with pytest.raises(CriterionError, match=says):
        read(tmp_path, SOUND.replace(was, now, 1))


def test_months_end_with_the_month() -> None:
    """A month back from the 31st is the last day of a shorter month."""
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 15), 14) == date(2028, 1, 15)
