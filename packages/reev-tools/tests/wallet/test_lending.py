"""The four lend tools: what they move, what they say, what they refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_tools.market.lend import LEND_PROGRAM, LENDING_ADMIN
from reev_tools.wallet import Wallet, WalletTools
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Executed, Failed, Refused

SOL, MILLION = 10**9, 10**6
RENT, FEE = 2_039_280, 5_000
USDC, JLUSDC, JLSOL = (find_token(symbol).mint for symbol in ("USDC", "jlUSDC", "jlWSOL"))
PRICE = 1_042_088_000_000
"""Of a share of the USDC vault at the world's start, times 10¹²."""


def worth(shares_raw: int) -> int:
    return shares_raw * PRICE // 10**12


def cost(shares_raw: int) -> int:
    return -(-shares_raw * PRICE // 10**12)


def bought(assets_raw: int) -> int:
    return assets_raw * 10**12 // PRICE


def burned(assets_raw: int) -> int:
    return -(-assets_raw * 10**12 // PRICE)


@pytest.fixture
async def lender(market_town):
    """ALICE with 100 USDC, and 50 shares of its vault."""
    await market_town.chain.set_token_balance(market_town.alice, USDC, 100 * MILLION)
    await market_town.lent("jlUSDC", 50 * MILLION)
    return market_town


async def lend(town, operation, **arguments):
    return await town.call(f"jupiter_lend_earn_{operation}", asset="USDC", **arguments)


async def holdings(town):
    return await town.tokens(town.alice), await town.tokens(town.alice, JLUSDC)


@pytest.mark.parametrize(
    ("operation", "arguments", "assets_raw", "shares_raw"),
    [
        ("deposit", {"amount": "10"}, -10 * MILLION, bought(10 * MILLION)),
        ("deposit", {"amount": "max"}, -100 * MILLION, bought(100 * MILLION)),
        ("mint", {"shares": "10"}, -cost(10 * MILLION), 10 * MILLION),
        ("mint", {"shares": "max"}, -100 * MILLION, bought(100 * MILLION)),
        ("withdraw", {"amount": "10"}, 10 * MILLION, -burned(10 * MILLION)),
        ("withdraw", {"amount": "max"}, worth(50 * MILLION), -50 * MILLION),
        ("redeem", {"shares": "10"}, worth(10 * MILLION), -10 * MILLION),
        ("redeem", {"shares": "max"}, worth(50 * MILLION), -50 * MILLION),
    ],
    ids=str,
)
async def test_assets_and_shares_move_as_the_price_says(lender, operation, arguments, assets_raw, shares_raw):
    result = await lend(lender, operation, **arguments)
    assert isinstance(result, Executed), result
    assert await holdings(lender) == (100 * MILLION + assets_raw, 50 * MILLION + shares_raw)
    details = result.details
    assert (details["assets_raw"], details["shares_raw"]) == (abs(assets_raw), abs(shares_raw))
    assert (details["quoted_assets_raw"], details["quoted_shares_raw"]) == (abs(assets_raw), abs(shares_raw))
    assert details["share_price"] == "1.042088"
    assert {symbol: row["raw"] for symbol, row in details["left"].items()} == {
        "USDC": 100 * MILLION + assets_raw,
        "jlUSDC": 50 * MILLION + shares_raw,
    }


async def test_the_price_of_the_moment_counts(lender):
    await lender.chain.advance(seconds=365 * 86_400)
    result = await lend(lender, "redeem", shares="max")
    assert isinstance(result, Executed)
    assert result.details["quoted_assets_raw"] == result.details["assets_raw"] > worth(50 * MILLION)


async def test_missing_accounts_are_opened_at_the_wallets_cost(market_town):
    await market_town.lent("jlUSDC", 50 * MILLION)
    await lend(market_town, "withdraw", amount="10")
    assert await market_town.lamports(market_town.alice) == 10 * SOL - FEE - RENT
    assert await market_town.tokens(market_town.alice) == 10 * MILLION


async def test_max_of_sol_leaves_the_reserve(market_town):
    result = await market_town.call("jupiter_lend_earn_deposit", asset_mint="SOL", amount="max")
    assert isinstance(result, Executed)
    assert result.details["assets_raw"] == 10 * SOL - 10_000_000
    assert await market_town.lamports(market_town.alice) == 10_000_000 - FEE - RENT


@pytest.mark.parametrize("name", ["asset_mint", "asset", "mint"])
@pytest.mark.parametrize(("operation", "amount"), [("deposit", {"amount": "1"}), ("redeem", {"shares": "1"})])
async def test_the_asset_goes_by_all_its_names(lender, operation, amount, name):
    assert isinstance(await lender.call(f"jupiter_lend_earn_{operation}", **{name: USDC}, **amount), Executed)


@pytest.mark.parametrize(
    ("operation", "arguments", "code"),
    [
        ("deposit", {"amount": "100.000001"}, "insufficient_funds"),
        ("deposit", {"amount": "0"}, "zero_amount"),
        ("deposit", {"amount_raw": 1}, "amount_too_small"),
        ("deposit", {"amount_raw": 2**64 - 1}, "amount_too_large"),
        ("deposit", {"shares": "1"}, "bad_arguments"),
        ("mint", {"shares": "100"}, "insufficient_funds"),
        ("mint", {"shares": "0"}, "zero_amount"),
        ("mint", {"shares_raw": 2**64 - 1}, "amount_too_large"),
        ("redeem", {"shares_raw": 2**64 - 1}, "amount_too_large"),
        ("mint", {"amount": "1"}, "bad_arguments"),
        ("withdraw", {"amount_raw": worth(50 * MILLION) + 1}, "insufficient_funds"),
        ("withdraw", {"amount": "0"}, "zero_amount"),
        ("redeem", {"shares": "50.000001"}, "insufficient_funds"),
        ("redeem", {"shares": "1", "shares_raw": 1}, "bad_arguments"),
        ("redeem", {}, "bad_arguments"),
    ],
    ids=str,
)
async def test_what_cannot_be_meant_is_refused_and_nothing_is_sent(lender, operation, arguments, code):
    result = await lend(lender, operation, **arguments)
    assert isinstance(result, Refused), result
    assert result.code == code
    assert await lender.lamports(lender.alice) == 10 * SOL


@pytest.mark.parametrize(
    ("asset", "code", "hint"),
    [
        ("jlUSDC", "not_an_asset", "give USDC"),
        ("BONK", "no_vault", "the vaults lend SOL, USDC, USDT"),
        ("NOPE", "unknown_token", "give the mint address"),
    ],
)
async def test_an_asset_without_a_vault_is_refused_with_those_that_have_one(lender, asset, code, hint):
    result = await lender.call("jupiter_lend_earn_deposit", asset_mint=asset, amount="1")
    assert isinstance(result, Refused)
    assert (result.code, result.suggestions) == (code, (hint,))


@pytest.mark.parametrize(
    ("operation", "amount", "hint"),
    [
        ("deposit", {"amount_raw": 1}, "ask for more"),
        ("deposit", {"amount_raw": 2**64 - 1}, "ask for less"),
        ("deposit", {"amount": "0.0000001"}, "round it to 6 decimal places"),
    ],
    ids=str,
)
async def test_an_amount_out_of_range_comes_with_a_way_out(lender, operation, amount, hint):
    assert (await lend(lender, operation, **amount)).suggestions == (hint,)


@pytest.mark.parametrize("field", ["decimals", "asset"])
async def test_a_vault_that_counts_otherwise_than_the_mints_is_not_lent_to(lender, altered, field):
    def shifted(vaults):
        return tuple(
            vault.model_copy(
                update={field: 3 if field == "decimals" else vault.asset.model_copy(update={"decimals": 3})}
            )
            for vault in vaults
        )

    result = await lend(altered(lender, lend_tokens=shifted), "deposit", amount="1")
    assert isinstance(result, Refused)
    assert result.code == "bad_response"
    assert await holdings(lender) == (100 * MILLION, 50 * MILLION)


async def test_a_share_price_that_was_told_too_high_is_noticed(lender, altered):
    """The vault gives what it gives; the result does not pretend that it is what was told."""

    def dear(vaults):
        return tuple(
            vault.model_copy(update={"convert_to_assets_raw": 900_000, "total_supply_raw": 0}) for vault in vaults
        )

    result = await lend(altered(lender, lend_tokens=dear), "deposit", amount="10")
    assert isinstance(result, Failed)
    assert result.code == "short_delivery"
    assert f"brought {bought(10 * MILLION) / MILLION} jlUSDC (agreed: at least 11.109999 jlUSDC)" in result.message


async def test_max_of_sol_without_a_reserve_leaves_fee_and_rent(market_town):
    wallet = Wallet(
        market_town.alice,
        market_town.chain,
        sol_reserve_lamports=0,
        jupiter=SandboxJupiter(Market.named(), market_town.chain),
    )
    town = replace(market_town, tools=WalletTools(wallet))
    result = await town.call("jupiter_lend_earn_deposit", asset_mint="SOL", amount="max")
    assert isinstance(result, Executed), result
    assert result.details["assets_raw"] == 10 * SOL - FEE - 2 * RENT
    assert await town.lamports(town.alice) == RENT


async def test_a_withdrawal_beyond_the_position_names_both_numbers(lender):
    result = await lend(lender, "withdraw", amount="60")
    assert "takes 60 USDC, the position in the vault has 52.1044 USDC" in result.message


@pytest.mark.parametrize(("operation", "amount"), [("withdraw", {"amount": "1"}), ("redeem", {"shares": "max"})])
async def test_nothing_comes_out_where_nothing_is_lent(market_town, operation, amount):
    result = await lend(market_town, operation, **amount)
    assert isinstance(result, Refused)
    assert result.code == "insufficient_funds"
    assert "no jlUSDC" in result.message


async def test_a_vault_that_cannot_pay_is_known_before_anything_is_sent(open_market_town):
    town = open_market_town("empty_vault")
    await town.chain.set_lamports(town.alice, SOL)
    await town.lent("jlUSDC", 50 * MILLION)
    result = await lend(town, "redeem", shares="max")
    assert isinstance(result, Refused)
    assert result.code == "insufficient_liquidity"
    assert "can pay 1 USDC now, this takes 52.1044 USDC" in result.message
    assert isinstance(await lend(town, "withdraw", amount="1"), Executed)


class Drained(SandboxJupiter):
    """Lends the vault's money out just before the withdrawal."""

    def __init__(self, chain):
        super().__init__(Market.named(), chain)
        self._sandbox = chain

    async def lend_instructions(self, action, request):
        (call,) = await super().lend_instructions(action, request)
        for meta in call.accounts:
            held = await self._sandbox.token_account(meta.pubkey)
            if held is not None and held.owner == LENDING_ADMIN:
                account = await self._sandbox.account(meta.pubkey)
                data = account.data[:64] + bytes(8) + account.data[72:]
                await self._sandbox.set_account(account.model_copy(update={"data": data}))
        return (call,)


async def test_a_vault_that_ran_dry_fails_with_a_way_out(lender):
    town = lender.with_jupiter(Drained(lender.chain))
    result = await lend(town, "withdraw", amount="10")
    assert isinstance(result, Failed)
    assert result.code == "insufficient_liquidity"
    assert f"(error 6007 of program {LEND_PROGRAM})" in result.message
    assert result.suggestions[0].startswith("the vault cannot pay that much now")
    assert await holdings(town) == (100 * MILLION, 50 * MILLION)


async def test_sol_of_a_mint_costs_what_is_quoted_and_not_what_was_wrapped(market_town):
    result = await market_town.call("jupiter_lend_earn_mint", asset="SOL", shares="2")
    assert isinstance(result, Executed)
    assert await market_town.tokens(market_town.alice, JLSOL) == 2 * SOL
    assert result.details["assets_raw"] == result.details["quoted_assets_raw"]
    spent = result.details["assets_raw"] + FEE + RENT
    assert await market_town.lamports(market_town.alice) == 10 * SOL - spent
    assert await market_town.tokens(market_town.alice, SOL_MINT) == 0
