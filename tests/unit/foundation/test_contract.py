"""A contract is read whole or refused with the file, the key and what to do."""

from pathlib import Path
from textwrap import dedent

import pytest

from pei_graph.contract import Contract, read_contract, read_contracts
from pei_graph.errors import ContractError

HEAD = """
id: invented
title: Invented system
agency: Invented council
owner: Invented team
contact: {team: Invented duty desk}
freshness: {every: weekly, since: "2019", covers: the whole area}
"""

LISTS = """
codes:
  sex: {Boy: M, Girl: F}
lists:
  pupils:
    title: Pupils
    files: "*pupils*.csv"
    people:
      - role: pupil
        key: PupilID
        fields: {forename: First, surname: [Last, Family], sex: {from: Gender, codes: sex}}
        address: {line: {from: [House, Road], take: join}, postcode: PC}
        when: [{column: Status, is: Current}]
    facts:
      - {type: attendance, about: pupil, value: Attended, total: Possible}
    required: PupilID
    ignore: {Photo: not needed}
"""


def _file(folder: Path, text: str, *, name: str = "invented.yml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def _problem(folder: Path, text: str) -> str:
    with pytest.raises(ContractError) as caught:
        read_contract(_file(folder, text))
    assert "file invented.yml" in str(caught.value)
    return str(caught.value)


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    """A sound contract of one list."""
    return read_contract(_file(tmp_path, HEAD + LISTS))


def test_short_forms_mean_the_long_ones(contract: Contract) -> None:
    """A bare text is a column to read from, and one text stands for a list of one."""
    person = contract.lists["pupils"].people[0]
    assert person.key == ("PupilID",)
    assert person.fields["forename"].from_ == ("First",)
    assert person.fields["surname"].from_ == ("Last", "Family")
    assert contract.lists["pupils"].files == ("*pupils*.csv",)


def test_the_columns_of_a_list_are_all_it_reads(contract: Contract) -> None:
    """Every column that a row is read by counts; ignored ones do not."""
    assert contract.lists["pupils"].columns() == {
        "PupilID", "First", "Last", "Family", "Gender", "House", "Road", "PC", "Status",
        "Attended", "Possible",
    }  # fmt: skip


def test_a_misspelt_key_is_refused_by_name(tmp_path: Path) -> None:
    """An unknown key is an error that says where it stands, never a rule silently lost."""
    problem = _problem(tmp_path, HEAD + LISTS.replace("required:", "requierd:"))
    assert "lists.pupils.requierd" in problem


def test_an_unknown_field_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    """A field that no stage knows is refused, and the message lists those that exist."""
    problem = _problem(tmp_path, HEAD + LISTS.replace("forename:", "fourname:"))
    assert "fourname" in problem
    assert "birth_date" in problem


@pytest.mark.parametrize(
    ("sound", "wrong", "complaint"),
    [
        ("about: pupil", "about: teacher", "no person has role teacher"),
        ("codes: sex", "codes: gender", "no code table gender"),
        ("Photo: not needed", "First: not needed", "column First is used and ignored"),
        ("id: invented", "id: Not Plain", "an id is lower-case letters, digits and underscores"),
        ("value: Attended", "value: {format: '%d'}", "needs either `from` or `constant`"),
        ("type: attendance", "type: juggling", "unknown involvement types ['juggling']"),
        ("files:", "filled:", "lists.pupils.filled"),
    ],
)
def test_a_contradiction_is_explained(
    tmp_path: Path, sound: str, wrong: str, complaint: str
) -> None:
    """A contract that contradicts itself or the vocabulary is refused in plain words."""
    assert complaint in _problem(tmp_path, (HEAD + LISTS).replace(sound, wrong))


@pytest.mark.parametrize(
    ("sound", "wrong", "complaint"),
    [
        ("{Boy: M, Girl: F}", "{1: M, 2: NULL}", "sex.1.[key], codes.sex.2.[key], codes.sex.2: a"),
        ("is: Current", "is: [Yes]", "lists.pupils.people.0.when.0.is.0: a text is needed"),
        ("fields: {", "field: {", "lists.pupils.people.0.field: the language has no such key here"),
        ("key: PupilID", "", "lists.pupils.people.0.key: this key is missing"),
        ("{team: Invented duty desk}", "Desk", "contact: keys of its own are needed here"),
        ("key: PupilID", "key: PupilID\n        age: 16", "people.0.age: a list is needed"),
        ("title: Pupils", "title: P\n    reader: {not_rows: '('}", "not_rows: the pattern ( is no"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_told_in_plain_words(
    tmp_path: Path, sound: str, wrong: str, complaint: str
) -> None:
    """What YAML takes for a number or nothing is to be quoted; what only follows is not told."""
    problem = _problem(tmp_path, (HEAD + LISTS).replace(sound, wrong))
    assert complaint in problem
    assert "at least 1 item" not in problem


def test_two_people_of_one_role_are_refused(tmp_path: Path) -> None:
    """A role that stands twice would make a fact's subject ambiguous."""
    twice = LISTS.replace("    facts:", "      - {role: pupil, key: Other}\n    facts:")
    assert "role pupil stands twice" in _problem(tmp_path, HEAD + twice)


def test_a_source_may_declare_its_own_types(tmp_path: Path) -> None:
    """A type declared under `terms` needs no change to the vocabulary or to any code."""
    own = (
        LISTS.replace("type: attendance", "type: juggling") + "terms: {juggling: {title: Juggles}}"
    )
    assert read_contract(_file(tmp_path, HEAD + own)).terms["juggling"].title == "Juggles"


def test_broken_yaml_names_its_line(tmp_path: Path) -> None:
    """A file that is not YAML is refused with the line at which reading stopped."""
    problem = _problem(tmp_path, HEAD + "lists: ]\ncodes: {}\n")
    assert "not valid YAML" in problem
    assert "row 8" in problem


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    """A file saved in another encoding says so, rather than showing mangled titles."""
    (tmp_path / "invented.yml").write_bytes("title: Caf\u00e9".encode("latin-1"))
    with pytest.raises(ContractError, match="not text in UTF-8"):
        read_contract(tmp_path / "invented.yml")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """A file with nothing in it is an error of that file, not of the program."""
    assert "The contract is wrong" in _problem(tmp_path, "")


def test_a_later_folder_replaces_a_contract(tmp_path: Path) -> None:
    """A council's own contract of the same id is the one that counts."""
    _file(tmp_path / "first", HEAD + LISTS)
    _file(tmp_path / "second", HEAD.replace("Invented system", "Our own") + LISTS, name="x.yaml")
    contracts = read_contracts([tmp_path / "first", tmp_path / "second"])
    assert contracts["invented"].title == "Our own"
    assert set(contracts) == {*read_contracts(), "invented"}


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """A mistyped --contracts folder is named, never taken for an empty one."""
    with pytest.raises(ContractError, match="no contracts folder"):
        read_contracts([tmp_path / "nowhere"])
