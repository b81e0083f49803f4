from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest

from reev_orchestrator import ContextResolver, OrchestratorGateway
from reev_orchestrator.context.sources import FixedContext
from reev_orchestrator.mocks import PausedClock, mock_wallet
from reev_orchestrator.planning import Quote
from reev_types.errors import SourceError


@dataclass
class Rates:
    """A quote service at a fixed rate: 10 units out for one in; it can be told to know nothing, or to fail."""

    knows: bool = True
    fails: bool = False
    asked: list[tuple[str, str, str, int]] = field(default_factory=list)

    async def quote(self, input_mint, output_mint, side, amount_raw):
        self.asked.append((input_mint, output_mint, side, amount_raw))
        if self.fails:
            raise SourceError("timeout", "no quote in time")
        if not self.knows:
            return None
        return Quote(amount_raw, amount_raw * 10, 1) if side == "in" else Quote(amount_raw // 10, amount_raw, 1)


class CountingContext(FixedContext):
    """A context that counts how often it is asked."""

    def __init__(self, context) -> None:
        super().__init__(context)
        self.asked: Counter[str] = Counter()

    async def holdings(self, owner):
        self.asked["balances"] += 1
        return await super().holdings(owner)


@pytest.fixture
def wallet():
    return mock_wallet()


@pytest.fixture
def source(wallet):
    return CountingContext(wallet)


@pytest.fixture
def rates():
    return Rates()


@pytest.fixture
def clock():
    return PausedClock()


@pytest.fixture
def make(source, clock):
    """Build a gateway whose resolver knows one wallet."""

    def make(**options):
        resolver = ContextResolver(balances=source, prices=source, tokens=source, clock=clock)
        return OrchestratorGateway(resolver, clock, **options)

    return make
