"""The SQL that does not depend on a contract, in files beside this package."""

from importlib.resources import files

from pei_graph.scripts import Scripts

SQL = Scripts(files(__package__).joinpath("sql"))
