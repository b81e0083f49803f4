"""What each kind of intent spends and brings, which tool carries it out, and how it is described."""

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
from reev_types.tokens import SOL_MINT, lending_share

__all__ = ["Effect", "effect_of", "share_mint"]


class Effect(NamedTuple):
    """What a step does to the wallet, as far as its kind tells."""

    tool: str
    template: str
    seconds: int
    amount: Amount | None = None
    counted_mint: str | None = None
    """The mint that ``amount`` counts."""
    spends: str | None = None
    brings: str | None = None
    spends_counted: bool = True
    """Whether ``amount`` is what is spent; else it is what is received, or counted in something else."""


def share_mint(mint: str) -> str | None:
    """Return the mint of a token's lending shares, or None where reev knows no vault."""
    share = lending_share(mint)
    return share.mint if share else None


def effect_of(intent: Intent) -> Effect:
    """Return the effect of an intent."""
    match intent:
        case TransferIntent(mint=mint, amount=amount):
            tool = "sol_transfer" if mint == SOL_MINT else "spl_transfer"
            return Effect(tool, "base/transfer", 15, amount, mint, spends=mint)
        case SwapIntent():
            return _swap(intent)
        case LendDepositIntent() | LendWithdrawIntent() | LendMintIntent() | LendRedeemIntent():
            return _lending(intent)
        case BalancesIntent():
            return Effect("get_account_balance", "base/balances", 10)
        case PositionsIntent():
            return Effect("jupiter_earn", "protocols/jupiter/positions", 15)
        case RefuseIntent():
            return Effect("refuse", "base/refuse", 5)
        case _:
            assert_never(intent)


def _swap(intent: SwapIntent) -> Effect:
    spends_counted = intent.side == "in"
    return Effect(
        "jupiter_swap",
        "protocols/jupiter/swap",
        30,
        intent.amount,
        intent.input_mint if spends_counted else intent.output_mint,
        spends=intent.input_mint,
        brings=intent.output_mint,
        spends_counted=spends_counted,
    )


def _lending(intent: LendDepositIntent | LendWithdrawIntent | LendMintIntent | LendRedeemIntent) -> Effect:
    mint, shares = intent.mint, share_mint(intent.mint)
    match intent:
        case LendDepositIntent(amount=amount):
            effect = _lend("deposit", "lend", amount, mint, mint, shares)
        case LendWithdrawIntent(amount=amount):
            effect = _lend("withdraw", "withdraw", amount, mint, shares, mint)
        case LendMintIntent(shares=amount):
            effect = _lend("mint", "mint", amount, shares, mint, shares)
        case LendRedeemIntent(shares=amount):
            effect = _lend("redeem", "redeem", amount, shares, shares, mint)
        case _:
            assert_never(intent)
    return effect


def _lend(
    tool: str, template: str, amount: Amount, counted: str | None, spends: str | None, brings: str | None
) -> Effect:
    tool, template = f"jupiter_lend_earn_{tool}", f"protocols/jupiter/{template}"
    return Effect(tool, template, 45, amount, counted, spends, brings, spends_counted=counted == spends)
