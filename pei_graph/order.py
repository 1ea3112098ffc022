"""What a run is asked to do, and what it works with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pei_graph import basis
from pei_graph.basis import Basis
from pei_graph.clock import Clock
from pei_graph.contract import Contract
from pei_graph.extract import Unanswered
from pei_graph.graph import ComingGraph
from pei_graph.ledger import Judgement
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Order:
    """A run that was asked for, as it begins."""

    workspace: Workspace
    settings: Settings
    contracts: dict[str, Contract]
    as_of: date | None
    retrain: bool
    clock: Clock
    judgements: Sequence[Judgement]
    """Those that stand as the run begins: one made meanwhile is the next run's."""
    unanswered: Sequence[Unanswered]
    coming: ComingGraph

    @property
    def silent(self) -> dict[str, str]:
        """Return the rule that says why, by list for which no database answered."""
        return {each.wanted.name: each.note.rule for each in self.unanswered}

    @property
    def digests(self) -> dict[str, str]:
        """Return the digest of each source's contract."""
        return {source: contract.digest() for source, contract in sorted(self.contracts.items())}

    def read_alike(self, before: Basis) -> set[str]:
        """Return the sources of which this run reads what that one read."""
        return basis.read_alike(before, basis.reading_digest(), self.digests)

    def basis(self, *, as_of: date | None, model: int) -> Basis:
        """Return what the run rests upon."""
        return Basis(
            code=basis.product_digest(),
            reading=basis.reading_digest(),
            contracts=self.digests,
            deliveries=basis.delivered(self.workspace),
            silent=self.silent,
            as_of=as_of.isoformat() if as_of else "",
            model=model,
        )
