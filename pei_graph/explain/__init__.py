"""Why records are one person, why they are not, and how a person was built.

In: a run's tables, or a reader's view of them, and the human judgements. Out: explanations as data,
and the same in sentences that an investigator can put in a report. All of it is made of what the
run wrote down, so that it can be checked by adding up; what the run did not keep is judged anew
from the model that it saved. Nothing is changed here.
"""

from pei_graph.explain.apart import Apart, explain_apart
from pei_graph.explain.conflicts import Conflict
from pei_graph.explain.pair import Judged, PairExplanation, explain_pair
from pei_graph.explain.person import PersonExplanation, explain_person
from pei_graph.explain.reading import NothingToExplain
from pei_graph.explain.says import Value
from pei_graph.explain.telling import Titles, tell_pair
from pei_graph.explain.telling_apart import tell_apart
from pei_graph.explain.telling_person import tell_person
from pei_graph.explain.ties import Join, Tie
from pei_graph.explain.waterfall import Step, Waterfall

__all__ = [
    "Apart",
    "Conflict",
    "Join",
    "Judged",
    "NothingToExplain",
    "PairExplanation",
    "PersonExplanation",
    "Step",
    "Tie",
    "Titles",
    "Value",
    "Waterfall",
    "explain_apart",
    "explain_pair",
    "explain_person",
    "tell_apart",
    "tell_pair",
    "tell_person",
]
