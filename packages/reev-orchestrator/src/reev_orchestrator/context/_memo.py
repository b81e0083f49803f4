"""A conclusion kept for as long as nothing in it needs to be asked for again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from reev_types.sources import WalletHoldings

from ._cache import Outcome
from ._resolved import ContextAges, ResolvedContext
from ._store import Entry

__all__ = ["Memo", "fresh_until"]


@dataclass(frozen=True, slots=True)
class Memo:
    """A resolved wallet, good before ``until`` while ``holdings`` are still what is known of the wallet."""

    resolved: ResolvedContext
    holdings: WalletHoldings
    made_at: float
    until: float
    mints: int
    """How many prices were looked up for it, and as many token facts."""

    def at(self, now: float) -> ResolvedContext:
        """Return the same context, older."""
        ages, passed = self.resolved.ages, now - self.made_at
        prices_s = None if ages.prices_s is None else ages.prices_s + passed
        return replace(self.resolved, ages=ContextAges(ages.balances_s + passed, prices_s))


def fresh_until(outcomes: Iterable[Outcome[Any]], fresh_s: float) -> float:
    """Return when one of the outcomes has to be asked for again; a failed one has to be at once."""
    return min(outcome.asked_at + fresh_s if isinstance(outcome, Entry) else -inf for outcome in outcomes)
