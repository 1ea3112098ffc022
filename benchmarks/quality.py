"""How well people are found: every figure of ``docs/quality.md``, made by one command.

Invented councils of seeds that no tuning used, and linkage data made by others where they are at
hand, go through the product's front door; stock Splink's best on the same records stands beside
each figure. The page is written anew.

    python benchmarks/quality.py --folder ~/.cache/pei-quality
"""

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

import page
import product
from others import OTHERS, Data, deliver, present
from review import answer
from rows import Row
from stock import best

SEED = 9101
"""No figure was ever looked at on this seed to choose anything: tuning used 1, 11, 21 and 31."""

PEOPLE = 46_600
"""People of the invented council: some 100,000 records."""


def main() -> None:
    """The page stands in ``docs`` and on the terminal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "pei-quality")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", nargs="+", choices=["council", *OTHERS], default=None)
    parser.add_argument("--write", type=Path, default=page.DOCUMENT, help="the page to write")
    chosen = parser.parse_args()
    wanted = chosen.only or ["council", *OTHERS]
    found: list[Row] = []
    for row in _rows(chosen.folder, wanted, people=chosen.people, seed=chosen.seed):
        print(page.line(row), flush=True)
        found.append(row)
    chosen.write.write_text(page.document(found, people=chosen.people, seed=chosen.seed))


def _rows(folder: Path, wanted: list[str], *, people: int, seed: int) -> Iterator[Row]:
    if "council" in wanted:
        yield from council(folder, people=people, seed=seed)
    for name in OTHERS:
        if name in wanted:
            yield other(folder / name, OTHERS[name])


def council(folder: Path, *, people: int, seed: int) -> Iterator[Row]:
    """Yield the rows of an invented council: as found, and after its queue was answered."""
    place = folder / f"council-{people}-{seed}"
    if not (place / "truth").exists():
        product.pei("generate", place, "--people", str(people), "--seed", str(seed))
    truth, workspace = place / "truth" / "persons.csv", folder / "workspace"
    tables = _fresh_run(place / "sources", workspace)
    bare = best(tables, truth, "council")
    title = f"generated council, {people:,} people"
    yield Row(title, "council", product.evaluate(workspace, truth), bare)
    answered = answer(tables, workspace, truth)
    product.run(place / "sources", workspace)
    yield Row(
        f"the same, {answered.pairs:,} pairs answered ({answered.share:.1%} of records)",
        "reviewed",
        product.evaluate(workspace, truth),
        bare,
    )


def other(folder: Path, data: Data) -> Row:
    """Return the row of a benchmark made by others, empty where its files are not at hand."""
    if not present(data):
        return Row(data.title, data.stock, None, None)
    sources, truth = deliver(data, folder)
    tables = _fresh_run(sources, folder / "workspace")
    measured = product.evaluate(folder / "workspace", truth)
    return Row(data.title, data.files[0].split(".")[0], measured, best(tables, truth, data.stock))


def _fresh_run(sources: Path, workspace: Path) -> Path:
    shutil.rmtree(workspace, ignore_errors=True)
    return product.run(sources, workspace)


if __name__ == "__main__":
    main()
