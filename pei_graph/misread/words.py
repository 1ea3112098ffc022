"""What is doubted in plain words: what is seen, who says so, and what to do. Never a value."""

from collections.abc import Mapping

from pei_graph.misread.told import Matter
from pei_graph.misread.voices import Doubt

SEEN: Mapping[Matter, str] = {
    "names": (
        "Forenames and surnames stand the other way round: of {seen:,} names looked at that"
        " {other} has too, {exchanged:,} stand in the other field there"
    ),
    "births": (
        "Days and months of birth stand the other way round: of {seen:,} dates looked at that"
        " could be read either way, of people whom {other} knows too, {exchanged:,} agree with it"
        " only when day and month are exchanged"
    ),
    "sexes": (
        "The sexes stand the other way round: of {seen:,} people looked at whom {other} knows too,"
        " {exchanged:,} are of the other sex there"
    ),
}


def advice(doubt: Doubt) -> str:
    """Return what to read of a doubt, in two sentences."""
    told, most = doubt.told, doubt.contrary[0]
    seen = SEEN[told.matter].format(seen=most.seen, exchanged=most.exchanged, other=most.other)
    voices = f"{len(doubt.contrary)} of {len(doubt.voices)} other sources say so"
    if len(doubt.voices) == 1:
        voices = "no third source knows enough to say which of the two is wrong"
    mend = f"In lists.{told.list} of the contract {told.source}, {told.mend}, and run again"
    return f"{seen}; {voices}. {mend}"
