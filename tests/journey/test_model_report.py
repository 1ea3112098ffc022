"""The model report of an invented council: one page that says all and names nobody."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from pei_graph.cli import main
from pei_graph.evaluation.model import describe, rates
from pei_graph.settings import settings
from pei_graph.workspace import connect


@pytest.fixture(scope="module")
def report(council: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the council's model, measured against the truth."""
    file = tmp_path_factory.mktemp("report") / "model.html"
    result = CliRunner().invoke(
        main,
        ["model", "report", "-w", str(council.workspace.root), "--truth", str(council.truth),
         str(file)],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return file.read_text("utf-8")


def test_the_page_needs_nothing_else(report: str) -> None:
    """No script, picture, style sheet or link leads out of the file, and its policy forbids it."""
    assert "default-src 'none'" in report
    assert re.findall(r"<(?:script|img|link|iframe|object)\b|url\(|@import|https?:", report) == []


def test_the_page_says_what_the_model_holds(report: str) -> None:
    """Every level, threshold and source, the digest, and what the truth says stand in it."""
    for words in (
        "Linkage model 1", "nickname", "day and month swapped", "same dwelling",
        "Accepted from, in bits", "capita one", "cannot be linked", "person recall",
        "Brier score", "Largest gap",
    ):  # fmt: skip
        assert words in report
    assert re.search(r"digest <code>[0-9a-f]{64}</code>", report)


def test_the_page_names_nobody(council: SimpleNamespace, report: str) -> None:
    """No name, date of birth or street of any record stands in it."""
    said = set(re.findall(r"[a-z]+", report.lower()))
    with connect(council.workspace.require_current().tables, settings(), read_only=True) as con:
        exact, names = con.execute(
            """
            SELECT
                list(DISTINCT record_id) || list(DISTINCT strftime(birth_date, '%Y-%m-%d')),
                list(DISTINCT surname)
            FROM records
            """
        ).fetchall()[0]
    assert len(exact) > 500
    assert [value for value in exact if value and value in report] == []
    # Short surnames are English words too.
    assert {name for name in said & set(names) if len(name) > 5} == set()


def test_levels_add_up(council: SimpleNamespace) -> None:
    """Each comparison's m and u are shares of one whole, and every source's rates lie in bounds."""
    with connect(council.workspace.require_current().tables, settings(), read_only=True) as con:
        model, found = describe(con), rates(con)
    for comparison in model.comparisons:
        assert sum(level.u for level in comparison.levels) == pytest.approx(1, abs=0.05)
        assert set(model.home) <= {other.name for other in model.comparisons}
    assert sum(rate.records for rate in found.sources) == found.counts["records"]
    assert all(rate.linked + rate.unlinkable <= 2 * rate.records for rate in found.sources)
    assert sum(sum(links.values()) for _, links in found.weights) == found.counts["links"]


def test_a_report_needs_a_folder(council: SimpleNamespace, tmp_path: Path) -> None:
    """A folder that does not exist is named before anything is worked out."""
    arguments = ["model", "report", "-w", str(council.workspace.root), str(tmp_path / "no" / "r")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 12
    assert "There is no folder" in result.output
