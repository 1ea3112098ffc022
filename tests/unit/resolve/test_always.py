"""What must hold of every town, however its records are linked."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

COUNT = 24
RECORDS = [f"a:{number:02}" for number in range(COUNT)]
FORENAMES = st.lists(
    st.sampled_from(["testa", "tim", None]), min_size=COUNT, max_size=COUNT
)  # fmt: skip
PAIRS = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(
    lambda pair: pair[0] < pair[1]
)
LINKS = st.dictionaries(
    PAIRS,
    st.tuples(st.sampled_from([4.0, 9.0, 9.0, 20.0]), st.sampled_from(["model", "identifier"])),
    max_size=60,
)
VERDICTS = st.dictionaries(PAIRS, st.sampled_from(["same", "different", "unsure"]), max_size=8)
often = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
MakeTown = Callable[[], Any]


def settled(make_town: MakeTown, forenames: Any, links: Any, verdicts: Any) -> Any:
    """Return a town with records, links and verdicts added in the order given, resolved."""
    town = make_town()
    for record, forename in forenames:
        town.record(record, forename=forename)
    for (left, right), (weight, reason) in links:
        town.link(RECORDS[left], RECORDS[right], weight, reason=reason)
    for (left, right), verdict in verdicts:
        town.judge(RECORDS[left], RECORDS[right], verdict)
    town.resolve()
    return town


@often
@given(forenames=FORENAMES, links=LINKS, verdicts=VERDICTS, data=st.data())
def test_order_of_input_changes_nothing(
    make_town: MakeTown, forenames: Any, links: Any, verdicts: Any, data: Any
) -> None:
    """Records and links in any other order make the same MEMBERS, ids and all."""
    records = list(zip(RECORDS, forenames, strict=True))
    straight = settled(make_town, records, links.items(), verdicts.items())
    shuffled = settled(
        make_town,
        data.draw(st.permutations(records)),
        data.draw(st.permutations(list(links.items()))),
        data.draw(st.permutations(list(verdicts.items()))),
    )
    query = "SELECT * FROM members ORDER BY ALL"
    assert shuffled.rows(query) == straight.rows(query)


@often
@given(forenames=FORENAMES, links=LINKS, verdicts=VERDICTS)
def test_every_record_once_and_no_different_pair_in_one_person(
    make_town: MakeTown, forenames: Any, links: Any, verdicts: Any
) -> None:
    """Every record is accepted exactly once, and *different* records are different persons."""
    records = list(zip(RECORDS, forenames, strict=True))
    town = settled(make_town, records, links.items(), verdicts.items())
    accepted = town.rows("SELECT record_id FROM members WHERE state = 'accepted'")
    assert sorted(row[0] for row in accepted) == RECORDS
    ids = town.ids()
    for (left, right), verdict in verdicts.items():
        assert verdict != "different" or ids[RECORDS[left]] != ids[RECORDS[right]]


@often
@given(forenames=FORENAMES, links=LINKS, verdicts=VERDICTS, late=VERDICTS.filter(bool))
def test_withdrawing_judgements_restores_what_was(
    make_town: MakeTown, forenames: Any, links: Any, verdicts: Any, late: Any
) -> None:
    """Whatever later judgements did to people, they are as before once those are withdrawn."""
    records = list(zip(RECORDS, forenames, strict=True))
    town = settled(make_town, records, links.items(), verdicts.items())
    before, standing = town.people(), list(town.judgements)
    for (left, right), verdict in late.items():
        town.judge(RECORDS[left], RECORDS[right], verdict)
    town.resolve()
    town.judgements = standing
    town.resolve()
    assert town.people() == before


@often
@given(forenames=FORENAMES, links=LINKS)
def test_model_alone_never_joins_across_a_veto(
    make_town: MakeTown, forenames: Any, links: Any
) -> None:
    """Without identifiers and verdicts no person holds two records that veto each other."""
    records = list(zip(RECORDS, forenames, strict=True))
    named = dict(records)
    by_model = [
        (pair, (weight, "model"))
        for pair, (weight, _) in links.items()
        if len({forenames[pair[0]], forenames[pair[1]]} - {None}) < 2
    ]
    town = settled(make_town, records, by_model, [])
    for person in town.people():
        assert len({named[record] for record in person} - {None}) <= 1


@often
@given(links=LINKS, more=LINKS, gone=st.sets(st.sampled_from(RECORDS), max_size=8))
def test_unchanged_persons_keep_their_ids(
    make_town: MakeTown, links: Any, more: Any, gone: Any
) -> None:
    """Whatever else changes in a refresh, a person of the same records has the same id."""
    town = settled(make_town, [(record, "testa") for record in RECORDS], links.items(), [])
    before = {person: town.ids()[min(person)] for person in town.people()}
    town.forget("links")
    town.con.executemany(
        "DELETE FROM records WHERE record_id = ?", [[r] for r in sorted(gone)] or [["-"]]
    )
    for (left, right), (weight, _) in more.items():
        if not gone & {RECORDS[left], RECORDS[right]}:
            town.link(RECORDS[left], RECORDS[right], weight)
    town.resolve()
    after = {person: town.ids()[min(person)] for person in town.people()}
    assert {p: after[p] for p in before.keys() & after.keys()} == {
        p: before[p] for p in before.keys() & after.keys()
    }
    assert len(set(after.values())) == len(after)
