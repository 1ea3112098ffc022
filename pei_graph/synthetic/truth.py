"""The truth beside a generated council: who lives with whom, and which criteria are truly met."""

from datetime import date

from pei_graph.synthetic.books import Books
from pei_graph.synthetic.lives import Life
from pei_graph.synthetic.people import Family


def write(family: Family, life: Life, books: Books, *, as_of: date) -> None:
    """Write the current households of those whom any system has recorded.

    A household is everyone whose present home is one dwelling; those in communal homes have none.
    """
    del life
    add = books.file("families")
    for person in family.people:
        home = person.home(as_of)
        if person.id in books.seen and home.kind == "dwelling":
            add((person.id, f"F{home.number}"))
    books.seen.clear()
