"""What assertions bound: an amount of something that somebody holds, and what it is before a run."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from reev_types.amounts import format_ui
from reev_types.assertions import (
    AnswerStates,
    Assertion,
    CapitalReserve,
    JupiterLendingPosition,
    LiquidityRatio,
    MultiPoolDiversification,
    SolBalance,
    SolBalanceChange,
    TokenAccountBalance,
    TokenAccountBalanceChange,
    TotalPortfolioValue,
)
from reev_types.benchmarks import InitialToken, TestCase
from reev_types.tokens import SOL_MINT, symbol_of, token_of

__all__ = ["Quantity", "quantity_of"]


class Quantity(NamedTuple):
    """An amount of ``unit`` that belongs to ``holder``."""

    unit: str
    """A mint, the wSOL mint for lamports, or a word for what is no token."""
    holder: str
    kind: str = "balance of"
    after_step: str | None = None
    """The step after which it is looked at; None means the end."""

    def shown(self, raw: int) -> str:
        """Return a value of this quantity as people read it."""
        token = token_of(self.unit)
        return f"{format_ui(raw, token.decimals)} {token.symbol}" if token else f"{raw} {self.unit}"

    def __str__(self) -> str:
        unit = symbol_of(self.unit) if token_of(self.unit) else self.unit
        when = f" after {self.after_step}" if self.after_step else ""
        return f"{unit} {self.kind} {self.holder}{when}"


def quantity_of(case: TestCase, assertion: Assertion) -> tuple[Quantity, int | None] | None:
    """Return what an assertion bounds and its initial value; None for ratios and answers.

    The initial value is None where prices or a chain would be needed to know it.
    """
    found = _found(case, assertion)
    if found is None:
        return None
    quantity, initial = found
    return quantity._replace(after_step=assertion.after_step), initial


def _found(case: TestCase, assertion: Assertion) -> tuple[Quantity, int | None] | None:
    match assertion:
        case SolBalance() | SolBalanceChange() | CapitalReserve():
            return Quantity(SOL_MINT, assertion.pubkey), _lamports(case, assertion.pubkey)
        case TokenAccountBalance() | TokenAccountBalanceChange():
            return _token_quantity(case, assertion)
        case JupiterLendingPosition(mint=mint):
            lends = any(_underlying(share) == mint for share in _shares(case, assertion.pubkey))
            return Quantity(mint, assertion.pubkey, "lent by"), None if lends else 0
        case MultiPoolDiversification():
            return Quantity("pools", assertion.pubkey, "lent to by"), len(_shares(case, assertion.pubkey))
        case TotalPortfolioValue():
            return Quantity("micro-USD", assertion.pubkey, "value of"), None
        case LiquidityRatio() | AnswerStates():
            return None
        case _:
            assert_never(assertion)


def _token_quantity(
    case: TestCase, assertion: TokenAccountBalance | TokenAccountBalanceChange
) -> tuple[Quantity, int | None]:
    derivation = assertion.address_derivation
    if derivation is None:
        for token in _tokens(case):
            if token.name == assertion.pubkey:
                return Quantity(token.mint, token.owner), token.amount_raw
        return Quantity("raw tokens", assertion.pubkey), None
    owner, mint = derivation.owner, derivation.mint
    held = sum(token.amount_raw for token in _tokens(case) if (token.owner, token.mint) == (owner, mint))
    return Quantity(mint, owner), held


def _tokens(case: TestCase) -> list[InitialToken]:
    return [account for account in case.accounts if isinstance(account, InitialToken)]


def _shares(case: TestCase, owner: str) -> list[InitialToken]:
    return [token for token in _tokens(case) if token.owner == owner and token.amount_raw and _underlying(token)]


def _underlying(token: InitialToken) -> str | None:
    row = token_of(token.mint)
    return row.underlying if row else None


def _lamports(case: TestCase, name: str) -> int | None:
    for account in case.accounts:
        if account.name == name:
            return account.lamports
    return None
