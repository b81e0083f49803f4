"""What quotes say, and when there is none."""

from __future__ import annotations

from itertools import pairwise

from reev_tools.jupiter import Quote, QuoteRequest
from reev_types.amounts import U64_MAX

from ._exchange import NO_MINT, ONE_SOL, SOL, USDC, JupiterHooks, expect_refusal, swap

__all__ = ["QuoteContract"]

_BPS = 10_000


class QuoteContract(JupiterHooks):
    """A quote answers the question that was asked, with thresholds that follow from it."""

    async def test_an_exact_input_is_spent_whole(self) -> None:
        quote = await self._quote(swap(SOL, USDC, ONE_SOL))
        assert (quote.input_mint, quote.output_mint, quote.swap_mode) == (SOL, USDC, "ExactIn")
        assert quote.in_amount_raw == ONE_SOL
        assert quote.out_amount_raw > 0

    async def test_an_exact_output_is_received_whole(self) -> None:
        quote = await self._quote(swap(SOL, USDC, 1_000_000, swap_mode="ExactOut"))
        assert quote.swap_mode == "ExactOut"
        assert quote.out_amount_raw == 1_000_000
        assert quote.in_amount_raw > 0

    async def test_slippage_lowers_the_least_that_an_exact_input_brings(self) -> None:
        quote = await self._quote(swap(SOL, USDC, ONE_SOL, slippage_bps=123))
        assert quote.slippage_bps == 123
        exact = quote.out_amount_raw * (_BPS - 123)
        assert abs(quote.other_amount_threshold_raw * _BPS - exact) < _BPS

    async def test_slippage_raises_the_most_that_an_exact_output_costs(self) -> None:
        quote = await self._quote(swap(SOL, USDC, 1_000_000, swap_mode="ExactOut", slippage_bps=123))
        exact = quote.in_amount_raw * (_BPS + 123)
        assert abs(quote.other_amount_threshold_raw * _BPS - exact) < _BPS

    async def test_without_slippage_the_threshold_is_the_quote(self) -> None:
        bought = await self._quote(swap(SOL, USDC, ONE_SOL, slippage_bps=0))
        assert bought.other_amount_threshold_raw == bought.out_amount_raw
        spent = await self._quote(swap(SOL, USDC, 1_000_000, swap_mode="ExactOut", slippage_bps=0))
        assert spent.other_amount_threshold_raw == spent.in_amount_raw

    async def test_the_default_slippage_is_half_a_per_cent(self) -> None:
        assert (await self._quote(swap(SOL, USDC, ONE_SOL))).slippage_bps == 50

    async def test_what_an_input_buys_costs_no_more_than_that_input(self) -> None:
        async with self.open_exchange() as exchange:
            bought = (await exchange.client.quote(swap(SOL, USDC, ONE_SOL))).out_amount_raw
            cost = await exchange.client.quote(swap(SOL, USDC, bought, swap_mode="ExactOut"))
        assert cost.in_amount_raw <= ONE_SOL

    async def test_a_larger_input_buys_more_at_a_worse_price(self) -> None:
        async with self.open_exchange() as exchange:
            small = await exchange.client.quote(swap(SOL, USDC, ONE_SOL))
            large = await exchange.client.quote(swap(SOL, USDC, 10_000 * ONE_SOL))
        assert small.out_amount_raw < large.out_amount_raw < 10_000 * small.out_amount_raw
        assert 0 <= small.price_impact_pct < large.price_impact_pct < 1

    async def test_a_quote_leaves_the_chain_as_it_was(self) -> None:
        async with self.open_exchange() as exchange:
            before = await exchange.chain.state_hash()
            first = await exchange.client.quote(swap(SOL, USDC, ONE_SOL))
            assert await exchange.chain.state_hash() == before
            assert await exchange.client.quote(swap(SOL, USDC, ONE_SOL)) == first

    async def test_the_steps_of_a_route_follow_each_other(self) -> None:
        quote = await self._quote(swap(SOL, USDC, ONE_SOL))
        steps = [hop.swap_info for hop in quote.route_plan]
        assert (steps[0].input_mint, steps[-1].output_mint) == (SOL, USDC)
        assert all(step.output_mint == following.input_mint for step, following in pairwise(steps))

    async def test_a_direct_route_has_one_step(self) -> None:
        assert len((await self._quote(swap(SOL, USDC, ONE_SOL, only_direct_routes=True))).route_plan) == 1

    async def test_only_the_chosen_venues_are_used(self) -> None:
        async with self.open_exchange() as exchange:
            best = await exchange.client.quote(swap(SOL, USDC, ONE_SOL, only_direct_routes=True))
            label = _labels(best).pop()
            other = await exchange.client.quote(
                swap(SOL, USDC, ONE_SOL, only_direct_routes=True, exclude_dexes=(label,))
            )
            assert label not in _labels(other)
            assert other.out_amount_raw <= best.out_amount_raw
            chosen = tuple(_labels(other))
            again = await exchange.client.quote(swap(SOL, USDC, ONE_SOL, only_direct_routes=True, dexes=chosen))
            assert again == other

    async def test_a_venue_that_does_not_exist_has_no_routes(self) -> None:
        request = swap(SOL, USDC, ONE_SOL, dexes=("Nowhere",))
        await expect_refusal(self._quote(request), "no_routes_found", "could_not_find_any_route")

    async def test_a_token_is_not_swapped_for_itself(self) -> None:
        await expect_refusal(self._quote(swap(SOL, SOL, ONE_SOL)), "circular_arbitrage_is_disabled")

    async def test_an_unknown_token_is_not_tradable(self) -> None:
        await expect_refusal(self._quote(swap(SOL, NO_MINT, ONE_SOL)), "token_not_tradable")
        await expect_refusal(self._quote(swap(NO_MINT, SOL, ONE_SOL)), "token_not_tradable")

    async def test_more_than_all_pools_hold_has_no_route(self) -> None:
        request = swap(SOL, USDC, U64_MAX, swap_mode="ExactOut")
        await expect_refusal(self._quote(request), "no_routes_found", "could_not_find_any_route")

    async def _quote(self, request: QuoteRequest) -> Quote:
        async with self.open_exchange() as exchange:
            return await exchange.client.quote(request)


def _labels(quote: Quote) -> set[str]:
    return {hop.swap_info.label for hop in quote.route_plan}
