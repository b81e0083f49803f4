"""The flow that durable flows are measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reev_types.benchmarks import TestCase

STEPS = 3
_RECIPIENT = "RECIPIENT_WALLET_PUBKEY"


def three_payments() -> TestCase:
    """Return a flow of three payments, each a step of its own."""
    from reev_tools.programs import SYSTEM_PROGRAM
    from reev_types.amounts import ExactAmount
    from reev_types.assertions import SolBalance
    from reev_types.benchmarks import USER_WALLET, GroundTruth, InitialWallet, TestCase, TestStep
    from reev_types.intents import TransferIntent
    from reev_types.tokens import SOL_MINT

    amounts = [10_000_000 + number for number in range(STEPS)]
    payments = [
        TransferIntent(mint=SOL_MINT, recipient=_RECIPIENT, amount=ExactAmount(raw=amount)) for amount in amounts
    ]
    steps = [
        TestStep(step_id=f"step_{number}", prompt="Pay.", critical=True, intent=payment)
        for number, payment in enumerate(payments, start=1)
    ]
    return TestCase(
        id="three-payments",
        prompt="Pay three times.",
        accounts=tuple(
            InitialWallet(name=name, lamports=10**9, owner=SYSTEM_PROGRAM) for name in (USER_WALLET, _RECIPIENT)
        ),
        steps=tuple(steps),
        ground_truth=GroundTruth(assertions=(SolBalance(pubkey=_RECIPIENT, expected=10**9 + sum(amounts)),)),
        reference=tuple((payment,) for payment in payments),
        content_hash="three-payments",
    )
