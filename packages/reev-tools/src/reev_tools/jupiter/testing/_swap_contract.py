"""What the instructions of a quote do."""

from __future__ import annotations

from reev_tools.jupiter import Quote, SwapInstructionsRequest

from ._exchange import NO_MINT, ONE_SOL, SOL, USDC, JupiterHooks, carry_out, expect_refusal, swap

__all__ = ["SwapContract"]

_SWAP_PROGRAM = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4"
_HUNDRED_USDC = 100_000_000


class SwapContract(JupiterHooks):
    """What was quoted is what is paid."""

    async def test_an_exact_input_brings_what_was_quoted(self) -> None:
        async with self.open_exchange() as exchange:
            quote = await exchange.client.quote(swap(SOL, USDC, ONE_SOL))
            outcome = await carry_out(exchange, quote)
            assert outcome.succeeded, outcome.failure
            assert await exchange.held_raw(USDC) == quote.out_amount_raw

    async def test_an_exact_output_costs_what_was_quoted(self) -> None:
        async with self.open_exchange() as exchange:
            await exchange.chain.set_token_balance(exchange.wallet, USDC, _HUNDRED_USDC)
            quote = await exchange.client.quote(swap(USDC, SOL, ONE_SOL // 10, swap_mode="ExactOut"))
            outcome = await carry_out(exchange, quote)
            assert outcome.succeeded, outcome.failure
            assert await exchange.held_raw(USDC) == _HUNDRED_USDC - quote.in_amount_raw

    async def test_only_the_wallet_signs_and_jupiter_swaps(self) -> None:
        async with self.open_exchange() as exchange:
            quote = await exchange.client.quote(swap(SOL, USDC, ONE_SOL))
            request = SwapInstructionsRequest(user_public_key=exchange.wallet, quote_response=quote)
            instruction = (await exchange.client.swap_instructions(request)).swap_instruction.instruction
            assert instruction.program_id == _SWAP_PROGRAM
            assert {meta.pubkey for meta in instruction.accounts if meta.is_signer} == {exchange.wallet}

    async def test_a_quote_that_went_through_json_builds_the_same(self) -> None:
        async with self.open_exchange() as exchange:
            quote = await exchange.client.quote(swap(SOL, USDC, ONE_SOL))
            copy = Quote.model_validate_json(quote.model_dump_json(by_alias=True))
            built = [
                await exchange.client.swap_instructions(
                    SwapInstructionsRequest(user_public_key=exchange.wallet, quote_response=each)
                )
                for each in (quote, copy)
            ]
        assert built[0] == built[1]

    async def test_building_leaves_the_chain_as_it_was(self) -> None:
        async with self.open_exchange() as exchange:
            quote = await exchange.client.quote(swap(SOL, USDC, ONE_SOL))
            before = await exchange.chain.state_hash()
            request = SwapInstructionsRequest(user_public_key=exchange.wallet, quote_response=quote)
            await exchange.client.swap_instructions(request)
            assert await exchange.chain.state_hash() == before

    async def test_a_route_through_a_pool_that_does_not_exist_is_not_built(self) -> None:
        async with self.open_exchange() as exchange:
            quote = await exchange.client.quote(swap(SOL, USDC, ONE_SOL))
            hop = quote.route_plan[0]
            forged_info = hop.swap_info.model_copy(update={"amm_key": NO_MINT})
            forged = quote.model_copy(update={"route_plan": (hop.model_copy(update={"swap_info": forged_info}),)})
            request = SwapInstructionsRequest(user_public_key=exchange.wallet, quote_response=forged)
            await expect_refusal(
                exchange.client.swap_instructions(request), "failed_to_get_swap_and_account_metas", "market_not_found"
            )
