"""What became of transactions on the embedded chain, recorded: one that succeeded, and one for every error code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import get_args

from pydantic import TypeAdapter

from reev_types.chain import FailureCode, TransactionOutcome
from reev_types.errors import UsageError

__all__ = ["RECORDED_OUTCOMES", "recorded_outcome"]

RECORDED_OUTCOMES: tuple[str, ...] = ("success", "slippage_exceeded", *get_args(FailureCode))
"""``slippage_exceeded`` is Jupiter's program error 6001; the others are named by their failure's code."""

_SHAPE = TypeAdapter(dict[str, TransactionOutcome])


def recorded_outcome(name: str) -> TransactionOutcome:
    """Return a recorded outcome; raises UsageError ``unknown_outcome``."""
    if name not in RECORDED_OUTCOMES:
        known = ", ".join(RECORDED_OUTCOMES)
        raise UsageError("unknown_outcome", f"no outcome is named {name[:40]!r}", suggestions=(f"one of {known}",))
    return _recorded()[name]


@cache
def _recorded() -> Mapping[str, TransactionOutcome]:
    return _SHAPE.validate_json((files("reev_orchestrator") / "mocks/data/outcomes.json").read_bytes())
