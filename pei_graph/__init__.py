"""PEI Graph: records of one family, from many systems, seen as one family.

The folders are the method, in order: :mod:`~pei_graph.extract`, :mod:`~pei_graph.standardise`,
:mod:`~pei_graph.link`, :mod:`~pei_graph.resolve`, :mod:`~pei_graph.graph`,
:mod:`~pei_graph.criteria`. :mod:`~pei_graph.pipeline` is the only module that knows them all.
"""

__version__ = "0.1.0"
