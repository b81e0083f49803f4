"""The journal of a run: typed events in order, from which results, traces and reports are derived.

``Journal`` numbers events and hands them on, ``RunStore`` keeps them in ``runs/<session_id>/`` durably,
``fold`` turns them into a ``TrialResult``.
"""

from ._fold import fold, fold_steps
from ._hash import run_hash
from ._journal import Journal
from ._store import RunStore, SessionFiles, read_journal

__all__ = ["Journal", "RunStore", "SessionFiles", "fold", "fold_steps", "read_journal", "run_hash"]
