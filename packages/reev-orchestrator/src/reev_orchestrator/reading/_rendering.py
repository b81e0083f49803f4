"""A model's answer said in the words of the grammar, which alone makes intents of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from reev_types.tokens import Token, find_token

from ._anatomy import share_token
from ._target import (
    SaidAll,
    SaidAmount,
    SaidDollars,
    SaidExact,
    SaidFromStep,
    SaidIntent,
    SaidLending,
    SaidQuery,
    SaidShare,
    SaidShares,
    SaidSwap,
    SaidTransfer,
)

__all__ = ["rendered"]

_QUERIES = {"balances": "show my balances", "positions": "show my lending positions"}


def rendered(intents: Sequence[SaidIntent]) -> str:
    """Return one sentence for ``intents``; raises TokenError ``unknown_token``."""
    return ", then ".join(_clause(intent) for intent in intents)


def _clause(intent: SaidIntent) -> str:
    match intent:
        case SaidTransfer(mint=mint, recipient=recipient, amount=amount):
            return f"send {_asset(amount, find_token(mint))} to {recipient}"
        case SaidSwap():
            return _swap(intent)
        case SaidLending(kind="lend_deposit", mint=mint, amount=amount):
            return f"lend {_asset(amount, find_token(mint))} on Jupiter"
        case SaidLending(mint=mint, amount=amount):
            return f"withdraw {_asset(amount, find_token(mint))} from Jupiter"
        case SaidShares(kind=kind, mint=mint, shares=shares):
            return f"{kind.removeprefix('lend_')} {_asset(shares, share_token(mint))}"
        case SaidQuery(kind=kind):
            return _QUERIES[kind]
        case _:
            assert_never(intent)


def _swap(intent: SaidSwap) -> str:
    source, target = find_token(intent.input_mint), find_token(intent.output_mint)
    if intent.side == "out":
        return f"buy {_asset(intent.amount, target)} with {source.symbol}"
    return f"swap {_asset(intent.amount, source)} to {target.symbol}"


def _asset(amount: SaidAmount, token: Token) -> str:
    symbol = token.symbol
    match amount:
        case SaidExact(value=value):
            return f"{value} {symbol}"
        case SaidShare(of=of):
            return f"{of} of my {symbol}"
        case SaidAll(keep=None):
            return f"all my {symbol}"
        case SaidAll(keep=keep):
            return f"all my {symbol} except {keep} {symbol}"
        case SaidDollars(value=value):
            return f"${value} worth of {symbol}"
        case SaidFromStep(step=step, of=of):
            return f"{f'{of} of ' if of else ''}the {symbol} from step {step}"
        case _:
            assert_never(amount)
