"""How much is kept, for how long, and how long a source may take."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from reev_types.errors import UsageError

__all__ = ["CacheLimits", "ContextSettings"]


@dataclass(frozen=True, slots=True)
class CacheLimits:
    """Times are in seconds; raises UsageError ``bad_limit``."""

    capacity: int
    """Entries; beyond it, the least recently used one goes."""
    fresh_s: float
    """How long an entry is used without asking again."""
    stale_s: float
    """How long an entry stands in for a source that fails, counted from when it was fetched."""
    patience_s: float
    """How long the source may take."""

    def __post_init__(self) -> None:
        if self.capacity < 1 or not 0 < self.fresh_s <= self.stale_s < inf or not 0 < self.patience_s < inf:
            raise UsageError("bad_limit", "capacity and times are above 0, and fresh_s is at most stale_s")


@dataclass(frozen=True, slots=True)
class ContextSettings:
    """The limits of a ``ContextResolver``."""

    wallets: CacheLimits = CacheLimits(capacity=100, fresh_s=300, stale_s=3_600, patience_s=5)
    prices: CacheLimits = CacheLimits(capacity=1_000, fresh_s=30, stale_s=600, patience_s=3)
    tokens: CacheLimits = CacheLimits(capacity=1_000, fresh_s=3_600, stale_s=86_400, patience_s=3)
    most_tokens: int = 256
    """Mints listed of one wallet: those of the registry first, then those with a balance, then by address."""

    @property
    def longest_s(self) -> float:
        """The longest that a resolution can take, in seconds: mints may have to be known before they are looked up."""
        lookups = max(self.prices.patience_s, self.tokens.patience_s)
        return max(self.wallets.patience_s, lookups) + lookups
