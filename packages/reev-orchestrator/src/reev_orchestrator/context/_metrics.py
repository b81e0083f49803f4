"""What a resolver has done so far."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["CacheCounts", "ContextMetrics"]


@dataclass(slots=True)
class CacheCounts:
    """Lookups of a cache by what became of them, and what left it."""

    hits: int = 0
    """Answered by a fresh entry."""
    misses: int = 0
    """Asked of the source."""
    joined: int = 0
    """Answered by a request that was already on its way."""
    stale: int = 0
    """Answered by an old entry because the source failed."""
    evictions: int = 0
    """Entries dropped to make room."""
    invalidations: int = 0
    """Entries dropped because they had become wrong."""

    @property
    def hit_rate(self) -> float:
        """The share of lookups that cost no request, 0 to 1; 0 before the first lookup."""
        lookups = self.hits + self.misses + self.joined
        return (self.hits + self.joined) / lookups if lookups else 0.0


@dataclass(slots=True)
class ContextMetrics:
    """Counts since the resolver was made; ``seconds`` is what resolutions took altogether, on its clock."""

    resolved: int = 0
    failed: int = 0
    seconds: float = 0.0
    wallets: CacheCounts = field(default_factory=CacheCounts)
    prices: CacheCounts = field(default_factory=CacheCounts)
    tokens: CacheCounts = field(default_factory=CacheCounts)
