"""The precious store: users, sessions, judgements and the audit trail.

In: what people decide and do. Out: the same, years later, with proof that nothing was changed. It
holds nothing that can be derived, and nothing derived is its only copy.
"""

from pei_graph.ledger.audit import Entry, Verdict, append, recent, verify
from pei_graph.ledger.judgements import (
    Choice,
    Judgement,
    Opinion,
    Seen,
    Showing,
    Shown,
    UnknownJudgementError,
    concerning,
    history,
    judge,
    opinions,
    standing,
    withdraw,
)
from pei_graph.ledger.leases import held, lend
from pei_graph.ledger.ledger import Ledger, open_ledger
from pei_graph.ledger.moving import move_ledger
from pei_graph.ledger.store import secret_file
from pei_graph.ledger.users import (
    ROLES,
    Credentials,
    Session,
    User,
    authenticate,
    create_user,
    deactivate,
    end_session,
    ensure_first_user,
    find_session,
    has_users,
    invite,
    must_wait,
    note_failure,
    start_session,
)

__all__ = [
    "ROLES",
    "Choice",
    "Credentials",
    "Entry",
    "Judgement",
    "Ledger",
    "Opinion",
    "Seen",
    "Session",
    "Showing",
    "Shown",
    "UnknownJudgementError",
    "User",
    "Verdict",
    "append",
    "authenticate",
    "concerning",
    "create_user",
    "deactivate",
    "end_session",
    "ensure_first_user",
    "find_session",
    "has_users",
    "held",
    "history",
    "invite",
    "judge",
    "lend",
    "move_ledger",
    "must_wait",
    "note_failure",
    "open_ledger",
    "opinions",
    "recent",
    "secret_file",
    "standing",
    "start_session",
    "verify",
    "withdraw",
]
