"""Opens the ledger, and answers what the pipeline asks of it."""

from pathlib import Path
from typing import Self

from pei_graph.ledger.audit import verify
from pei_graph.ledger.judgements import Judgement, standing
from pei_graph.ledger.store import Store, open_engine, secret_file


class Ledger(Store):
    """The store of judgements, users and the audit trail; closed at the end of a ``with``."""

    def __enter__(self) -> Self:
        """Return the ledger."""
        return self

    def __exit__(self, *_: object) -> None:
        """Every connection is closed."""
        self.close()

    def close(self) -> None:
        """Every connection is closed."""
        self.engine.dispose()

    def judgements(self) -> list[Judgement]:
        """Return the newest judgement on each pair that was not withdrawn, by pair."""
        return standing(self)

    def broken_audit_entries(self) -> list[str]:
        """Return what is wrong with the audit trail, nothing where it is whole."""
        return list(verify(self).problems)


def open_ledger(file: Path, url: str | None = None) -> Ledger:
    """Return the ledger in ``file``, made where it does not exist.

    ``url`` is a SQLAlchemy URL of a server that several processes share, instead of the file. The
    key is a file beside ``file`` that only its owner can read: keep a copy of it elsewhere, because
    the audit trail cannot be verified without it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(url or f"sqlite:///{file}")
    return Ledger(engine, secret_file(file.with_suffix(".key")))
