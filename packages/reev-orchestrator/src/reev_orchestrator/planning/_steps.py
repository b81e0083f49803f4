"""One step after the other: its amount, its dependencies, the checks on it and what it leaves."""

from __future__ import annotations

from dataclasses import dataclass, field

from reev_orchestrator.language import ReadStep, clause_of
from reev_types.contexts import WalletContext
from reev_types.errors import UserError
from reev_types.intents import (
    Intent,
    LendDepositIntent,
    LendMintIntent,
    LendWithdrawIntent,
    SwapIntent,
    TransferIntent,
    moves_funds,
)
from reev_types.plans import DynamicStep
from reev_types.tokens import SOL_MINT, symbol_of

from ._amounts import Resolved, resolve
from ._effects import Effect, effect_of, share_mint
from ._funds import FEE_LAMPORTS, TOKEN_ACCOUNT_RENT_LAMPORTS, WALLET_RENT_LAMPORTS, check_fees, check_funds
from ._ledger import Ledger
from ._quotes import Quote, QuoteSource, expected, value_usd

__all__ = ["Planner"]

_HIGH_IMPACT_BPS = 100
_MOST_IMPACT_BPS = 1_000
"""The widest slippage that the swap tool allows."""


@dataclass
class Planner:
    """Adds steps in order; ``estimates`` are by step id in raw units, ``lamports_due`` are fees and rent so far."""

    context: WalletContext
    ledger: Ledger
    quotes: QuoteSource | None = None
    max_slippage_bps: int | None = None
    warnings: list[str] = field(default_factory=list)
    estimates: dict[str, dict[str, int | str]] = field(default_factory=dict)
    lamports_due: int = 0

    def add(self, read: ReadStep) -> DynamicStep:
        """Return the planned step; raises the UserErrors of ``plan``."""
        effect = effect_of(read.intent)
        self._check_recipient(read)
        resolved = resolve(effect, self.ledger, read.place)
        quote = self._quote(read, resolved)
        self._account(read, effect, resolved, quote)
        self._remark(read, effect, resolved)
        clause = clause_of(read.intent)
        return DynamicStep(
            step_id=read.step_id,
            description=clause[:1].upper() + clause[1:],
            intent=self._capped(read.intent),
            resolved_amount=resolved.raw,
            depends_on=resolved.depends_on,
            required_tools=(effect.tool,),
            prompt_template=effect.template,
            estimated_time_seconds=effect.seconds,
        )

    def _check_recipient(self, read: ReadStep) -> None:
        if isinstance(read.intent, TransferIntent) and read.intent.recipient == self.context.owner:
            raise UserError(
                "self_transfer",
                "the recipient is the wallet itself",
                place=read.place,
                suggestions=("give another address",),
            )

    def _capped(self, intent: Intent) -> Intent:
        if self.max_slippage_bps is None or not isinstance(intent, SwapIntent):
            return intent
        return intent.model_copy(update={"slippage_bps": self.max_slippage_bps})

    def _quote(self, read: ReadStep, resolved: Resolved) -> Quote | None:
        intent = read.intent
        if not isinstance(intent, SwapIntent) or resolved.raw is None:
            return None
        pair = (intent.input_mint, intent.output_mint)
        quote = expected(self.context, self.quotes, pair, intent.side, resolved.raw)
        if quote is None:
            exchange = f"{symbol_of(intent.input_mint)} to {symbol_of(intent.output_mint)}"
            self.warnings.append(f"{read.step_id}: no quote or price is known for {exchange}; what comes of it is open")
            return None
        if quote.output_raw == 0:
            raise UserError(
                "dust", "so little brings nothing in return", place=read.place, suggestions=("give a larger amount",)
            )
        source = "prices" if self.quotes is None else "quote"
        self.estimates[read.step_id] = {"input_raw": quote.input_raw, "output_raw": quote.output_raw, "source": source}
        self._check_impact(read, quote.price_impact_bps or 0)
        return quote

    def _check_impact(self, read: ReadStep, impact_bps: int) -> None:
        most_bps = _MOST_IMPACT_BPS if self.max_slippage_bps is None else self.max_slippage_bps
        if impact_bps > most_bps:
            raise UserError(
                "price_impact_too_high",
                f"so much moves the price by {impact_bps} basis points, and at most {most_bps} are allowed",
                place=read.place,
                suggestions=("give a smaller amount", "--max-slippage-bps allows up to 1000"),
                context={"price_impact_bps": impact_bps, "max_slippage_bps": most_bps},
            )
        if impact_bps > _HIGH_IMPACT_BPS:
            self.warnings.append(f"{read.step_id}: the price moves by {impact_bps} basis points")

    def _account(self, read: ReadStep, effect: Effect, resolved: Resolved, quote: Quote | None) -> None:
        if not moves_funds(read.intent):
            return
        spent = _spent(read, effect, resolved, quote)
        if effect.spends is not None:
            self._spend(read, effect.spends, spent)
        self.lamports_due += FEE_LAMPORTS
        if effect.brings is not None and not self.ledger.is_account_open(effect.brings):
            self.lamports_due += TOKEN_ACCOUNT_RENT_LAMPORTS
        warning = check_fees(self.ledger, self.lamports_due, read.place)
        self.warnings += [warning] if warning else []
        if effect.brings is not None:
            self.ledger.receive(effect.brings, read.step_id, quote.output_raw if quote else None)

    def _spend(self, read: ReadStep, mint: str, spent: int | None) -> None:
        from_position = isinstance(read.intent, LendWithdrawIntent)
        if spent is not None and not from_position:
            check_funds(self.ledger, mint, spent, read.place)
            hoped = self.ledger.hoped_raw(mint)
            if hoped is not None and spent > hoped:
                self.warnings.append(f"{read.step_id}: the steps before may not bring enough {symbol_of(mint)}")
        self.ledger.spend(mint, None if from_position else spent, read.step_id)

    def _remark(self, read: ReadStep, effect: Effect, resolved: Resolved) -> None:
        """Warn of what may be meant but is worth a second look."""
        intent, raw = read.intent, resolved.raw
        if isinstance(intent, LendDepositIntent | LendMintIntent) and share_mint(intent.mint) is None:
            self.warnings.append(f"reev knows no lending vault for {symbol_of(intent.mint)}")
        if isinstance(intent, LendWithdrawIntent) and not self._holds_shares(intent):
            self.warnings.append(f"the wallet shows no lending position in {symbol_of(intent.mint)}")
        if raw is None or effect.counted_mint is None:
            return
        if isinstance(intent, TransferIntent) and intent.mint == SOL_MINT and raw < WALLET_RENT_LAMPORTS:
            self.warnings.append("a new account cannot receive so little SOL: it would not be rent-exempt")
        value, fee = value_usd(self.context, effect.counted_mint, raw), value_usd(self.context, SOL_MINT, FEE_LAMPORTS)
        if value is not None and fee is not None and value < fee:
            self.warnings.append(f"{read.step_id}: the amount is worth less than the fee")

    def _holds_shares(self, intent: LendWithdrawIntent) -> bool:
        shares = share_mint(intent.mint)
        return shares is not None and (
            self.ledger.opening_raw(shares) > 0 or self.ledger.received_in(shares) is not None
        )


def _spent(read: ReadStep, effect: Effect, resolved: Resolved, quote: Quote | None) -> int | None:
    """Return what a step takes of ``effect.spends`` at least, or None when that is not known."""
    if effect.spends_counted:
        return resolved.raw
    if isinstance(read.intent, LendMintIntent):
        return resolved.raw  # a share is never worth less than one unit of its asset
    if quote is not None:
        return quote.input_raw
    return 1 if isinstance(read.intent, SwapIntent) else None
