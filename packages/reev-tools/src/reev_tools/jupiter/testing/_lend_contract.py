"""Vaults, positions, earnings and the four lend operations."""

from __future__ import annotations

from typing import get_args

from reev_tools.jupiter import LendAction, LendPosition, LendRequest, LendToken

from ._exchange import NO_MINT, NOBODY, USDC, Exchange, JupiterHooks, expect_refusal

__all__ = ["LendContract"]

_LEND_PROGRAM = "jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9"
_FIFTY_USDC = 50_000_000
_YEAR_SECONDS = 365 * 86_400


class LendContract(JupiterHooks):
    """Shares are worth what the vault says, and positions what the chain says."""

    async def test_vaults_come_in_the_order_of_their_ids(self) -> None:
        async with self.open_exchange() as exchange:
            ids = [vault.id for vault in await exchange.client.lend_tokens()]
        assert ids == sorted(set(ids))
        assert ids

    async def test_a_vault_names_its_asset_and_what_shares_are_worth(self) -> None:
        async with self.open_exchange() as exchange:
            vault = await _usdc_vault(exchange)
        one = 10**vault.decimals
        assert (vault.asset.address, vault.asset.symbol) == (vault.asset_address, "USDC")
        assert vault.convert_to_assets_raw >= one >= vault.convert_to_shares_raw
        assert vault.total_rate_bps == vault.supply_rate_bps + vault.rewards_rate_bps

    async def test_every_user_has_a_position_in_every_vault(self) -> None:
        async with self.open_exchange() as exchange:
            vaults = [vault.address for vault in await exchange.client.lend_tokens()]
            found = await exchange.client.lend_positions([exchange.wallet, NOBODY])
        pairs = [(position.owner_address, position.token.address) for position in found]
        assert sorted(pairs) == sorted((user, vault) for user in (exchange.wallet, NOBODY) for vault in vaults)
        assert all(position.shares_raw == position.underlying_assets_raw == 0 for position in found)

    async def test_a_position_tells_what_the_wallet_still_holds_of_the_asset(self) -> None:
        async with self.open_exchange() as exchange:
            await exchange.chain.set_token_balance(exchange.wallet, USDC, _FIFTY_USDC)
            assert (await _usdc_position(exchange)).underlying_balance_raw == _FIFTY_USDC

    async def test_nobody_asked_about_has_no_positions(self) -> None:
        async with self.open_exchange() as exchange:
            assert await exchange.client.lend_positions([]) == ()
            assert await exchange.client.lend_earnings(exchange.wallet, []) == ()

    async def test_each_action_is_one_call_of_the_lend_program_by_the_wallet(self) -> None:
        async with self.open_exchange() as exchange:
            data = set()
            for action in get_args(LendAction):
                *_, call = await exchange.client.lend_instructions(action, _request(exchange, _FIFTY_USDC))
                assert call.program_id == _LEND_PROGRAM
                assert {meta.pubkey for meta in call.accounts if meta.is_signer} == {exchange.wallet}
                data.add(call.data)
            assert len(data) == 4

    async def test_a_deposit_becomes_a_position_of_the_same_worth(self) -> None:
        async with self.open_exchange() as exchange:
            await _carry_out(exchange, "deposit", _FIFTY_USDC)
            position = await _usdc_position(exchange)
        assert position.underlying_balance_raw == 0
        assert 0 < position.shares_raw < _FIFTY_USDC
        assert _FIFTY_USDC - 2 <= position.underlying_assets_raw <= _FIFTY_USDC

    async def test_a_mint_counts_shares(self) -> None:
        async with self.open_exchange() as exchange:
            await _carry_out(exchange, "mint", 1_000_000)
            assert (await _usdc_position(exchange)).shares_raw == 1_000_000

    async def test_a_position_grows_with_time_and_earns_what_it_has_grown(self) -> None:
        async with self.open_exchange() as exchange:
            await _carry_out(exchange, "deposit", _FIFTY_USDC)
            before = await _usdc_position(exchange)
            await exchange.chain.advance(seconds=_YEAR_SECONDS)
            after = await _usdc_position(exchange)
            (earned,) = await exchange.client.lend_earnings(exchange.wallet, [after.token.address])
        grown = after.underlying_assets_raw - before.underlying_assets_raw
        assert grown > 0
        assert abs(earned.earnings_raw - grown) <= 2
        assert (earned.address, earned.owner_address) == (after.token.address, exchange.wallet)

    async def test_who_has_not_lent_has_earned_nothing(self) -> None:
        async with self.open_exchange() as exchange:
            vault = await _usdc_vault(exchange)
            (earned,) = await exchange.client.lend_earnings(exchange.wallet, [vault.address])
        assert earned.earnings_raw == 0

    async def test_an_asset_without_a_vault_is_refused(self) -> None:
        async with self.open_exchange() as exchange:
            request = LendRequest(asset=NO_MINT, signer=exchange.wallet, amount_raw=1)
            for action in get_args(LendAction):
                await expect_refusal(exchange.client.lend_instructions(action, request), "unsupported_asset")


def _request(exchange: Exchange, amount_raw: int) -> LendRequest:
    return LendRequest(asset=USDC, signer=exchange.wallet, amount_raw=amount_raw)


async def _usdc_vault(exchange: Exchange) -> LendToken:
    return next(vault for vault in await exchange.client.lend_tokens() if vault.asset_address == USDC)


async def _usdc_position(exchange: Exchange) -> LendPosition:
    found = await exchange.client.lend_positions([exchange.wallet])
    return next(position for position in found if position.token.asset_address == USDC)


async def _carry_out(exchange: Exchange, action: LendAction, amount_raw: int) -> None:
    await exchange.chain.set_token_balance(exchange.wallet, USDC, _FIFTY_USDC)
    await exchange.chain.set_token_balance(exchange.wallet, (await _usdc_vault(exchange)).address, 0)
    outcome = await exchange.send(*await exchange.client.lend_instructions(action, _request(exchange, amount_raw)))
    assert outcome.succeeded, outcome.failure
