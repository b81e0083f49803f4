"""Rewrites: one exact intent becomes others that come to the same, or to less."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import NamedTuple, assert_never

from reev_orchestrator.language import clause_of
from reev_types.alternatives import (
    OtherVenue,
    RedeemShares,
    ReduceAmount,
    Rewrite,
    SplitAmount,
    WaitAndResume,
    WidenSlippage,
)
from reev_types.amounts import DEFAULT_SLIPPAGE_BPS, ExactAmount, part_of
from reev_types.contexts import PromptContext
from reev_types.errors import AmountError, UsageError
from reev_types.holdings import holding_in
from reev_types.intents import LendRedeemIntent, LendWithdrawIntent, SwapIntent

from ._exact import Counted, exact, raw_of, shares_of, with_raw

__all__ = ["Rewritten", "rewritten", "split_raw"]

_DIGITS = 60


class Rewritten(NamedTuple):
    """What is to be done instead, in order; what that changes, and what it leaves out."""

    parts: tuple[Counted, ...]
    changed: str
    left_out: Counted | None = None


def rewritten(rewrite: Rewrite, asked: Counted, context: PromptContext, *, max_slippage_bps: int) -> Rewritten:
    """Return what ``rewrite`` makes of an intent, with amounts that are exact on ``context``.

    It is never a larger amount, and never slippage beyond the cap. Raises UserError: ``not_applicable`` where the
    rewrite has nothing to say to the intent, ``too_small`` where nothing would be left of a part,
    ``slippage_capped``, and those of amounts that have no value.
    """
    intent = exact(asked, context)
    match rewrite:
        case SplitAmount(parts=parts):
            return _split(intent, parts)
        case ReduceAmount(to=to):
            return _reduced(intent, to)
        case OtherVenue(venue=venue):
            return _at_venue(intent, venue)
        case WidenSlippage(to_bps=to_bps):
            return _widened(intent, min(to_bps, max_slippage_bps))
        case WaitAndResume():
            return Rewritten((intent,), "")
        case RedeemShares():
            return _redeemed(asked, intent, context)
        case _:
            assert_never(rewrite)


def split_raw(raw: int, parts: int) -> tuple[int, ...]:
    """Return ``parts`` amounts that add up to ``raw`` and differ by at most one unit."""
    least, over = divmod(raw, parts)
    return tuple(least + (number < over) for number in range(parts))


def _split(intent: Counted, parts: int) -> Rewritten:
    raws = split_raw(raw_of(intent), parts)
    if not raws[-1]:
        raise AmountError("too_small", f"{raw_of(intent)} raw units cannot be done in {parts} parts")
    pieces = tuple(with_raw(intent, raw) for raw in raws)
    return Rewritten(pieces, f"in {parts} parts: {', then '.join(map(clause_of, pieces))}")


def _reduced(intent: Counted, to: Decimal) -> Rewritten:
    whole = raw_of(intent)
    raw = part_of(whole, to)
    if not raw:
        raise AmountError("too_small", f"nothing is left of {whole} raw units")
    less = with_raw(intent, raw)
    return Rewritten((less,), f"{clause_of(less)} instead of {clause_of(intent)}", with_raw(intent, whole - raw))


def _at_venue(intent: Counted, venue: str | None) -> Rewritten:
    if not isinstance(intent, SwapIntent) or venue == intent.venue:
        raise _not_applicable("another venue")
    moved = intent.model_copy(update={"venue": venue})
    return Rewritten((moved,), f"{clause_of(moved)} {f'at {venue} only' if venue else 'by any route'}")


def _widened(intent: Counted, bps: int) -> Rewritten:
    if not isinstance(intent, SwapIntent):
        raise _not_applicable("slippage")
    before = DEFAULT_SLIPPAGE_BPS if intent.slippage_bps is None else intent.slippage_bps
    if bps <= before:
        raise UsageError(
            "slippage_capped", f"{before} basis points of slippage are allowed already, and no more may be"
        )
    wider = intent.model_copy(update={"slippage_bps": bps})
    return Rewritten((wider,), f"{clause_of(wider)} with up to {bps} instead of {before} basis points of slippage")


def _redeemed(asked: Counted, intent: Counted, context: PromptContext) -> Rewritten:
    if not isinstance(asked, LendWithdrawIntent):
        raise _not_applicable("a redemption")
    if not isinstance(intent, LendWithdrawIntent):
        # What is counted by the position is exact in shares alone.
        return Rewritten((intent,), f"{clause_of(intent)} instead of {clause_of(asked)}")
    raw = min(_shares_raw(intent, context), holding_in(context, shares_of(intent.mint)).balance_raw)
    if not raw:
        raise AmountError("too_small", "this is worth less than a share")
    redemption = LendRedeemIntent(mint=intent.mint, shares=ExactAmount(raw=raw))
    return Rewritten((redemption,), f"{clause_of(redemption)} instead of {clause_of(intent)}")


def _shares_raw(intent: LendWithdrawIntent, context: PromptContext) -> int:
    """Return the shares that are worth the assets at most; a share and its asset have the same decimals."""
    prices = context.wallet_context.token_prices
    asset_usd, share_usd = prices.get(intent.mint), prices.get(shares_of(intent.mint))
    if not asset_usd or not share_usd:
        raise AmountError("unknown_price", "what a share is worth is not known")
    with localcontext(prec=_DIGITS):
        return int(raw_of(intent) * asset_usd / share_usd)


def _not_applicable(what: str) -> UsageError:
    return UsageError("not_applicable", f"{what} would change nothing about this step")
