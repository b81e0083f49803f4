"""Prices that move, the same way every time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from random import Random
from typing import NamedTuple

from reev_types.errors import UsageError
from reev_types.sources import PriceSheet
from reev_types.times import Clock

from ._markets import MOCK_PRICES

__all__ = ["PRICE_SERIES", "SeriesPrices", "price_series"]

_ONE_BPS = 10_000
_DIGITS = 12


class _Motion(NamedTuple):
    """A step's change in basis points: the trend, and how far chance takes it to either side."""

    trend_bps: int
    spread_bps: int


_MOTIONS: Mapping[str, _Motion] = {
    "flat": _Motion(0, 0),
    "calm": _Motion(0, 10),
    "volatile": _Motion(0, 300),
    "rally": _Motion(50, 50),
    "crash": _Motion(-400, 200),
}

PRICE_SERIES: tuple[str, ...] = tuple(_MOTIONS)


def price_series(name: str, start_usd: Decimal, steps: int, *, seed: int = 0) -> tuple[Decimal, ...]:
    """Return ``start_usd`` and ``steps`` prices after it, all above zero, with twelve significant digits.

    Raises UsageError ``unknown_price_series``.
    """
    if name not in _MOTIONS:
        known = ", ".join(PRICE_SERIES)
        message = f"no price series is named {name[:40]!r}"
        raise UsageError("unknown_price_series", message, suggestions=(f"one of {known}",))
    motion, random = _MOTIONS[name], Random(f"reev prices {name} {seed}")
    prices = [start_usd]
    for _ in range(steps):
        change_bps = motion.trend_bps + random.randint(-motion.spread_bps, motion.spread_bps)
        prices.append(_rounded(prices[-1] * (_ONE_BPS + change_bps) / _ONE_BPS))
    return tuple(prices)


class SeriesPrices:
    """A ``PriceSource`` whose prices move with the clock: one step every ``step_s`` seconds, the last one for good."""

    def __init__(
        self,
        name: str,
        clock: Clock,
        *,
        start_usd: Mapping[str, Decimal] = MOCK_PRICES,
        steps: int = 100,
        step_s: float = 30.0,
        seed: int = 0,
    ) -> None:
        self._series = {mint: price_series(name, price, steps, seed=seed) for mint, price in start_usd.items()}
        self._clock = clock
        self._started = clock.monotonic()
        self._step_s = step_s

    async def prices(self, mints: Collection[str]) -> PriceSheet:
        """Return the present prices of ``mints``."""
        step = int((self._clock.monotonic() - self._started) / self._step_s)
        known = {mint: self._series[mint] for mint in mints if mint in self._series}
        return PriceSheet.read({mint: series[min(step, len(series) - 1)] for mint, series in known.items()})


def _rounded(price: Decimal) -> Decimal:
    return price.quantize(Decimal(1).scaleb(price.adjusted() - _DIGITS + 1), rounding=ROUND_HALF_EVEN)
