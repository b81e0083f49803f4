"""Prices and the search for tokens."""

from __future__ import annotations

from reev_types.addresses import encode_base58
from reev_types.tokens import find_token

from ._exchange import NO_MINT, SOL, USDC, JupiterHooks

__all__ = ["ListingContract"]


class ListingContract(JupiterHooks):
    """What a client knows of tokens; what it does not know it leaves out."""

    async def test_known_mints_have_prices_in_dollars(self) -> None:
        async with self.open_exchange() as exchange:
            prices = await exchange.client.prices([SOL, USDC])
        assert set(prices) == {SOL, USDC}
        assert all(price.usd_price > 0 for price in prices.values())
        assert prices[SOL].decimals == find_token(SOL).decimals

    async def test_mints_without_a_price_are_left_out(self) -> None:
        async with self.open_exchange() as exchange:
            assert set(await exchange.client.prices([NO_MINT, USDC])) == {USDC}
            assert not await exchange.client.prices([NO_MINT])
            assert not await exchange.client.prices([])

    async def test_any_number_of_mints_can_be_priced(self) -> None:
        unknown = [encode_base58(bytes([200, number]) * 16) for number in range(120)]
        async with self.open_exchange() as exchange:
            assert set(await exchange.client.prices([SOL, *unknown, USDC])) == {SOL, USDC}

    async def test_a_symbol_finds_its_token_first(self) -> None:
        async with self.open_exchange() as exchange:
            found = await exchange.client.search_tokens("USDC")
        assert (found[0].id, found[0].symbol, found[0].decimals) == (USDC, "USDC", 6)

    async def test_mints_find_their_tokens(self) -> None:
        async with self.open_exchange() as exchange:
            found = await exchange.client.search_tokens(f"{USDC},{SOL}")
        assert {token.id for token in found} == {USDC, SOL}

    async def test_what_nobody_knows_finds_nothing(self) -> None:
        async with self.open_exchange() as exchange:
            assert await exchange.client.search_tokens(NO_MINT) == ()
