"""What a verdict looks at, read from the chain at the start, after steps, and at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from reev_runner.judgement import Moment, StateView, holders, lenders, subjects
from reev_types.benchmarks import TestCase
from reev_types.chain import Chain

from ._evidence import associated_address
from ._valuation import appraise
from ._world import PreparedWorld

__all__ = ["Observer", "observe"]


class Observer:
    """Looks at what the assertions of ``case`` are about."""

    def __init__(self, case: TestCase, world: PreparedWorld, prices_usd: Mapping[str, Decimal]) -> None:
        self.world = world
        self._prices_usd = prices_usd
        self._subjects = subjects(case, world.addresses, associated_address)
        self._holders = holders(case, world.addresses)
        self._lenders = lenders(case, world.addresses)
        self._steps = {a.after_step for a in case.ground_truth.assertions if a.after_step}
        self.after_steps: dict[str, Moment] = {}

    async def __call__(self) -> Moment:
        """Return how things stand now."""
        state = await observe(self.world.chain, self._subjects, self._holders)
        return Moment(state, await appraise(self.world.jupiter, self._prices_usd, self._lenders))

    async def after(self, step_id: str) -> None:
        """Keep how things stand after a step that an assertion asks about."""
        if step_id in self._steps:
            self.after_steps[step_id] = await self()


async def observe(chain: Chain, subjects: Iterable[str], holders: Iterable[str]) -> StateView:
    """Return lamports and tokens of ``subjects``, and for ``holders`` the sums over their token accounts."""
    lamports: dict[str, int] = {}
    tokens_raw: dict[str, int] = {}
    for address in subjects:
        account = await chain.account(address)
        token = await chain.token_account(address)
        if account is not None:
            lamports[address] = account.lamports
        if token is not None:
            tokens_raw[address] = token.amount_raw
    held_raw = {wallet: await _held(chain, wallet) for wallet in holders}
    return StateView(lamports=lamports, tokens_raw=tokens_raw, held_raw=held_raw)


async def _held(chain: Chain, wallet: str) -> dict[str, int]:
    totals: dict[str, int] = {}
    for token in await chain.token_accounts(wallet):
        totals[token.mint] = totals.get(token.mint, 0) + token.amount_raw
    return totals
