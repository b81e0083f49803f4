"""The flows that are soaked: plan shapes of up to six steps, in every mode, with every ending of an aborted flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import Literal, NamedTuple

from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.amounts import ExactAmount, ShareAmount, StepAmount
from reev_types.assertions import SolBalance
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.benchmarks import USER_WALLET, GroundTruth, InitialToken, InitialWallet, TestCase, TestStep
from reev_types.faults import Fault
from reev_types.intents import Intent, LendDepositIntent, LendWithdrawIntent, SwapIntent, TransferIntent
from reev_types.recovery import RecoveryConfig
from reev_types.tokens import SOL_MINT, find_token

__all__ = ["RECIPIENT", "SHAPES", "Ending", "Kind", "case_of", "endings", "random_shape"]

Kind = Literal["pay", "pay_twice", "send", "swap", "swap_share", "lend", "lend_brought", "withdraw", "impossible"]
"""What a step does: ``lend_brought`` lends what the swap before it brought, ``impossible`` pays more than there is."""

RECIPIENT = "RECIPIENT_WALLET_PUBKEY"
_USDC, _USDT, _SHARES = find_token("USDC"), find_token("USDT"), find_token("jlUSDC")
_DEFAULTS: tuple[Kind, ...] = ("pay", "pay_twice", "send", "swap", "swap_share", "lend", "lend_brought", "withdraw")

SHAPES: tuple[tuple[Kind, ...], ...] = (
    ("pay",),
    ("pay_twice",),
    ("swap",),
    ("swap_share",),
    ("withdraw",),
    ("impossible",),
    ("swap", "lend_brought"),
    ("pay_twice", "impossible"),
    ("swap", "impossible", "send"),
    ("swap", "lend_brought", "withdraw"),
    ("lend", "swap_share", "impossible", "pay"),
    ("swap", "lend_brought", "swap", "lend_brought", "impossible"),
    ("pay", "send", "swap", "lend_brought", "withdraw", "pay_twice"),
    ("swap", "swap_share", "lend", "withdraw", "impossible", "send"),
)
"""Plan shapes in which a crash at every journal write is tried."""


class Ending(NamedTuple):
    """How a flow hangs together, and what becomes of it where it ends early."""

    mode: AtomicMode
    on_abort: OnAbort


def endings() -> Iterator[Ending]:
    """Yield every combination."""
    yield from (Ending(mode, on_abort) for mode, on_abort in product(AtomicMode, OnAbort))


def random_shape(number: int) -> tuple[Kind, ...]:
    """Return a shape of one to six steps, every kind as often as any other, a sixth of them with an impossible step."""
    length, rest = 1 + number % 6, number // 6
    kinds: list[Kind] = []
    for _ in range(length):
        rest, place = divmod(rest, len(_DEFAULTS))
        kinds.append(_DEFAULTS[place])
    if rest % 6 == 0:
        kinds[-1] = "impossible"
    return tuple(kinds)


def case_of(name: str, kinds: Sequence[Kind], ending: Ending, faults: Sequence[Fault], *, asks: bool) -> TestCase:
    """Return a flow of steps of these kinds, whose amounts are all different; ``asks`` has a person asked as well."""
    steps: list[TestStep] = []
    reference: list[tuple[Intent, ...]] = []
    for number, kind in enumerate(kinds, start=1):
        swaps = [step.step_id for step in steps if isinstance(step.intent, SwapIntent) and step.description == "swap"]
        intents = _intents(kind, number, swaps[-1] if swaps else None)
        reference.append(intents)
        steps.append(
            TestStep(
                step_id=f"step_{number}",
                description=kind,
                prompt=f"{kind} {number}",
                critical=number % 3 != 0,
                timeout_s=60.0,
                depends_on=tuple(swaps[-1:]) if kind == "lend_brought" else (),
                intent=intents[0] if len(intents) == 1 else None,
            )
        )
    return TestCase(
        id=name,
        prompt=name,
        atomic_mode=ending.mode,
        on_abort=ending.on_abort,
        recovery=RecoveryConfig(
            enable_alternative_flows=True, enable_user_fulfillment=asks, max_recovery_time_ms=120_000
        ),
        faults=tuple(faults),
        accounts=_accounts(),
        steps=tuple(steps),
        ground_truth=GroundTruth(assertions=(SolBalance(pubkey=RECIPIENT, expected_gte=0),)),
        reference=tuple(reference),
        content_hash=name,
    )


def _intents(kind: Kind, number: int, swap: str | None) -> tuple[Intent, ...]:
    payment = TransferIntent(mint=SOL_MINT, recipient=RECIPIENT, amount=ExactAmount(raw=10_000_000 + number))
    match kind:
        case "pay":
            return (payment,)
        case "pay_twice":
            return payment, payment
        case "impossible":
            return (payment.model_copy(update={"amount": ExactAmount(raw=10**15 + number)}),)
        case "send":
            return (TransferIntent(mint=_USDC.mint, recipient=RECIPIENT, amount=ExactAmount(raw=3_000_000 + number)),)
        case "swap":
            amount = ExactAmount(raw=200_000_000 + number)
            return (SwapIntent(input_mint=SOL_MINT, output_mint=_USDC.mint, amount=amount),)
        case "swap_share":
            share = ShareAmount(of=Decimal("0.1"))
            return (SwapIntent(input_mint=_USDC.mint, output_mint=_USDT.mint, amount=share),)
        case "withdraw":
            return (LendWithdrawIntent(mint=_USDC.mint, amount=ExactAmount(raw=2_000_000 + number)),)
        case "lend_brought" if swap is not None:
            return (LendDepositIntent(mint=_USDC.mint, amount=StepAmount(step_id=swap)),)
        case "lend" | "lend_brought":
            return (LendDepositIntent(mint=_USDC.mint, amount=ExactAmount(raw=5_000_000 + number)),)


def _accounts() -> tuple[InitialWallet | InitialToken, ...]:
    wallets = [
        InitialWallet(name=name, lamports=lamports, owner=SYSTEM_PROGRAM)
        for name, lamports in ((USER_WALLET, 20 * 10**9), (RECIPIENT, 10**9))
    ]
    held = (
        ("USER_USDC", USER_WALLET, _USDC, 500),
        ("USER_SHARES", USER_WALLET, _SHARES, 50),
        ("ITS", RECIPIENT, _USDC, 1),
    )
    tokens = [
        InitialToken(name=name, owner=owner, mint=token.mint, program=token.program, amount_raw=amount * 10**6)
        for name, owner, token, amount in held
    ]
    return (*wallets, *tokens)
