"""The page of measured speed, a part for each script, so that none writes over another's.

The head of the page, up to its first section, is the pipeline's; every other script has a section
under a heading of its own.
"""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"

_SECTION = re.compile(r"^(?=## )", re.MULTILINE)


def write_head(text: str) -> None:
    """The page's head is ``text``; its sections stay."""
    _, sections = _parts()
    _write(text, sections)


def write_section(title: str, text: str) -> None:
    """The section under ``title`` is ``text``, in its old place or at the end; the rest stays."""
    head, sections = _parts()
    sections[title] = f"## {title}\n\n{text.strip()}\n"
    _write(head, sections)


def _parts() -> tuple[str, dict[str, str]]:
    head, *sections = _SECTION.split(DOCUMENT.read_text(encoding="utf-8"))
    return head, {part.splitlines()[0].removeprefix("## "): part for part in sections}


def _write(head: str, sections: dict[str, str]) -> None:
    parts = [head, *sections.values()]
    DOCUMENT.write_text("\n".join(f"{part.strip()}\n" for part in parts), encoding="utf-8")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def machine() -> str:
    """Return what the figures were measured on, and when."""
    return (
        f"{os.cpu_count()} cores, {_processor()}, {_memory():.0f} GiB, {platform.system()}"
        f" {platform.machine()}, Python {platform.python_version()}, {datetime.now(UTC):%d %B %Y}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
