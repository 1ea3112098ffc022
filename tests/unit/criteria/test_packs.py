"""A pack that does not agree with itself is refused before anything is asked."""

import shutil
from importlib.resources import as_file
from pathlib import Path

import pytest

import cypher
from pei_graph.criteria import read_pack, read_packs
from pei_graph.errors import CriterionError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged pack that a test may change."""
    with as_file(cypher.ROOT / "criteria" / "troubled_families_2015") as packaged:
        return Path(shutil.copytree(packaged, tmp_path / "pack"))


def change(file: Path, was: str, now: str) -> None:
    """The first ``was`` in a file is ``now``; it must be there."""
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now, 1), encoding="utf-8")


def test_packaged_pack_covers_all_six_areas() -> None:
    """Pack A has criteria for each of its six areas and asks for two of them."""
    (pack,) = read_packs()
    assert {criterion.header.area for criterion in pack.criteria} == set(pack.rules.areas)
    assert (len(pack.rules.areas), pack.rules.eligible.areas) == (6, 2)


def test_council_may_set_a_threshold(folder: Path) -> None:
    """A figure in pack.yml replaces the one in the criterion's header."""
    change(folder / "pack.yml", "figures: {}", "figures: {persistent_absence: {threshold: 85.0}}")
    by_id = {criterion.header.id: criterion for criterion in read_pack(folder).criteria}
    assert by_id["persistent_absence"].header.parameters["threshold"].number == 85.0


def test_council_may_replace_a_pack(folder: Path) -> None:
    """A pack of the same id in a folder of the council's own is used instead of the packaged."""
    change(folder / "pack.yml", "Troubled Families 2015-2020", "Our own rules")
    (pack,) = read_packs([folder.parent])
    assert pack.rules.title == "Our own rules"


@pytest.mark.parametrize(
    ("file", "was", "now", "says"),
    [
        ("pack.yml", "    neet: 2\n", "", "neet has no points"),
        ("pack.yml", "    neet: 2\n", "    neat: 2\n", "no criterion neat"),
        ("pack.yml", "health]", "wealth]", "no area wealth"),
        ("pack.yml", "cusp: 1", "cups: 1", "cups"),
        ("pack.yml", "figures: {}", "figures: {neet: {least: 3}}", r"figures \['least'\]"),
        ("pack.yml", "areas: [", "areas: [[", "not YAML"),
        ("neet.cypher", "// subject: person", "// subject: dog", "subject"),
        ("neet.cypher", "//   since:", "//   from:", "returns"),
        ("neet.cypher", "// owner:", "// owns:", "owns"),
        ("neet.cypher", "// area: work_and_money", "// area: money", "none of the pack's"),
        ("neet.cypher", "// reach: own", "// reach: far", "reach"),
        ("neet.cypher", "// subject: person", "// subject: family", "families"),
        ("neet.cypher", "[x:INVOLVED_IN]", "[:RELATED_TO]", "names .'RELATED_TO'"),
        ("neet.cypher", "[x:INVOLVED_IN]", "[:INVOLVED_IN|MEMBER_OF]", "names .'MEMBER_OF'"),
        ("neet.cypher", "[x:INVOLVED_IN]", "[]", "any type or length"),
        ("neet.cypher", "[x:INVOLVED_IN]", "[:INVOLVED_IN*1..3]", "any type or length"),
        ("neet.cypher", "(p:Person)-", "(o:Person), (p:Person)-", "names .'Person'"),
    ],
)
def test_contradiction_is_refused(folder: Path, file: str, was: str, now: str, says: str) -> None:
    """Each way in which a pack can contradict itself is refused with its reason."""
    change(folder / file, was, now)
    with pytest.raises(CriterionError, match=says):
        read_pack(folder)
