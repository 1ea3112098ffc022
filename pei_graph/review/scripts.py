"""The package's SQL, read from beside the code."""

from importlib.resources import files

from pei_graph.scripts import Scripts

SQL = Scripts(files(__package__))
