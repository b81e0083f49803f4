"""Jupiter's API, answered from the market on the embedded chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from reev_tools.jupiter import (
    JupiterRefusalError,
    LendAction,
    LendEarnings,
    LendPosition,
    LendRequest,
    LendToken,
    Price,
    Quote,
    QuoteRequest,
    SwapInstructions,
    SwapInstructionsRequest,
    TokenInformation,
)
from reev_tools.market import Market
from reev_tools.market.lend import LendOperation, VaultTerms, lend_instruction
from reev_types.addresses import is_address
from reev_types.chain import Chain, Instruction, TransactionOutcome
from reev_types.tokens import symbol_of

from ._building import build_swap, quoted_pools
from ._earnings import earned_raw
from ._lending import PricedVault, balances_raw, lend_position, lend_token, priced_vault, vaults_in_order
from ._pools import PoolReader
from ._quoting import best_trade, quote_message
from ._routing import RouteMap
from ._tokens import find_tokens, known_prices

__all__ = ["RememberingChain", "SandboxJupiter"]


class RememberingChain(Chain, Protocol):
    """A chain that can tell everything that has happened on it, as every SandboxChain can."""

    async def history(self) -> tuple[TransactionOutcome, ...]:
        """Return the outcomes of all transactions that landed, in their order."""


# Every trial has a client of its own, and all of them one market.
@lru_cache(maxsize=16)
def _routes(market: Market) -> RouteMap:
    return RouteMap(market)


@lru_cache(maxsize=16)
def _vaults(market: Market) -> tuple[VaultTerms, ...]:
    return tuple(sorted(market.vaults(), key=lambda terms: terms.lending_id))


class SandboxJupiter:
    """A JupiterClient for ``market`` as it stands on ``chain`` whenever it is asked.

    Quotes are exact: the program pays them to the unit as long as nothing else moves the pools. Answers depend on the
    chain's state and clock alone, so ``time_taken`` stays empty.
    """

    def __init__(self, market: Market, chain: RememberingChain) -> None:
        self._market = market
        self._chain = chain
        self._pools = PoolReader(chain)
        self._routes = _routes(market)
        self._vaults = _vaults(market)

    async def quote(self, request: QuoteRequest) -> Quote:
        """Return the best route over one pool or two.

        Raises JupiterRefusalError ``circular_arbitrage_is_disabled``, ``token_not_tradable``, ``no_routes_found``
        (the bounds leave none), ``could_not_find_any_route`` (the amount fits none),
        ``max_account_greater_than_max``, ``not_supported``.
        """
        routes = self._routes.routes(request)
        pools = await self._pools.present(pool for route in routes for pool in route)
        trade = best_trade(request, routes, pools)
        return quote_message(request, trade, self._routes.venues, (await self._chain.clock()).slot)

    async def swap_instructions(self, request: SwapInstructionsRequest) -> SwapInstructions:
        """Return the instructions for a quote, of the second forms when it was asked for with ``V2``.

        Raises JupiterRefusalError ``failed_to_get_swap_and_account_metas`` for a route that does not fit the pools, or
        a platform fee without an account; ``invalid_compute_unit_price_and_prioritization_fee``.
        """
        route = quoted_pools(request.quote_response, self._routes.pools)
        pools = await self._pools.for_building(route)
        return build_swap(request, route, pools, self._market.lookup_table)

    async def prices(self, mints: Sequence[str]) -> Mapping[str, Price]:
        """Return the market's published prices, which trading does not move."""
        return known_prices(self._market, mints, (await self._chain.clock()).slot)

    async def search_tokens(self, query: str) -> tuple[TokenInformation, ...]:
        """Return the market's tokens by symbol, name, alias or comma-separated mints, best first."""
        return find_tokens(self._market, query)

    async def lend_tokens(self) -> tuple[LendToken, ...]:
        """Return every vault that is in order, ordered by id; raises JupiterServiceError where none is."""
        return tuple(map(self._token, await vaults_in_order(self._chain, self._vaults)))

    async def lend_positions(self, users: Sequence[str]) -> tuple[LendPosition, ...]:
        """Return one position for each user and vault that is in order.

        Raises JupiterRefusalError ``invalid_address``, JupiterServiceError ``vault_out_of_order`` where none is.
        """
        vaults = await vaults_in_order(self._chain, self._vaults)
        tokens = [self._token(priced) for priced in vaults]
        holdings = {user: await balances_raw(self._chain, _checked(user)) for user in users}
        return tuple(
            lend_position(priced, token, user, held)
            for user, held in holdings.items()
            for priced, token in zip(vaults, tokens, strict=True)
        )

    async def lend_earnings(self, user: str, positions: Sequence[str]) -> tuple[LendEarnings, ...]:
        """Return what the shares that ``user`` still holds have gained since they were bought, at average cost.

        Raises JupiterRefusalError ``unsupported_asset`` for what is no share mint of the market, ``invalid_address``.
        """
        by_share = {terms.addresses.f_token_mint: terms for terms in self._vaults}
        held = await balances_raw(self._chain, _checked(user))
        history = await self._chain.history()
        slot = (await self._chain.clock()).slot
        earnings = []
        for mint in positions:
            priced = await priced_vault(self._chain, self._vault(by_share, mint))
            earned = earned_raw(priced, user, held.get(mint, 0), history)
            earnings.append(LendEarnings(address=mint, owner_address=user, earnings_raw=earned, slot=slot))
        return tuple(earnings)

    async def lend_instructions(self, action: LendAction, request: LendRequest) -> tuple[Instruction, ...]:
        """Return the one instruction of a lend operation; raises JupiterRefusalError ``unsupported_asset``."""
        terms = self._vault({terms.mint: terms for terms in self._vaults}, request.asset)
        return (lend_instruction(LendOperation(action), terms.addresses, request.signer, request.amount_raw),)

    def _token(self, priced: PricedVault) -> LendToken:
        return lend_token(priced, self._market.prices.get(priced.terms.mint))

    def _vault(self, by_mint: Mapping[str, VaultTerms], mint: str) -> VaultTerms:
        if mint in by_mint:
            return by_mint[mint]
        known = ", ".join(f"{symbol_of(each)} ({each})" for each in by_mint)
        raise JupiterRefusalError(
            "unsupported_asset",
            f"this market has no vault for {symbol_of(mint)}",
            suggestions=(f"choose one of {known}",),
            context={"mint": mint},
        )


def _checked(user: str) -> str:
    if not is_address(user):
        raise JupiterRefusalError(
            "invalid_address", f"{user[:50]!r} is no wallet address", suggestions=("give 32 bytes in base58",)
        )
    return user
