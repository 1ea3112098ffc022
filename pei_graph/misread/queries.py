"""The SQL of this package, in files beside it."""

from importlib.resources import files

from pei_graph.scripts import Scripts

SQL = Scripts(files(__package__))
