"""``python -m pei_graph`` is the same as ``pei``."""

from pei_graph.cli import main

main()
