"""Everything understood, said in one sentence that reads back as the same intents."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from reev_types.amounts import (
    AllAmount,
    Amount,
    ExactAmount,
    ShareAmount,
    StepAmount,
    UsdAmount,
    format_decimal,
    format_ui,
)
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
from reev_types.tokens import Token, find_token, lending_share

from ._readings import GoalWish, ReadStep

__all__ = ["amount_phrase", "clause_of", "normalised"]

_MOST_DENOMINATOR = 10**6


def normalised(steps: Sequence[ReadStep], goals: Sequence[GoalWish]) -> str:
    """Return the one sentence for ``steps`` and ``goals``."""
    return ", then ".join(clause_of(step.intent) + _aims(step.step_id, goals) for step in steps)


def clause_of(intent: Intent) -> str:
    """Return the clause for one intent; raises TokenError ``unknown_token`` for a mint outside the registry."""
    match intent:
        case TransferIntent(mint=mint, recipient=recipient, amount=amount):
            return f"send {amount_phrase(amount, find_token(mint))} to {recipient}"
        case SwapIntent():
            return _swap(intent)
        case LendDepositIntent(mint=mint, amount=amount):
            return f"lend {amount_phrase(amount, find_token(mint))} on Jupiter"
        case LendWithdrawIntent(mint=mint, amount=amount):
            return f"withdraw {amount_phrase(amount, find_token(mint))} from Jupiter"
        case LendMintIntent(mint=mint, shares=shares):
            return f"mint {amount_phrase(shares, lending_share(mint) or find_token(mint))}"
        case LendRedeemIntent(mint=mint, shares=shares):
            return f"redeem {amount_phrase(shares, lending_share(mint) or find_token(mint))}"
        case BalancesIntent():
            return "show my balances"
        case PositionsIntent():
            return "show my lending positions"
        case RefuseIntent(code=code):
            return f"refuse: {code}"
        case _:
            assert_never(intent)


def _swap(intent: SwapIntent) -> str:
    source, target = find_token(intent.input_mint), find_token(intent.output_mint)
    if intent.side == "out":
        return f"buy {amount_phrase(intent.amount, target)} with {source.symbol}"
    return f"swap {amount_phrase(intent.amount, source)} to {target.symbol}"


def amount_phrase(amount: Amount, token: Token) -> str:
    """Return an amount of a token as a clause has it: ``50% of my SOL``."""
    symbol = token.symbol
    match amount:
        case ExactAmount(raw=raw):
            return f"{format_ui(raw, token.decimals)} {symbol}"
        case ShareAmount(of=of):
            return f"{_share(of)} of my {symbol}"
        case AllAmount(keep_raw=0):
            return f"all my {symbol}"
        case AllAmount(keep_raw=keep_raw):
            return f"all my {symbol} except {format_ui(keep_raw, token.decimals)} {symbol}"
        case UsdAmount(value=value):
            return f"${format_decimal(value)} worth of {symbol}"
        case StepAmount(step_id=step_id, of=of):
            part = "" if of == 1 else f"{_share(of)} of "
            return f"{part}the {symbol} from step {step_id.rpartition('_')[2]}"
        case _:
            assert_never(amount)


def _share(of: Decimal) -> str:
    fraction = Fraction(of).limit_denominator(_MOST_DENOMINATOR)
    exact = Fraction(of) == fraction
    percent = format_decimal(of * 100)
    return f"{percent}%" if exact else f"{fraction.numerator}/{fraction.denominator}"


def _aims(step_id: str, goals: Sequence[GoalWish]) -> str:
    return "".join(
        f" aiming at {format_decimal(goal.multiple)}x my {find_token(goal.mint).symbol}"
        for goal in goals
        if goal.step_id == step_id
    )
