"""The last line of a stream."""

from __future__ import annotations

import json

from reev_api.journals import JournalLine
from reev_api.storage import SessionEnding

__all__ = ["ENDED", "ending_line"]

ENDED = "session_ended"


def ending_line(session_id: str, ending: SessionEnding) -> JournalLine:
    """Return how a session ended, with the number after its journal's last."""
    told = {
        "seq": ending.events,
        "type": ENDED,
        "session_id": session_id,
        "status": ending.status.value,
        "outcome": ending.outcome,
        "problem": None if ending.problem is None else json.loads(ending.problem),
        "landed": None if ending.landed is None else json.loads(ending.landed),
    }
    return JournalLine(ending.events, ENDED, json.dumps(told))
