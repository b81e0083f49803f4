"""Seeded flows in which something goes wrong, for each class of failure: from what passes at once to what stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random
from typing import NamedTuple

from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.amounts import ExactAmount, StepAmount
from reev_types.assertions import SolBalance
from reev_types.benchmarks import USER_WALLET, GroundTruth, InitialToken, InitialWallet, TestCase, TestStep
from reev_types.faults import (
    Delay,
    DropBeforeSend,
    Fault,
    Garbage,
    JupiterOutage,
    LostReply,
    PriceMove,
    RateLimited,
    ServerError,
    StaleBlockhash,
    VaultWithoutLiquidity,
)
from reev_types.intents import Intent, LendDepositIntent, LendWithdrawIntent, SwapIntent, TransferIntent
from reev_types.recovery import FailureClass
from reev_types.tokens import SOL, Token, find_token

__all__ = ["RECIPIENT", "BrokenFlow", "broken_flow", "classes"]

RECIPIENT = "RECIPIENT_WALLET_PUBKEY"
_USDC, _SHARES = find_token("USDC"), find_token("jlUSDC")
_TIMEOUT_S = 20.0
_MOST_ATTEMPTS = 7
_HELD = ((_USDC, 500), (_SHARES, 100))
_LAMPORTS = 10**9


class BrokenFlow(NamedTuple):
    """A flow, and the amount of its first step as a person would say it."""

    case: TestCase
    asked: Decimal


def classes() -> tuple[FailureClass, ...]:
    """Return the classes that there are flows for."""
    return tuple(_DRAWN)


def broken_flow(failure: FailureClass, number: int) -> BrokenFlow:
    """Return the n-th flow in which there is a failure of the class, or a cause for one that does no harm."""
    return _DRAWN[failure](Random(f"{failure}/{number}"), f"{failure.value}-{number}")


def _attempts(draw: Random) -> tuple[int, ...]:
    """Return the first one to seven attempts of a step."""
    return tuple(range(1, 1 + draw.randint(1, _MOST_ATTEMPTS)))


def _transport(draw: Random, name: str) -> BrokenFlow:
    kind = draw.choice((DropBeforeSend, LostReply, ServerError, Garbage, JupiterOutage))
    if draw.random() < 0.5:
        return _swap_and_lend(name, kind(attempts=(), until_s=draw.randint(1, 40)))
    return _swap_and_lend(name, kind(attempts=_attempts(draw)))


def _expired(draw: Random, name: str) -> BrokenFlow:
    return _swap_and_lend(name, StaleBlockhash(attempts=_attempts(draw)))


def _limited(draw: Random, name: str) -> BrokenFlow:
    pause_s = draw.choice((None, 1, 5, 20, 40))
    return _swap_and_lend(name, RateLimited(attempts=_attempts(draw), retry_after_s=pause_s))


def _timeout(draw: Random, name: str) -> BrokenFlow:
    return _swap_and_lend(name, Delay(attempts=_attempts(draw), seconds=draw.randint(5, 60)))


def _slippage(draw: Random, name: str) -> BrokenFlow:
    return _swap_and_lend(name, PriceMove(attempts=_attempts(draw), bps=draw.randint(20, 200)))


def _liquidity(draw: Random, name: str) -> BrokenFlow:
    """Withdraw from a vault whose assets are lent, for a while or to the step's first attempts."""
    withdrawal = LendWithdrawIntent(mint=_USDC.mint, amount=_exact(60, _USDC))
    lent = VaultWithoutLiquidity(mint=_USDC.mint, attempts=_attempts(draw))
    if draw.random() < 0.5:
        lent = VaultWithoutLiquidity(mint=_USDC.mint, attempts=(), until_s=draw.randint(1, 40))
    return _flow(name, [withdrawal], Decimal(60), lent)


def _funds(draw: Random, name: str) -> BrokenFlow:
    """Pay between four fifths and three times of what there is."""
    asked = Decimal(draw.randint(80, 300)) / 100
    payment = TransferIntent(mint=SOL.mint, recipient=RECIPIENT, amount=_exact(asked, SOL))
    return _flow(name, [payment], asked)


_DRAWN: Mapping[FailureClass, Callable[[Random, str], BrokenFlow]] = {
    FailureClass.TRANSPORT: _transport,
    FailureClass.EXPIRED_BLOCKHASH: _expired,
    FailureClass.RATE_LIMIT: _limited,
    FailureClass.TIMEOUT: _timeout,
    FailureClass.SLIPPAGE: _slippage,
    FailureClass.INSUFFICIENT_LIQUIDITY: _liquidity,
    FailureClass.INSUFFICIENT_FUNDS: _funds,
}


def _swap_and_lend(name: str, fault: Fault) -> BrokenFlow:
    asked = Decimal("0.2")
    swap = SwapIntent(input_mint=SOL.mint, output_mint=_USDC.mint, amount=_exact(asked, SOL))
    lend = LendDepositIntent(mint=_USDC.mint, amount=StepAmount(step_id="step_1"))
    return _flow(name, [swap, lend], asked, fault)


def _flow(name: str, intents: list[Intent], asked: Decimal, *faults: Fault) -> BrokenFlow:
    steps = [
        TestStep(step_id=f"step_{number}", prompt=name, critical=True, timeout_s=_TIMEOUT_S, intent=intent)
        for number, intent in enumerate(intents, start=1)
    ]
    case = TestCase(
        id=name,
        prompt=name,
        faults=faults,
        accounts=_accounts(),
        steps=tuple(steps),
        ground_truth=GroundTruth(assertions=(SolBalance(pubkey=RECIPIENT, expected_gte=0),)),
        reference=tuple((intent,) for intent in intents),
        content_hash=name,
    )
    return BrokenFlow(case, asked)


def _accounts() -> tuple[InitialWallet | InitialToken, ...]:
    wallets = [InitialWallet(name=name, lamports=_LAMPORTS, owner=SYSTEM_PROGRAM) for name in (USER_WALLET, RECIPIENT)]
    tokens = [
        InitialToken(
            name=f"USER_{token.symbol}",
            owner=USER_WALLET,
            mint=token.mint,
            program=token.program,
            amount_raw=amount * 10**token.decimals,
        )
        for token, amount in _HELD
    ]
    return (*wallets, *tokens)


def _exact(amount: int | Decimal, token: Token) -> ExactAmount:
    return ExactAmount(raw=int(amount * 10**token.decimals))
