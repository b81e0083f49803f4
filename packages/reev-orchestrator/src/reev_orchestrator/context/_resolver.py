"""The resolver: what a wallet holds and what that is worth, from three sources at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from cachetools import LRUCache

from reev_orchestrator._spans import Spans
from reev_types.errors import BackendError, SourceError
from reev_types.sources import BalanceSource, PriceSource, TokenFacts, TokenSource, WalletHoldings
from reev_types.times import Clock
from reev_types.tokens import TOKENS

from ._assembly import bounded
from ._cache import Cache
from ._conclusion import Facts, Prices, concluded
from ._memo import Memo, fresh_until
from ._metrics import ContextMetrics
from ._owner import checked_owner
from ._resolved import ResolvedContext
from ._settings import ContextSettings
from ._store import Entry

if TYPE_CHECKING:
    from opentelemetry.trace import TracerProvider

__all__ = ["ContextResolver"]

_REGISTERED = tuple(token.mint for token in TOKENS)


class ContextResolver:
    """Resolves wallets, asking each source once for what it does not already know. For one event loop at a time."""

    def __init__(
        self,
        *,
        balances: BalanceSource,
        prices: PriceSource,
        tokens: TokenSource,
        clock: Clock,
        settings: ContextSettings | None = None,
        tracer_provider: TracerProvider | None = None,
    ) -> None:
        self.settings = settings or ContextSettings()
        self._balances, self._priced, self._tokens = balances, prices, tokens
        self._clock = clock
        self._memos: LRUCache[str, Memo] = LRUCache(self.settings.wallets.capacity)
        self._spans = Spans(tracer_provider)
        self.metrics = ContextMetrics()
        counts, limits = self.metrics, self.settings
        self._wallet_cache = Cache("balances", self._held, limits.wallets, clock, counts.wallets)
        self._price_cache = Cache("prices", self._prices, limits.prices, clock, counts.prices)
        self._token_cache = Cache("tokens", self._facts, limits.tokens, clock, counts.tokens)

    async def resolve(self, owner: str) -> ResolvedContext:
        """Return the context of a wallet within ``ContextSettings.longest_s`` seconds.

        Its prices are those known of the registry's tokens and of what the wallet holds; without a price source's
        answer they are absent, and a warning says so. Raises UserError ``invalid_wallet``, and the balance source's
        error (``timeout``, ``rate_limited``, ``bad_response`` …) when nothing recent enough stands in for its answer.
        """
        wallet = checked_owner(owner)
        started = self._clock.monotonic()
        with self._spans.span("context", {"reev.wallet": wallet}) as span:
            try:
                resolved = await self._resolve(wallet)
            except BaseException:
                self.metrics.failed += 1
                raise
            finally:
                self.metrics.seconds += self._clock.monotonic() - started
            self.metrics.resolved += 1
            span.set_attribute("reev.context.tokens", len(resolved.context.token_balances))
            span.set_attribute("reev.context.stale", resolved.is_stale)
        return resolved

    def invalidate(self, owner: str) -> None:
        """Forget what a wallet holds, because a transaction has just changed it; prices stay."""
        self._wallet_cache.drop(owner)

    async def _resolve(self, wallet: str) -> ResolvedContext:
        known, now = self._wallet_cache.latest(wallet), self._clock.monotonic()
        memo = self._memos.get(wallet)
        if memo is None or memo.holdings is not known or now >= memo.until:
            return await self._looked_up(wallet, _mints(known))
        self.metrics.wallets.hits += 1
        self.metrics.prices.hits += memo.mints
        self.metrics.tokens.hits += memo.mints
        return memo.at(now)

    async def _looked_up(self, wallet: str, mints: Collection[str]) -> ResolvedContext:
        with (
            self._wallet_cache.look_up((wallet,)) as held_lookup,
            self._price_cache.look_up(mints) as price_lookup,
            self._token_cache.look_up(mints) as token_lookup,
        ):
            held = (await held_lookup.answers())[wallet]
            if isinstance(held, BackendError):
                raise held
            strange = [mint for mint in _mints(held.value) if mint not in mints]
            with self._price_cache.look_up(strange) as more_prices, self._token_cache.look_up(strange) as more_tokens:
                prices = {**await price_lookup.answers(), **await more_prices.answers()}
                facts = {**await token_lookup.answers(), **await more_tokens.answers()}
        return self._concluded(held, prices, facts)

    def _concluded(self, held: Entry[WalletHoldings], prices: Prices, facts: Facts) -> ResolvedContext:
        now = self._clock.monotonic()
        resolved = concluded(held, prices, facts, now)
        until = min(
            fresh_until([held], self.settings.wallets.fresh_s),
            fresh_until(prices.values(), self.settings.prices.fresh_s),
            fresh_until(facts.values(), self.settings.tokens.fresh_s),
        )
        self._memos[held.value.owner] = Memo(resolved, held.value, now, until, len(prices))
        return resolved

    async def _held(self, owners: tuple[str, ...]) -> Mapping[str, WalletHoldings | BackendError]:
        (owner,) = owners
        with self._spans.span("context balances", {"reev.wallet": owner}):
            return {owner: bounded(await self._balances.holdings(owner), owner, self.settings.most_tokens)}

    async def _prices(self, mints: tuple[str, ...]) -> Mapping[str, Decimal | BackendError | None]:
        with self._spans.span("context prices", {"reev.context.mints": len(mints)}):
            sheet = await self._priced.prices(mints)
        refused = {mint: SourceError("bad_price", reason) for mint, reason in sheet.refused.items()}
        return {mint: refused.get(mint) or sheet.prices.get(mint) for mint in mints}

    async def _facts(self, mints: tuple[str, ...]) -> Mapping[str, TokenFacts | BackendError | None]:
        with self._spans.span("context tokens", {"reev.context.mints": len(mints)}):
            facts = await self._tokens.tokens(mints)
        return {mint: facts.get(mint) for mint in mints}


def _mints(holdings: WalletHoldings | None) -> dict[str, None]:
    held = (token.mint for token in holdings.tokens) if holdings else ()
    return dict.fromkeys((*_REGISTERED, *held))
