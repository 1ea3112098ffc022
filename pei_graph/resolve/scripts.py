"""The stage's longer SQL, read from beside the modules that run it."""

from importlib.resources import files

from pei_graph.scripts import Scripts

SQL = Scripts(files(__package__))
