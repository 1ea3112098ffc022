"""Models are kept, numbered, and one of them is adopted: the one that runs use.

In: a model the link stage has trained. Out: ``precious/models/<number>/``, written whole or not at
all, and ``precious/models/adopted``, which holds the number of the model in use.
"""

import json
import os
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from pei_graph.errors import WorkspaceError
from pei_graph.link import Model, read_model
from pei_graph.workspace import Workspace, replace_text

ORIGIN = "origin.json"
"""Beside a model's own files: what it was learnt from."""


def kept(workspace: Workspace) -> list[int]:
    """Return the numbers of the models kept, oldest first."""
    if not workspace.models.is_dir():
        return []
    return sorted(int(entry.name) for entry in workspace.models.iterdir() if entry.name.isdigit())


def keep(workspace: Workspace, model: Model, *, origin: Mapping[str, object] | None = None) -> int:
    """The model stands in the workspace, on disk; return its number. It is not adopted by that.

    ``origin`` says what it was learnt from, where that was not the records alone.
    """
    number = max([0, *kept(workspace)]) + 1
    folder = _folder(workspace, number)
    beside = folder.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    model.write(beside)
    if origin is not None:
        (beside / ORIGIN).write_text(json.dumps(dict(origin), indent=1), encoding="utf-8")
    for entry in (*beside.iterdir(), beside):
        _flush(entry)
    beside.rename(folder)
    _flush(workspace.models)
    return number


def read(workspace: Workspace, number: int) -> Model:
    """Return a model kept; raises ``WorkspaceError`` where there is none or it is damaged."""
    if number not in kept(workspace):
        raise WorkspaceError(
            f"There is no model {number} in {workspace.root}",
            do=f"Models kept: {', '.join(map(str, kept(workspace))) or 'none'}",
        )
    return read_model(_folder(workspace, number))


def origin(workspace: Workspace, number: int) -> dict[str, object]:
    """Return what a model was learnt from: nothing where that was the records alone."""
    file = _folder(workspace, number) / ORIGIN
    told: dict[str, object] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return told


def adopt(workspace: Workspace, number: int) -> None:
    """Runs from now on use model ``number``; raises ``WorkspaceError`` where it is not whole."""
    read(workspace, number)
    replace_text(workspace.adopted_model, str(number))


def adopted(workspace: Workspace) -> int | None:
    """Return the number of the model that runs use, or None before the first.

    Raises ``WorkspaceError`` where the note of it is damaged.
    """
    try:
        return int(workspace.adopted_model.read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise WorkspaceError(
            "The note of which model is adopted is damaged",
            do="Restore precious/models/adopted from a copy, or run `pei run --retrain`",
        ) from error


def _folder(workspace: Workspace, number: int) -> Path:
    return workspace.models / f"{number:04d}"


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest(workspace: Workspace, number: int) -> str:
    """Return the SHA-256 of a kept model's files, which tells it from any other."""
    read(workspace, number)
    total = sha256()
    for file in sorted(_folder(workspace, number).iterdir()):
        total.update(file.name.encode())
        total.update(sha256(file.read_bytes()).digest())
    return total.hexdigest()
