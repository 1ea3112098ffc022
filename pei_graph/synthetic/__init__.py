"""The invented council: people, families and lives, and each system's own faulty view of them.

Comes in: a number of people and a seed. Goes out: source files in every layout that the packaged
contracts read, and the truth beside them. Nothing here reads a delivery or knows how records are
linked.
"""

from pei_graph.synthetic.council import Generated, generate
from pei_graph.synthetic.settings import FAULTS, Council, Faults, Shares

__all__ = ["FAULTS", "Council", "Faults", "Generated", "Shares", "generate"]
