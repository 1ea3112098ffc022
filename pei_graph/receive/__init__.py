"""Delivered files are kept as they came, before anything reads them.

In: the files and folders a user names. Out: the precious copy of each file in a folder named by its
digest, and beside it when the file was last changed and when it came; every stage reads these, so
that what was loaded can be loaded again. A delivery that was received before is not stored twice,
unless another came from its place in between; one that was withdrawn is set aside. Nothing here
looks inside a file.
"""

from pei_graph.receive.coming import receive
from pei_graph.receive.store import Kept, kept, received
from pei_graph.receive.withdrawn import find_delivery, move, tell_withdrawn, withdrawn

__all__ = [
    "Kept",
    "find_delivery",
    "kept",
    "move",
    "receive",
    "received",
    "tell_withdrawn",
    "withdrawn",
]
