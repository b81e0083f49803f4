"""Judgement: what a run is worth, decided on the final chain state, without I/O.

``judge`` gives the verdict on an ``Evidence``. ``subjects``, ``holders`` and ``lenders`` say what to record before and
after a run, ``reference_run`` describes the reference solution's run in the same terms.
"""

from ._evidence import AtaDeriver, Evidence, Moment, ReferenceRun, StateView, Valuation
from ._judge import judge
from ._outflow import gains_raw, reference_run, spent_raw
from ._reasons import REASONS, Reason
from ._steps import RefusalsDue, refusals_due
from ._subjects import holders, lenders, subjects

__all__ = [
    "REASONS",
    "AtaDeriver",
    "Evidence",
    "Moment",
    "Reason",
    "ReferenceRun",
    "RefusalsDue",
    "StateView",
    "Valuation",
    "gains_raw",
    "holders",
    "judge",
    "lenders",
    "reference_run",
    "refusals_due",
    "spent_raw",
    "subjects",
]
