"""What judgements would change, before they are made: persons and families, before and after.

In: a run's tables, attached to be read, and judgements. Only what the judgements touch is resolved
again, by the stage's own functions, in a database in memory; nothing is written anywhere else.
"""

from pei_graph.foresee.again import TooMuch, foresee
from pei_graph.foresee.told import Family, Foreseen, Person, Side

__all__ = ["Family", "Foreseen", "Person", "Side", "TooMuch", "foresee"]
