"""Everything that stands below the request: wallet, accounts that the request names, results of earlier steps."""

from __future__ import annotations

from typing import NamedTuple

from reev_types.contexts import PreviousResult, PromptContext
from reev_types.tokens import token_of

from ._holdings import wallet_view, words_of
from ._text import block, label, line, ui

__all__ = ["SITUATION_NAMES", "GainRow", "ProgressView", "ResultRow", "decimals_of", "situation"]

_MOST_RESULTS = 12
_MOST_GAINS = 6
_MOST_ID = 64

SITUATION_NAMES = frozenset({"request", "wallet", "accounts", "progress"})
"""The variables of ``base/step``."""


class GainRow(NamedTuple):
    """What an earlier step brought of one token; ``ui`` is null where the decimals are not known."""

    symbol: str
    raw: int
    ui: str | None


class ResultRow(NamedTuple):
    """What an earlier step came to."""

    step_id: str
    success: bool
    summary: str
    gains: tuple[GainRow, ...]


class ProgressView(NamedTuple):
    """Which step of how many this is, counted from 1, and the latest results before it."""

    number: int
    total: int
    results: tuple[ResultRow, ...]
    left_out: int
    """How many results, the oldest, are not listed."""


def situation(prompt: str, context: PromptContext) -> dict[str, object]:
    """Return the variables of ``base/step``: plain texts, whole numbers and rows of them."""
    words = words_of(prompt)
    results = context.previous_results
    return {
        "request": block(prompt),
        "wallet": wallet_view(words, context),
        "accounts": sorted((name, address) for name, address in context.accounts.items() if name in words),
        "progress": ProgressView(
            number=context.flow_state.current_step_index + 1,
            total=context.flow_state.total_steps,
            results=tuple(_result(result, context) for result in results[-_MOST_RESULTS:]),
            left_out=max(0, len(results) - _MOST_RESULTS),
        ),
    }


def _result(result: PreviousResult, context: PromptContext) -> ResultRow:
    gained = sorted((mint, raw) for mint, raw in result.produced_raw.items() if raw > 0)
    return ResultRow(
        step_id=line(result.step_id, _MOST_ID),
        success=result.success,
        summary=line(result.summary),
        gains=tuple(
            GainRow(label(mint), raw, ui(raw, decimals_of(mint, context))) for mint, raw in gained[:_MOST_GAINS]
        ),
    )


def decimals_of(mint: str, context: PromptContext) -> int | None:
    """Return a mint's decimals by the registry or the wallet, or None."""
    token = token_of(mint)
    if token is not None:
        return token.decimals
    held = context.wallet_context.token_balances.get(mint)
    return held.decimals if held else None
