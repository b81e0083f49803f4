"""What the program pays, computed without it: exact integers, equal to the unit.

Pools keep x·y from falling, and every rounding is against the user. A mint's transfer fee is withheld from every
transfer of it: into a vault, from vault to vault, out to the user, and in shared routes also to and from the accounts
of the program authority.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from reev_types.amounts import U64_MAX
from reev_types.errors import AmountError

from ._errors import JUPITER_ERRORS
from ._pools import Hop, Reserve

__all__ = ["HopQuote", "Quote", "maximum_in_raw", "minimum_out_raw", "quote_in", "quote_out"]

_BPS = 10_000
_INVALID_CALCULATION = 6002
_EXACT_OUT_AMOUNT_NOT_MATCHED = 6017


@dataclass(frozen=True, slots=True)
class HopQuote:
    """What one pool takes in and gives out, as its event will say."""

    hop: Hop
    in_raw: int
    """What arrives in the vault."""
    out_raw: int
    """What leaves the other vault."""

    @property
    def fee_raw(self) -> int:
        """What of ``in_raw`` is the pool's fee."""
        return self.in_raw - _net(self.hop, self.in_raw)


@dataclass(frozen=True, slots=True)
class Quote:
    """The outcome of a swap: ``paid_raw`` leaves the user's account, ``received_raw`` arrives there."""

    paid_raw: int
    received_raw: int
    platform_fee_raw: int
    """Sent to the platform: of the output for an exact input, of the input for an exact output."""
    hops: tuple[HopQuote, ...]


def quote_in(hops: Sequence[Hop], amount_raw: int, *, platform_fee_bps: int = 0, shared: bool = False) -> Quote:
    """Return what spending ``amount_raw`` brings, over up to four hops in order, each at another pool.

    ``shared`` quotes for the forms that pass through the program authority's accounts. Raises AmountError with the
    name of the program's error in snake case as its code, and the number as ``program_code``.
    """
    if not 0 < amount_raw <= U64_MAX:
        _refuse(_INVALID_CALCULATION)
    sent = _arrived(hops[0].into, amount_raw) if shared else amount_raw
    quoted: list[HopQuote] = []
    for hop in hops:
        quote = _trade(hop, sent)
        sent = quote.out_raw
        quoted.append(quote)
    last = hops[-1].out_of
    if shared:
        sent = _arrived(last, sent)
    fee = _up(sent * platform_fee_bps, _BPS)
    received = _arrived(last, sent - fee)
    if received == 0:
        _refuse(_INVALID_CALCULATION)
    return Quote(amount_raw, received, fee, tuple(quoted))


def quote_out(hops: Sequence[Hop], amount_raw: int, *, platform_fee_bps: int = 0, shared: bool = False) -> Quote:
    """Return what receiving exactly ``amount_raw`` costs; as ``quote_in`` otherwise.

    A mint whose transfer fee makes less arrive than planned is refused as ``exact_out_amount_not_matched``.
    """
    planned = _plan(hops, amount_raw)
    need = planned[0].in_raw
    fee = _up(need * platform_fee_bps, _BPS)
    if need + fee > U64_MAX:
        _refuse(_INVALID_CALCULATION)
    _check_arrivals(hops, planned, need + fee if shared else 0, need)
    received = _arrived(hops[-1].out_of, _arrived(hops[-1].out_of, amount_raw) if shared else amount_raw)
    if received != amount_raw:
        _refuse(_EXACT_OUT_AMOUNT_NOT_MATCHED)
    return Quote(need + fee, amount_raw, fee, tuple(planned))


def minimum_out_raw(quoted_raw: int, slippage_bps: int) -> int:
    """Return the least that an exact-in swap may bring before it fails with SlippageToleranceExceeded."""
    return _up(quoted_raw * (_BPS - slippage_bps), _BPS)


def maximum_in_raw(quoted_raw: int, slippage_bps: int) -> int:
    """Return the most that an exact-out swap may cost before it fails with SlippageToleranceExceeded."""
    return min(quoted_raw * (_BPS + slippage_bps) // _BPS, U64_MAX)


def _trade(hop: Hop, sent: int) -> HopQuote:
    if hop.into.amount_raw + sent > U64_MAX:
        _refuse(_INVALID_CALCULATION)
    in_raw = _arrived(hop.into, sent)
    out_raw = _curve_out(hop, in_raw)
    if out_raw == 0:
        _refuse(_INVALID_CALCULATION)
    return HopQuote(hop, in_raw, out_raw)


def _plan(hops: Sequence[Hop], amount_raw: int) -> list[HopQuote]:
    if not 0 < amount_raw <= U64_MAX:
        _refuse(_INVALID_CALCULATION)
    planned: list[HopQuote] = []
    need = amount_raw
    for hop in reversed(hops):
        in_raw = _curve_in(hop, need)
        planned.insert(0, HopQuote(hop, in_raw, need))
        need = in_raw
    return planned


def _check_arrivals(hops: Sequence[Hop], planned: Sequence[HopQuote], passed_in: int, sent: int) -> None:
    if _arrived(hops[0].into, passed_in) != passed_in:
        _refuse(_EXACT_OUT_AMOUNT_NOT_MATCHED)
    for plan in planned:
        if plan.hop.into.amount_raw + sent > U64_MAX:
            _refuse(_INVALID_CALCULATION)
        if _curve_out(plan.hop, _arrived(plan.hop.into, sent)) < plan.out_raw:
            _refuse(_EXACT_OUT_AMOUNT_NOT_MATCHED)
        sent = plan.out_raw


def _curve_out(hop: Hop, in_raw: int) -> int:
    x, y = hop.into.amount_raw, hop.out_of.amount_raw
    if x == 0 or hop.pool.fee_bps >= _BPS:
        return 0
    net = _net(hop, in_raw)
    return net * y // (x + net)


def _curve_in(hop: Hop, out_raw: int) -> int:
    x, y = hop.into.amount_raw, hop.out_of.amount_raw
    if x == 0 or out_raw >= y or hop.pool.fee_bps >= _BPS:
        _refuse(_INVALID_CALCULATION)
    net = _up(out_raw * x, y - out_raw)
    gross = _up(net * _BPS, _BPS - hop.pool.fee_bps)
    if max(net, gross) >= U64_MAX:  # the program's mark for what does not fit
        _refuse(_INVALID_CALCULATION)
    return gross


def _net(hop: Hop, in_raw: int) -> int:
    return in_raw * (_BPS - hop.pool.fee_bps) // _BPS


def _arrived(reserve: Reserve, amount_raw: int) -> int:
    return amount_raw - (reserve.transfer_fee.of(amount_raw) if reserve.transfer_fee else 0)


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def _refuse(number: int) -> NoReturn:
    error = JUPITER_ERRORS[number]
    raise AmountError(error.code, f"no quote: {error.message.lower()}", context={"program_code": number})
