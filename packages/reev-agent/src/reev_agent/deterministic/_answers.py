"""What was read, as a sentence: the deterministic agent's answer to a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["answer"]


def answer(readings: Sequence[Mapping[str, Any]]) -> str:
    """Return what the results of ``get_account_balance`` and ``jupiter_earn`` say; empty when nothing was read."""
    return " ".join(sentence for data in readings for sentence in _sentences(data))


def _sentences(data: Mapping[str, Any]) -> Iterator[str]:
    if "sol" in data:
        held = [f"{data['sol']} SOL", *(f"{token['balance']} {token['symbol']}" for token in data["tokens"])]
        yield f"The wallet holds {', '.join(held)}."
    for position in data.get("positions", ()):
        yield (
            f"{position['shares']} {position['share_token']} in Jupiter Lend are worth "
            f"{position['assets']} {position['asset']}."
        )
    for gain in data.get("earnings", ()):
        yield f"They have earned {gain['earned']} {gain['asset']} so far ({gain['share_token']})."
    if data.get("positions") == []:
        yield "The wallet has lent 0 and earned 0."
