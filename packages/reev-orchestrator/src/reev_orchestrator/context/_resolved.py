"""A wallet's context together with what has to be said about it."""

from __future__ import annotations

from dataclasses import dataclass

from reev_types.contexts import WalletContext

__all__ = ["ContextAges", "ResolvedContext"]


@dataclass(frozen=True, slots=True)
class ContextAges:
    """Seconds since the oldest part was asked for; None where there is none."""

    balances_s: float
    prices_s: float | None = None


@dataclass(frozen=True, slots=True)
class ResolvedContext:
    """A context with its warnings: stale parts with their age, unknown prices, what was left out."""

    context: WalletContext
    ages: ContextAges
    warnings: tuple[str, ...] = ()
    is_stale: bool = False
    """Whether a source failed and an older answer of it stands in."""
