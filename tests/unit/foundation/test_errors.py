"""An error says what, where and what to do, and ends the command with its own code."""

from pei_graph import errors
from pei_graph.errors import DeliveryError, PeiError, Place


def test_a_message_says_what_where_and_what_to_do() -> None:
    """The three parts stand in that order in one line."""
    error = DeliveryError(
        "The date never was",
        where=Place(file="clients.csv", row=3, column="DOB"),
        do="Correct it at the source",
    )
    assert str(error) == (
        "The date never was (file clients.csv, row 3, column DOB). Correct it at the source"
    )


def test_unknown_parts_are_left_out() -> None:
    """A message without place or advice is the plain sentence."""
    assert str(PeiError("Something is wrong")) == "Something is wrong"


def test_row_nought_is_a_place() -> None:
    """A row is told whenever it is known, nought included."""
    assert str(Place(row=0)) == "row 0"


def test_every_kind_of_error_has_its_own_exit_code() -> None:
    """A script can tell the kinds apart, and none is taken for success or wrong usage."""
    kinds = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, PeiError)
    }
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes) > 5
    assert not {0, 2} & set(codes)
