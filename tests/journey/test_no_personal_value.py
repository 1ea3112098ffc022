"""Nothing personal reaches a log line, an error, or the terminal."""

import logging
from pathlib import Path

import pytest
from click.testing import CliRunner

from pei_graph.cli import main

MARK = "zzmarked"

CONTRACT = """
id: marked
title: Marked people
agency: Invented agency
owner: Nobody
contact: {team: Invented team}
freshness: {every: once, since: always, covers: everybody}
codes: {sex: {F: F, M: M}}
lists:
  people:
    title: People
    files: ["marked*.csv"]
    unique: true
    people:
      - role: person
        key: Key
        fields:
          forename: Forename
          surname: Surname
          birth_date: Born
          sex: {from: Sex, codes: sex}
        identifiers: {nhs_number: NHS}
        address: {line: Address, postcode: Postcode}
"""

ROWS = [
    "Key,Forename,Surname,Born,Sex,NHS,Address,Postcode",
    *(
        f"{MARK}{n},{MARK}testa{n % 7},{MARK}example{n % 5},{n % 40:02d}/0{n % 14}/2010,"
        f"{MARK}x,{MARK}{n},{n} {MARK} Road,{MARK}"
        for n in range(60)
    ),
    f"{MARK}1,{MARK}again,{MARK},31/02/2011,F,,,",
    f',{MARK}nokey,"{MARK}open quote',
]


@pytest.mark.parametrize("ending", ["", "\x00", '"\n'])
def test_marked_names_stay_inside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, ending: str
) -> None:
    """A run over marked, broken rows prints, logs and raises without one marked value."""
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts" / "marked.yml").write_text(CONTRACT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "marked.csv").write_text("\n".join(ROWS) + ending)
    with caplog.at_level(logging.DEBUG):
        results = [
            CliRunner().invoke(main, [verb, str(tmp_path / "in"), *more])
            for verb, more in (
                ("check", ["--contracts", str(tmp_path / "contracts")]),
                (
                    "run",
                    ["-w", str(tmp_path / "w"), "--contracts", str(tmp_path / "contracts")],
                ),
            )
        ]
    for result in results:
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert MARK not in result.output.lower()
        assert MARK not in result.stderr.lower()
    assert MARK not in caplog.text.lower()
    assert results[1].exit_code == 0
