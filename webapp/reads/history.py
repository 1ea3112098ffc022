"""What happened to an id, as far as the reader may see the ids it touches."""

from dataclasses import replace

from flask import abort, current_app

from pei_graph.history import Event, History, NoHistoryError, history
from webapp.access import SEE_SEALED, may
from webapp.reads.family import family_seen
from webapp.reads.person import heir, person_seen


def read_history(asked: str) -> History:
    """Return the history of an id that the reader may see, or whose heir they may.

    Events with an id that stands for somebody the reader may not see are left out.
    """
    if not _may_be_told(asked):
        abort(404)
    try:
        found = history(current_app.extensions["workspace"].identities, asked)
    except NoHistoryError:
        abort(404)
    return replace(found, events=tuple(event for event in found.events if _shown(event)))


def _shown(event: Event) -> bool:
    return event.other is None or _may_be_told(event.other)


def _may_be_told(told: str) -> bool:
    """Return whether an id, or whoever carries it on, is somebody the reader may see.

    Of an id that nothing carries on it cannot be told whether it was sealed, so it is treated so.
    """
    now = heir(told) or told
    return person_seen(now) or family_seen(now) or may(SEE_SEALED)
