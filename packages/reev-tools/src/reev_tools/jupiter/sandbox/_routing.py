"""Which pools a swap may go through: those of the pair itself, and two in a row by way of a third token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from reev_tools.jupiter import JupiterRefusalError, QuoteRequest
from reev_tools.market import Market, PoolTerms
from reev_types.tokens import SOL_MINT, TOKENS, find_token, symbol_of

from ._forms import quoted_form

__all__ = ["MAX_ACCOUNTS", "Route", "RouteMap"]

Route = tuple[PoolTerms, ...]

MAX_ACCOUNTS = 64

_USUAL_INTERMEDIATES = (SOL_MINT, find_token("USDC").mint, find_token("USDT").mint)
_ACCOUNTS_PER_HOP = 5
_MOST_KNOWN = 1024
_DECIDING = (
    *("input_mint", "output_mint", "dexes", "exclude_dexes", "only_direct_routes", "restrict_intermediate_tokens"),
    *("max_accounts", "swap_mode", "instruction_version"),
)
"""What of a request its routes depend on."""


class RouteMap:
    """The pools of a market by what they trade."""

    def __init__(self, market: Market) -> None:
        self.venues = market.venues
        self.pools = {pool.address: pool for pool in sorted(market.pools, key=lambda pool: pool.address)}
        self._by_pair: dict[frozenset[str], tuple[PoolTerms, ...]] = {}
        for pool in self.pools.values():
            pair = frozenset((pool.mint_a, pool.mint_b))
            self._by_pair[pair] = (*self._by_pair.get(pair, ()), pool)
        self._mints = tuple(sorted(frozenset().union(*self._by_pair)))
        self._symbols = [token.symbol for token in TOKENS if token.mint in self._mints]
        self._known: dict[tuple[object, ...], tuple[Route, ...]] = {}

    def routes(self, request: QuoteRequest) -> tuple[Route, ...]:
        """Return every route that a request allows.

        Raises JupiterRefusalError ``circular_arbitrage_is_disabled``, ``token_not_tradable``, ``no_routes_found``,
        ``max_account_greater_than_max``.
        """
        # Amounts decide nothing here, and the same pairs are asked for again and again.
        key = tuple(getattr(request, name) for name in _DECIDING)
        if key not in self._known:
            if len(self._known) == _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._find(request)
        return self._known[key]

    def _find(self, request: QuoteRequest) -> tuple[Route, ...]:
        self._check(request)
        most_hops = (request.max_accounts - len(quoted_form(request).accounts)) // _ACCOUNTS_PER_HOP
        short = (route for route in self._all(request) if len(route) <= most_hops)
        routes = tuple(route for route in short if self._allows(request, route))
        if not routes:
            raise self._no_routes(request)
        return routes

    def _check(self, request: QuoteRequest) -> None:
        if request.input_mint == request.output_mint:
            raise JupiterRefusalError(
                "circular_arbitrage_is_disabled",
                f"{symbol_of(request.input_mint)} cannot be swapped for itself",
                suggestions=("choose two different tokens",),
            )
        for mint in (request.input_mint, request.output_mint):
            if mint not in self._mints:
                raise self._not_tradable(mint)
        if request.max_accounts > MAX_ACCOUNTS:
            raise JupiterRefusalError(
                "max_account_greater_than_max",
                f"a swap names at most {MAX_ACCOUNTS} accounts, not {request.max_accounts}",
                suggestions=(f"pass max_accounts={MAX_ACCOUNTS} or less",),
            )

    def _all(self, request: QuoteRequest) -> Iterator[Route]:
        source, target = request.input_mint, request.output_mint
        yield from ((pool,) for pool in self._between(source, target))
        if request.only_direct_routes:
            return
        for middle in _USUAL_INTERMEDIATES if request.restrict_intermediate_tokens else self._mints:
            if middle not in (source, target):
                yield from self._by_way_of(source, middle, target)

    def _by_way_of(self, source: str, middle: str, target: str) -> Iterator[Route]:
        for first in self._between(source, middle):
            for second in self._between(middle, target):
                yield first, second

    def _between(self, mint: str, other: str) -> tuple[PoolTerms, ...]:
        return self._by_pair.get(frozenset((mint, other)), ())

    def _allows(self, request: QuoteRequest, route: Route) -> bool:
        labels = {self.venues[pool.venue].casefold() for pool in route}
        wanted, unwanted = ({name.casefold() for name in names} for names in (request.dexes, request.exclude_dexes))
        return labels.isdisjoint(unwanted) and (not wanted or labels.issubset(wanted))

    def _not_tradable(self, mint: str) -> JupiterRefusalError:
        return JupiterRefusalError(
            "token_not_tradable",
            f"The token {symbol_of(mint)} ({mint}) is not tradable",
            suggestions=(f"this market trades {', '.join(self._symbols)}",),
            context={"mint": mint},
        )

    def _no_routes(self, request: QuoteRequest) -> JupiterRefusalError:
        pair = f"{symbol_of(request.input_mint)} for {symbol_of(request.output_mint)}"
        return JupiterRefusalError(
            "no_routes_found",
            f"no pool or pair of pools swaps {pair} within these bounds",
            suggestions=tuple(self._ways_out(request)),
            context={"venues": ", ".join(sorted(set(self.venues.values())))},
        )

    def _ways_out(self, request: QuoteRequest) -> Iterator[str]:
        labels = sorted(set(self.venues.values()))
        yield from _misspelt((*request.dexes, *request.exclude_dexes), labels)
        if request.dexes or request.exclude_dexes:
            yield f"loosen dexes and exclude_dexes; the venues are {', '.join(labels)}"
        if request.only_direct_routes:
            yield "allow two hops with only_direct_routes=false"
        elif request.restrict_intermediate_tokens:
            yield "allow any token in between with restrict_intermediate_tokens=false"
        if request.max_accounts < MAX_ACCOUNTS:
            yield f"allow more accounts with max_accounts={MAX_ACCOUNTS}"


def _misspelt(names: Iterable[str], known: list[str]) -> Iterator[str]:
    for name in names:
        close = [] if name in known else get_close_matches(name, known, n=1)
        yield from (f"did you mean {match}?" for match in close)
