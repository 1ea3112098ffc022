"""Review by people: which pairs to ask about, in which order, and what became of their verdicts.

In: a run's tables and the ledger. Out: questions, and verdicts in the ledger, which the next run
takes. Nothing here changes a run.
"""

from pei_graph.review.audit import audit_sample, is_audit
from pei_graph.review.exchange import (
    Brought,
    SheetError,
    read_judgements,
    write_judgements,
    write_sheet,
)
from pei_graph.review.mending import Proposed, proposed, to_join, to_move
from pei_graph.review.question import Question
from pei_graph.review.queue import (
    Queue,
    for_a_second_person,
    queue,
    read_questions,
    still_open,
)
from pei_graph.review.ranking import ranked
from pei_graph.review.state import (
    STATES,
    Contradiction,
    Told,
    contradictions,
    tell,
    to_take_effect,
)
from pei_graph.review.verdicts import (
    DANGERS,
    Applied,
    Content,
    UnknownRecord,
    applied,
    contents,
    dangers,
    judged_contents,
    pass_verdict,
)

__all__ = [
    "DANGERS",
    "STATES",
    "Applied",
    "Brought",
    "Content",
    "Contradiction",
    "Proposed",
    "Question",
    "Queue",
    "SheetError",
    "Told",
    "UnknownRecord",
    "applied",
    "audit_sample",
    "contents",
    "contradictions",
    "dangers",
    "for_a_second_person",
    "is_audit",
    "judged_contents",
    "pass_verdict",
    "proposed",
    "queue",
    "ranked",
    "read_judgements",
    "read_questions",
    "still_open",
    "tell",
    "to_join",
    "to_move",
    "to_take_effect",
    "write_judgements",
    "write_sheet",
]
