"""The parts of an intent: its amount, the token that it is counted in, and all its tokens."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from reev_types.amounts import Amount
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
from reev_types.tokens import TOKENS, Token, find_token, lending_share

__all__ = ["Anatomy", "anatomy", "share_token"]


class Anatomy(NamedTuple):
    """An amount, the token that it is counted in, and another token that is received or spent for it."""

    amount: Amount
    counted: Token
    other: Token | None = None
    is_lending: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Both tokens, or the one."""
        return (self.counted,) if self.other is None else (self.counted, self.other)

    def names(self, token: Token) -> frozenset[Token]:
        """Return the tokens of which one has to be named for ``token``; lending has two for one thing."""
        return _kin(token) if self.is_lending else frozenset({token})


def anatomy(intent: Intent) -> Anatomy | None:
    """Return the parts of an intent that moves funds, None for another."""
    match intent:
        case SwapIntent(side=side, amount=amount):
            spent, received = find_token(intent.input_mint), find_token(intent.output_mint)
            return Anatomy(amount, spent, received) if side == "in" else Anatomy(amount, received, spent)
        case TransferIntent():
            return Anatomy(intent.amount, find_token(intent.mint))
        case LendDepositIntent() | LendWithdrawIntent():
            return Anatomy(intent.amount, find_token(intent.mint), is_lending=True)
        case LendMintIntent() | LendRedeemIntent():
            return Anatomy(intent.shares, share_token(intent.mint), is_lending=True)
        case BalancesIntent() | PositionsIntent() | RefuseIntent():
            return None
        case _:
            assert_never(intent)


def share_token(name: str) -> Token:
    """Return the lending share of a token, or the token where there is none; raises TokenError ``unknown_token``."""
    token = find_token(name)
    return lending_share(token.mint) or token


def _kin(token: Token) -> frozenset[Token]:
    """Return a token, its lending share and what it is a share of."""
    return frozenset(
        other for other in TOKENS if other == token or other.mint == token.underlying or other.underlying == token.mint
    )
