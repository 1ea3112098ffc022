"""pei_graph.arrow_alone: no run pays for a pandas that is installed for notebooks."""

import subprocess
import sys

ASKED = """
import sys

import pyarrow as pa

from pei_graph.arrow_alone import leave_pandas_out

leave_pandas_out()
told = pa.table({"said": ["Testa", "Example"], "times": [1, 2]})
print("pandas" in sys.modules)
print(told.to_pandas()["said"].tolist())
"""


def test_arrow_does_without_pandas_until_somebody_asks_for_it() -> None:
    """Lists become tables with no import of pandas; whoever wants a frame gets one all the same."""
    said = subprocess.run(
        [sys.executable, "-c", ASKED], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert said == ["False", "['Testa', 'Example']"]
