"""What each step of a plan does to the ledger, as far as the plan promises it.

Nothing here looks at an execution: amounts are those that the plan resolved, and an exchange promises what was quoted
less the slippage that its tool allows. A price promises nothing.
"""

from __future__ import annotations

from typing import assert_never

from reev_orchestrator.planning import share_mint
from reev_types.amounts import (
    DEFAULT_SLIPPAGE_BPS,
    DEFAULT_SOL_RESERVE_LAMPORTS,
    AllAmount,
    Amount,
    ExactAmount,
    ShareAmount,
    StepAmount,
    UsdAmount,
)
from reev_types.benchmarks import USER_WALLET
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
from reev_types.plans import DynamicFlowPlan, DynamicStep
from reev_types.tokens import SOL_MINT

from ._ledger import Account, Entry, Ledger
from ._spans import Span, at_least, exactly

__all__ = ["Effects", "slippage_bps"]

_ONE_BPS = 10_000
_ROUNDING_RAW = 4
"""A deposit's shares, their worth and the exchange rate behind it are each rounded down to a unit."""


def slippage_bps(intent: Intent) -> int:
    """Return how much worse than quoted a step may come out, in basis points."""
    said = intent.slippage_bps if isinstance(intent, SwapIntent) else None
    return DEFAULT_SLIPPAGE_BPS if said is None else said


class Effects:
    """Applies the steps of a plan to a ledger; ``leeway_lamports`` is what fees and rent may make of SOL."""

    def __init__(self, plan: DynamicFlowPlan, ledger: Ledger, leeway_lamports: int) -> None:
        self._estimates = plan.metadata.get("estimates", {})
        self._reserve_lamports = int(plan.metadata.get("sol_reserve_lamports", DEFAULT_SOL_RESERVE_LAMPORTS))
        self._ledger = ledger
        self._leeway_lamports = leeway_lamports

    def apply(self, step: DynamicStep) -> None:
        """Enter what a step does."""
        intent = step.intent
        match intent:
            case TransferIntent(mint=mint, recipient=recipient, amount=amount):
                sent = self._spend(step, mint, amount)
                self._ledger.at(Account(recipient, mint)).bring(step.step_id, sent)
            case SwapIntent():
                self._swap(step, intent)
            case LendDepositIntent(mint=mint, amount=amount):
                lent = self._spend(step, mint, amount)
                self._shares(mint).bring(step.step_id, at_least(1))
                self._lent(mint).bring(step.step_id, lent.widened(_ROUNDING_RAW))
            case LendWithdrawIntent(mint=mint, amount=amount):
                self._withdraw(step, mint, amount)
            case LendMintIntent(mint=mint):
                shares = step.resolved_amount or 1
                self._held(mint).take(at_least(shares))
                self._shares(mint).bring(step.step_id, at_least(shares))
                self._lent(mint).bring(step.step_id, at_least(shares - _ROUNDING_RAW))
            case LendRedeemIntent(mint=mint, shares=amount):
                self._redeem(step, mint, amount)
            case BalancesIntent() | PositionsIntent() | RefuseIntent():
                pass
            case _:
                assert_never(intent)

    def _swap(self, step: DynamicStep, intent: SwapIntent) -> None:
        quoted = self._estimates.get(step.step_id, {})
        promised = quoted if quoted.get("source") == "quote" else {}
        allowed_bps = slippage_bps(intent)
        if intent.side == "in":
            self._spend(step, intent.input_mint, intent.amount)
            received = int(promised.get("output_raw", 0)) * (_ONE_BPS - allowed_bps) // _ONE_BPS
            brought = at_least(max(1, received))
        else:
            most = -(-int(promised["input_raw"]) * (_ONE_BPS + allowed_bps) // _ONE_BPS) if promised else None
            self._held(intent.input_mint).take(Span(1, most))
            brought = at_least(step.resolved_amount or 1)
        self._held(intent.output_mint).bring(step.step_id, brought)

    def _withdraw(self, step: DynamicStep, mint: str, amount: Amount) -> None:
        lent, shares = self._lent(mint), self._shares(mint)
        if isinstance(amount, AllAmount) or amount == ShareAmount(of=1):
            lent.take_all()
            shares.take_all()
            brought = at_least(1)
        elif step.resolved_amount is not None:
            brought = exactly(step.resolved_amount)
            lent.take(brought.widened(_ROUNDING_RAW))
            shares.take(at_least(1))
        else:
            lent.take(at_least(1))
            _taken(shares, amount)
            brought = at_least(1)
        self._held(mint).bring(step.step_id, brought)

    def _redeem(self, step: DynamicStep, mint: str, amount: Amount) -> None:
        lent = self._lent(mint)
        given = self._spend(step, share_mint(mint) or mint, amount)
        if amount in (AllAmount(), ShareAmount(of=1)):
            lent.take_all()
        else:
            lent.take(at_least(1))
        least = given.low if given.low is not None else 1
        # A share is never worth less than one unit of its asset.
        self._held(mint).bring(step.step_id, at_least(max(1, least - _ROUNDING_RAW)))

    def _spend(self, step: DynamicStep, mint: str, amount: Amount) -> Span:
        holding, raw = self._held(mint), step.resolved_amount
        if raw is None:
            return self._unresolved(holding, mint, amount)
        # What part of the SOL is left when the step begins depends on the fees and rents before it.
        drifts = mint == SOL_MINT and isinstance(amount, ShareAmount | AllAmount)
        return holding.take(exactly(raw).widened(self._leeway_lamports if drifts else 0))

    def _unresolved(self, holding: Entry, mint: str, amount: Amount) -> Span:
        if mint != SOL_MINT:
            return _taken(holding, amount)
        taken = _taken(holding, amount, self._reserve_lamports)
        # SOL that a step brought has paid that step's own fee already.
        least = None if taken.low is None else max(1, taken.low - self._leeway_lamports)
        return Span(least, taken.high)

    def _held(self, mint: str) -> Entry:
        return self._ledger.at(Account(USER_WALLET, mint))

    def _lent(self, mint: str) -> Entry:
        return self._ledger.at(Account(USER_WALLET, mint, "lent"))

    def _shares(self, mint: str) -> Entry:
        return self._held(share_mint(mint) or mint)


def _taken(holding: Entry, amount: Amount, reserve_raw: int = 0) -> Span:
    """Take an amount that the plan could not resolve; everything leaves ``reserve_raw`` behind."""
    match amount:
        case StepAmount(step_id=step_id, of=of):
            return holding.take_proceeds(step_id, of)
        case AllAmount(keep_raw=keep_raw):
            return holding.take_all(max(keep_raw, reserve_raw))
        case ShareAmount(of=of):
            return holding.take_all(reserve_raw) if of == 1 else holding.take_part(of)
        case ExactAmount() | UsdAmount():
            return holding.take(at_least(1))
        case _:
            assert_never(amount)
