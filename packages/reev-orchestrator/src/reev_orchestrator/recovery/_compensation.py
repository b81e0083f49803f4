"""Undoing what a step has done, as far as it can be: the steps that bring back what it spent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, assert_never

from reev_orchestrator.planning import share_mint
from reev_types.amounts import ExactAmount
from reev_types.intents import (
    BalancesIntent,
    Intent,
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    PositionsIntent,
    RefuseIntent,
    SwapIntent,
    TransferIntent,
)

__all__ = ["Inverse", "inverse"]


class Inverse(NamedTuple):
    """The intent that undoes a step, or a stable code for why there is none."""

    intent: Intent | None
    reason: str = ""


def inverse(intent: Intent, produced_raw: Mapping[str, int], spent_raw: Mapping[str, int]) -> Inverse:
    """Return what undoes a step that was asked for as ``intent`` and really produced and spent so much, by mint.

    All of what came is given back, and nothing else is touched; what does not return that way, such as fees and the
    difference of prices, is for the caller to report. Reasons are ``irreversible`` for what has left the wallet,
    ``nothing_moved``, and ``no_vault``.
    """
    match intent:
        case TransferIntent():
            return Inverse(None, "irreversible" if any(spent_raw.values()) else "nothing_moved")
        case SwapIntent():
            return _swapped_back(intent, produced_raw)
        case LendDepositIntent(mint=mint) | LendMintIntent(mint=mint):
            return _redeemed(mint, produced_raw)
        case LendWithdrawIntent(mint=mint) | LendRedeemIntent(mint=mint):
            return _deposited(mint, produced_raw)
        case BalancesIntent() | PositionsIntent() | RefuseIntent():
            return _NOTHING
        case _:
            assert_never(intent)


_NOTHING = Inverse(None, "nothing_moved")


def _swapped_back(intent: SwapIntent, produced_raw: Mapping[str, int]) -> Inverse:
    raw = produced_raw.get(intent.output_mint, 0)
    if raw <= 0:
        return _NOTHING
    back = SwapIntent(input_mint=intent.output_mint, output_mint=intent.input_mint, amount=ExactAmount(raw=raw))
    return Inverse(back.model_copy(update={"slippage_bps": intent.slippage_bps}))


def _redeemed(mint: str, produced_raw: Mapping[str, int]) -> Inverse:
    shares = share_mint(mint)
    if shares is None:
        return Inverse(None, "no_vault")
    raw = produced_raw.get(shares, 0)
    return Inverse(LendRedeemIntent(mint=mint, shares=ExactAmount(raw=raw))) if raw > 0 else _NOTHING


def _deposited(mint: str, produced_raw: Mapping[str, int]) -> Inverse:
    raw = produced_raw.get(mint, 0)
    return Inverse(LendDepositIntent(mint=mint, amount=ExactAmount(raw=raw))) if raw > 0 else _NOTHING
