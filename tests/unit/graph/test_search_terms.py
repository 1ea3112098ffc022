"""What somebody typed is taken apart as a reader would."""

from datetime import date

import pytest

from pei_graph.graph.terms import Terms, read_terms, sounds_like


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tim example", {"names": ("tim", "example")}),
        ("tim 04/05/2017", {"names": ("tim",), "birth_date": date(2017, 5, 4)}),
        ("tim 2017-05-04", {"names": ("tim",), "birth_date": date(2017, 5, 4)}),
        ("4 may 2017", {"birth_date": date(2017, 5, 4)}),
        ("31/02/2017", {"birth_date": None}),
        ("example born 2017", {"names": ("example",), "birth_year": 2017}),
        ("born 2017 example", {"names": ("example",), "birth_year": 2017, "street": ""}),
        ("tim 4/5/17", {"names": ("tim",), "birth_date": date(2017, 5, 4)}),
        ("04052017", {"birth_date": date(2017, 5, 4)}),
        ("4/5/2117", {"birth_date": date(2117, 5, 4)}),
        ("4.5.68", {"birth_date": date(1968, 5, 4)}),
        ("the example family", {"names": ("example",)}),
        ("miss example", {"names": ("example",)}),
        ("dob 04/05/2017", {"names": (), "birth_date": date(2017, 5, 4)}),
        ("born", {"names": ("born",)}),
        ("zz481aa", {"postcode": "ZZ48 1AA", "names": ()}),
        ("flat 12a invented road", {"house": "12a", "street": "invented road", "names": ()}),
        (
            "flat 6, 31 invented road, nowhere",
            {"house": "6/31", "street": "invented road", "names": ("nowhere",)},
        ),
        ("apt b 31 invented road", {"house": "b/31", "street": "invented road"}),
        ("peter green", {"names": ("peter", "green"), "street": ""}),
        ("o'example-roe", {"names": ("example", "roe")}),
        ("43 st. made rd., nowhere", {"house": "43", "street": "st  made rd"}),
    ],
)
def test_a_search_is_taken_apart(typed: str, expected: dict[str, object]) -> None:
    """Dates, years, postcodes and addresses are found among names."""
    terms = read_terms(typed)
    assert {part: getattr(terms, part) for part in expected} == expected


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("a800 0000 0000 1", {"A800000000001"}),
        ("lcs:1022", {"LCS:1022"}),
        ("tim n1044", {"N1044"}),
        ("qq 12 34 56 c", {"QQ123456"}),
        ("001234", {"001234", "1234"}),
        ("999-774-7291", {"9997747291"}),
        ("nhs 999 774 7291 example", {"9997747291"}),
        ("qq-12-34-56-c", {"QQ123456C", "QQ123456"}),
        ("tim example", set()),
    ],
)
def test_whatever_has_a_digit_may_be_an_id(typed: str, ids: set[str]) -> None:
    """The whole text without spaces, and each word with a digit, is tried as an id."""
    assert ids <= set(read_terms(typed).compact)
    assert bool(read_terms(typed).compact) == bool(ids)


@pytest.mark.parametrize("typed", ["04-05-2017", "2017-05-04", "4 - 5 - 2017", "p-12"])
def test_a_date_and_an_id_of_ours_are_no_number_in_parts(typed: str) -> None:
    """What stands there with dashes of its own is not tried without them."""
    assert typed.upper().replace("-", "") not in read_terms(typed).compact


def test_words_may_be_a_street() -> None:
    """Words that are nobody's name are read as a street; nothing is read into an empty search."""
    assert read_terms("invented road").as_address().street == "invented road"
    assert read_terms("").as_address() == Terms()
    assert not Terms().says_something


@pytest.mark.parametrize(
    ("one", "other"), [("smith", "smyth"), ("robert", "rupert"), ("tymczak", "tymchak")]
)
def test_names_that_sound_alike_share_a_code(one: str, other: str) -> None:
    """Soundex gives one code to names that sound alike, and none to no letters."""
    assert sounds_like(one) == sounds_like(other)
    assert sounds_like("smith") != sounds_like("jones")
    assert sounds_like("123") == ""
