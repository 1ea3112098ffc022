"""Columns that do not hold what their contract says are told of, and no others."""

from collections.abc import Callable, Iterator
from datetime import date

import duckdb
import pytest
from alike_sources import READ, SAME, Row, Sources, example, examples

from pei_graph.tables import MISREAD


@pytest.fixture
def sources() -> Iterator[Sources]:
    """Give three sources by which nobody is known yet."""
    with duckdb.connect() as con:
        found = Sources(con)
        for source in ("benefits", "police", "schools"):
            found.contract(source)
        yield found


def names(said: Row) -> Row:
    """Return what is said with forename and surname exchanged."""
    return {**said, "forename": said["surname"], "surname": said["forename"]}


def births(said: Row) -> Row:
    """Return what is said with day and month of birth exchanged, where that is a date."""
    born = said["birth_date"]
    turned = date(born.year, born.day, born.month) if born.day <= 12 else born
    return {**said, "birth_date": turned}


def sexes(said: Row) -> Row:
    """Return what is said with the sexes exchanged."""
    return {**said, "sex": {"M": "F", "F": "M"}[said["sex"]]}


def exchanged(exchange: Callable[[Row], Row], people: dict[int, Row]) -> dict[int, Row]:
    """Return what is said of people, all of it exchanged."""
    return {number: exchange(said) for number, said in people.items()}


@pytest.mark.parametrize(
    ("exchange", "columns", "mend"),
    [
        (
            names,
            "Given, Family",
            "exchange the columns of `forename` (Given) and `surname`",
        ),
        (births, "Born", "exchange %d and %m where `birth_date` (Born) is read, by `dates`"),
        (sexes, "Gender", "exchange the meanings F and M of `sex` (Gender) in codes.sex"),
    ],
)
def test_what_all_others_contradict_is_told(
    sources: Sources, exchange: Callable[[Row], Row], columns: str, mend: str
) -> None:
    """With source, list, columns, the measure in words and what to do; of the others nothing."""
    for source in ("benefits", "schools"):
        sources.say(source, examples())
    sources.say("police", exchanged(exchange, examples()))
    [told] = sources.told()
    assert (told["source"], told["list"], told["column"]) == ("police", "people", columns)
    assert (told["rule"], told["severity"]) == (MISREAD[exchange.__name__], "error")
    assert "2 of 2 other sources say so" in told["advice"]
    assert f"In lists.people of the contract police, {mend}" in told["advice"]


def test_what_is_told_is_how_much_shows_it(sources: Sources) -> None:
    """Of all names that another source has too, as many as stand in the other field there."""
    for source in ("benefits", "schools"):
        sources.say(source, examples())
    turned = exchanged(names, examples(range(36)))
    sources.say("police", {**turned, **examples(range(36, 40))})
    [told] = sources.told()
    assert told["rows"] == 72
    assert "of 80 names looked at that benefits has too, 72 stand in the other" in told["advice"]


def test_sources_that_agree_are_not_told_of(sources: Sources) -> None:
    """Where all say the same nothing is told, and where nobody says anything neither."""
    assert sources.told() == []
    for source in ("benefits", "police", "schools"):
        sources.say(source, examples())
    assert sources.told() == []


def test_it_is_told_once_and_no_longer_when_it_is_mended(sources: Sources) -> None:
    """A run upon the last says what a whole one would, and nothing of what was."""
    for source in ("benefits", "schools"):
        sources.say(source, examples())
    sources.say("police", exchanged(sexes, examples()))
    assert sources.told() == sources.told() != []
    sources.con.execute(
        "UPDATE records SET sex = translate(sex, 'MF', 'FM') WHERE source = 'police'"
    )
    assert sources.told() == []


@pytest.mark.parametrize("exchange", [names, births, sexes])
def test_little_is_not_enough(sources: Sources, exchange: Callable[[Row], Row]) -> None:
    """Of fewer than twenty names or people in common with any source nothing is told."""
    for source in ("benefits", "schools"):
        sources.say(source, examples())
    known = examples(range(9 if exchange is names else 19))
    sources.say("police", exchanged(exchange, known))
    assert sources.told() == []


def test_family_names_may_come_first(sources: Sources) -> None:
    """Where a third of those of a source do so, all of few family names, nothing is wrong."""
    people = {number: {**example(number), "surname": f"family{number % 7}"} for number in range(90)}
    for source in ("benefits", "schools"):
        sources.say(source, people)
    first = exchanged(names, {number: people[number] for number in range(0, 90, 3)})
    sources.say("police", {**people, **first})
    assert sources.told() == []


def test_a_large_source_read_wrongly_accuses_nobody(sources: Sources) -> None:
    """It is told of, and not the small ones of which each hardly meets another source."""
    sources.say("schools", exchanged(births, examples(range(90))))
    sources.say("police", examples(range(45)))
    sources.say("benefits", examples(range(45, 90)))
    assert [told["source"] for told in sources.told()] == ["schools"]


def test_a_small_source_may_say_that_all_is_well(sources: Sources) -> None:
    """It knows too little to accuse, and enough to tell which of two others is wrong."""
    sources.say("schools", exchanged(sexes, examples()))
    sources.say("police", examples())
    sources.say("benefits", examples(range(12)))
    assert [told["source"] for told in sources.told()] == ["schools"]


def test_who_is_known_by_both_dates_agrees_as_it_stands(sources: Sources) -> None:
    """Where any record of the person there says the same, nothing is exchanged."""
    twice = {number + SAME: births(example(number)) for number in range(10)}
    for source in ("benefits", "schools"):
        sources.say(source, {**examples(range(60)), **twice})
    sources.say("police", exchanged(births, examples(range(60))))
    [told] = sources.told()
    assert (told["source"], told["rows"]) == ("police", 25)
    assert "of 30 dates looked at that could be read either way" in told["advice"]


def test_of_two_sources_either_may_be_wrong(sources: Sources) -> None:
    """Both are told of, and that nobody else can say which it is."""
    sources.say("schools", examples())
    sources.say("police", exchanged(names, examples()))
    told = sources.told()
    assert [each["source"] for each in told] == ["police", "schools"]
    assert all("no third source knows enough" in each["advice"] for each in told)


def test_one_list_of_a_source_is_told_of_alone(sources: Sources) -> None:
    """By its own columns, while the source's other list is read as it should be."""
    contacts = {**READ, "forename": "First", "surname": "Last"}
    sources.contract("housing", tenants=READ, contacts=contacts)
    for source in ("benefits", "schools"):
        sources.say(source, examples(range(80)))
    sources.say("housing", examples(range(40)), list_id="tenants")
    sources.say("housing", exchanged(names, examples(range(40, 80))), list_id="contacts")
    [told] = sources.told()
    assert (told["source"], told["list"], told["column"]) == ("housing", "contacts", "First, Last")


def test_a_list_that_repeats_keys_is_not_what_is_wrong(sources: Sources) -> None:
    """What it says last of somebody was read from the one list that tells it."""
    sources.contract("housing", tenants=READ, visits={})
    for source in ("benefits", "schools"):
        sources.say(source, examples())
    sources.say("housing", exchanged(sexes, examples()), list_id="visits")
    assert [(told["source"], told["list"]) for told in sources.told()] == [("housing", "tenants")]


def test_a_whole_name_has_an_order(sources: Sources) -> None:
    """Where it stands in one cell it is the order that is to be changed."""
    sources.contract("housing", tenants={"name": {"from": "Who", "order": "surname forename"}})
    for source in ("benefits", "schools"):
        sources.say(source, examples())
    sources.say("housing", exchanged(names, examples()), list_id="tenants")
    [told] = sources.told()
    assert 'give `name` (Who), now read as "surname forename", another `order`' in told["advice"]


def test_of_many_records_some_are_looked_at(sources: Sources) -> None:
    """They tell as much, and a source that was read as it should be is not told of."""
    for source in ("benefits", "schools"):
        sources.say(source, examples(range(5000)))
    sources.say("police", exchanged(births, examples(range(5000))))
    [told] = sources.told()
    assert told["source"] == "police"
    assert 500 < told["rows"] < 1500
