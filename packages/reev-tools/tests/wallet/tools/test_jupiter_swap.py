from __future__ import annotations

import pytest

from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_tools.market.swap import SWAP_PROGRAM
from reev_tools.programs import COMPUTE_BUDGET_PROGRAM
from reev_types.chain import AccountState
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM, find_token
from reev_types.tools import Executed, Failed, Refused

SOL, MILLION = 10**9, 10**6
RENT, FEE = 2_039_280, 5_000
USDC, JUP, PYUSD = (find_token(symbol).mint for symbol in ("USDC", "JUP", "PYUSD"))


async def swap(town, **arguments):
    return await town.call("jupiter_swap", **{"input_mint": "SOL", "output_mint": "USDC", **arguments})


async def test_the_result_states_what_was_quoted_and_what_really_moved(market_town):
    result = await swap(market_town, amount="0.1")
    assert isinstance(result, Executed)
    received_raw = await market_town.tokens(market_town.alice)
    left = 10 * SOL - SOL // 10 - FEE - RENT
    assert await market_town.lamports(market_town.alice) == left
    assert result.details == {
        "input_mint": SOL_MINT,
        "output_mint": USDC,
        "swap_mode": "ExactIn",
        "slippage_bps": 50,
        "quoted_in_raw": SOL // 10,
        "quoted_out_raw": received_raw,
        "minimum_out_raw": -(-received_raw * 9950 // 10_000),
        "price_impact_pct": result.details["price_impact_pct"],
        "route": ["Whirlpool"],
        "spent_raw": SOL // 10,
        "received_raw": received_raw,
        "left": {
            "SOL": {"mint": SOL_MINT, "raw": left, "ui": "9.89795572"},
            "USDC": {"mint": USDC, "raw": received_raw, "ui": f"{received_raw / MILLION:.6f}"},
        },
    }


async def test_the_balance_changes_are_the_wallets_own(market_town):
    result = await swap(market_town, amount="0.1")
    assert {change.owner for change in result.balance_changes} == {market_town.alice}
    assert {change.symbol for change in result.balance_changes} == {"SOL", "USDC"}


async def test_the_price_impact_is_in_per_cent(market_town):
    small = await swap(market_town, amount="0.1", venue="Raydium")
    large = await swap(market_town, amount="4", venue="Raydium")
    assert float(small.details["price_impact_pct"]) < 0.1
    assert 0.5 < float(large.details["price_impact_pct"]) < 2


async def test_an_exact_output_is_met_to_the_unit_and_the_rest_of_what_was_wrapped_comes_back(market_town):
    result = await swap(market_town, amount="15", swap_mode="ExactOut")
    assert isinstance(result, Executed)
    details = result.details
    assert await market_town.tokens(market_town.alice) == details["received_raw"] == 15 * MILLION
    assert details["spent_raw"] == details["quoted_in_raw"] < details["maximum_in_raw"]
    assert await market_town.lamports(market_town.alice) == 10 * SOL - details["spent_raw"] - FEE - RENT
    assert await market_town.wsol() is None


async def test_two_hops_touch_nothing_else_of_the_wallets(market_town):
    await market_town.chain.set_token_balance(market_town.alice, PYUSD, 50 * MILLION)
    result = await swap(market_town, input_mint="PYUSD", output_mint="JUP", amount="20")
    assert isinstance(result, Executed), result
    assert len(result.details["route"]) == 2
    assert await market_town.tokens(market_town.alice, PYUSD) == 30 * MILLION
    assert await market_town.tokens(market_town.alice, JUP) == result.details["received_raw"]
    held = await market_town.chain.token_accounts(market_town.alice)
    assert {account.mint for account in held} == {PYUSD, JUP}


async def test_a_token_2022_account_is_opened_under_its_own_program(market_town):
    result = await swap(market_town, output_mint="PYUSD", amount="1")
    assert isinstance(result, Executed), result
    (account,) = await market_town.chain.token_accounts(market_town.alice)
    assert account.program == TOKEN_2022_PROGRAM
    assert account.amount_raw == result.details["received_raw"]


async def test_max_of_sol_leaves_the_reserve_and_max_of_a_token_nothing(market_town):
    await market_town.chain.set_token_balance(market_town.alice, JUP, 7 * MILLION)
    assert (await swap(market_town, amount="max")).details["spent_raw"] == 10 * SOL - 10_000_000
    result = await swap(market_town, input_mint="JUP", amount="max")
    assert result.details["spent_raw"] == 7 * MILLION
    assert await market_town.tokens(market_town.alice, JUP) == 0


async def test_everything_of_a_token_can_go_into_an_exact_output(market_town):
    """The wallet holds what is quoted and not what slippage would allow."""
    probe = await swap(market_town, amount="15", swap_mode="ExactOut")
    await market_town.chain.set_lamports(market_town.alice, probe.details["quoted_in_raw"] + RENT + FEE + 900_000)
    result = await swap(market_town, amount="15", swap_mode="ExactOut", slippage_bps=1000)
    assert isinstance(result, Executed), result


async def test_a_venue_can_be_chosen(market_town):
    assert (await swap(market_town, amount="0.1", venue="Raydium")).details["route"] == ["Raydium"]


async def test_the_names_of_the_original_are_understood(market_town):
    arguments = {"input_token": "SOL", "output_token": "USDC", "amount_raw": SOL}
    assert isinstance(await market_town.call("jupiter_swap", **arguments), Executed)


def test_the_schema_shows_the_primary_names(open_market_town):
    spec = next(spec for spec in open_market_town().tools.specs() if spec.name == "jupiter_swap")
    assert set(spec.parameters["properties"]) == {
        *("amount", "amount_raw", "input_mint", "output_mint", "slippage_bps", "swap_mode", "venue"),
    }
    assert sorted(spec.parameters["required"]) == ["input_mint", "output_mint"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"amount": "11"}, "insufficient_funds"),
        ({"amount": "9.999"}, "insufficient_funds"),
        ({"amount": "0"}, "zero_amount"),
        ({"amount": "0.0000000001"}, "too_precise"),
        ({"amount": "1", "output_mint": "SOL"}, "same_mint"),
        ({"amount": "1", "output_mint": "NOPE"}, "unknown_token"),
        ({"amount": "1", "output_mint": "11111111111111111111111111111113"}, "unknown_token"),
        ({"amount": "1", "input_mint": "USDC", "output_mint": "SOL"}, "insufficient_funds"),
        ({"amount": "max", "swap_mode": "ExactOut"}, "no_maximum"),
        ({"amount": "100000", "swap_mode": "ExactOut"}, "insufficient_funds"),
        ({"amount": "1", "slippage_bps": 1001}, "bad_arguments"),
        ({"amount": "1", "slippage_bps": True}, "bad_arguments"),
        ({"amount": "1", "slippage": 50}, "bad_arguments"),
        ({"amount": "1", "amount_raw": 1}, "bad_arguments"),
        ({"amount": "1", "swap_mode": "exact"}, "bad_arguments"),
        ({"amount": "1", "venue": "Nowhere"}, "no_routes_found"),
        ({"amount": "1", "output_mint": "jlUSDC"}, "token_not_tradable"),
    ],
    ids=str,
)
async def test_what_cannot_be_meant_is_refused_and_nothing_is_sent(market_town, arguments, code):
    result = await swap(market_town, **arguments)
    assert isinstance(result, Refused), result
    assert result.code == code
    assert await market_town.lamports(market_town.alice) == 10 * SOL


async def test_a_refusal_names_the_numbers(market_town):
    result = await swap(market_town, amount="11")
    assert "takes 11 SOL, the wallet has 10 SOL" in result.message


async def test_a_remainder_that_cannot_exist_is_refused(market_town):
    for mint in (SOL_MINT, USDC):
        await market_town.chain.set_token_balance(market_town.alice, mint, 0)
    result = await swap(market_town, amount_raw=10 * SOL - FEE - 1)
    assert isinstance(result, Refused)
    assert result.code == "below_rent"
    assert isinstance(await swap(market_town, amount_raw=10 * SOL - FEE), Executed)


async def test_rent_and_fee_are_checked_before_sending(market_town):
    await market_town.chain.set_token_balance(market_town.alice, USDC, 15 * MILLION)
    await market_town.chain.set_lamports(market_town.alice, RENT + FEE - 1)
    result = await swap(market_town, input_mint="USDC", output_mint="SOL", amount="15")
    assert isinstance(result, Refused)
    assert result.code == "insufficient_funds"
    assert "takes 0.00204428 SOL, the wallet has 0.002044279 SOL" in result.message
    await market_town.chain.set_lamports(market_town.alice, RENT + FEE)
    assert isinstance(await swap(market_town, input_mint="USDC", output_mint="SOL", amount="15"), Executed)


async def test_an_account_that_was_given_away_is_never_paid_into(market_town):
    address = await market_town.chain.set_token_balance(market_town.alice, USDC, 0)
    foreign = await market_town.chain.set_token_balance(market_town.carol, USDC, 0)
    data = (await market_town.chain.account(foreign)).data
    state = await market_town.chain.account(address)
    await market_town.chain.set_account(AccountState(**{**dict(state), "data": data}))
    result = await swap(market_town, amount="1")
    assert isinstance(result, Refused)
    assert result.code == "unusable_account"


class MovedMarket(SandboxJupiter):
    """Leaves only some per cent of what a pool pays out, between quote and swap."""

    def __init__(self, chain, left_pct):
        super().__init__(Market.named(), chain)
        self._sandbox, self._left_pct = chain, left_pct

    async def swap_instructions(self, request):
        built = await super().swap_instructions(request)
        for hop in request.quote_response.route_plan:
            mint = hop.swap_info.output_mint
            held = await self._sandbox.token_accounts(hop.swap_info.amm_key)
            amount_raw = next(account.amount_raw for account in held if account.mint == mint)
            await self._sandbox.set_token_balance(hop.swap_info.amm_key, mint, amount_raw * self._left_pct // 100)
        return built


@pytest.mark.parametrize("mode", [{"amount": "0.1"}, {"amount": "15", "swap_mode": "ExactOut"}], ids=["in", "out"])
async def test_a_price_that_moved_too_far_fails_with_a_way_out_and_costs_the_fee_alone(market_town, mode):
    town = market_town.with_jupiter(MovedMarket(market_town.chain, left_pct=90))
    result = await swap(town, **mode)
    assert isinstance(result, Failed)
    assert result.code == "slippage_exceeded"
    assert f"(error 6001 of program {SWAP_PROGRAM})" in result.message
    assert "slippage_bps" in result.suggestions[0]
    assert await town.lamports(town.alice) == 10 * SOL - FEE
    assert await town.wsol() is None


async def test_a_price_that_moved_within_the_slippage_is_told_as_it_was_paid(market_town):
    town = market_town.with_jupiter(MovedMarket(market_town.chain, left_pct=99))
    result = await swap(town, amount="0.1", slippage_bps=200)
    assert isinstance(result, Executed)
    assert result.details["minimum_out_raw"] < result.details["received_raw"] < result.details["quoted_out_raw"]
    assert await town.tokens(town.alice) == result.details["received_raw"]


async def test_an_exact_output_that_got_dearer_takes_more_than_quoted_and_returns_the_rest(market_town):
    town = market_town.with_jupiter(MovedMarket(market_town.chain, left_pct=99))
    result = await swap(town, amount="15", swap_mode="ExactOut", slippage_bps=200)
    assert isinstance(result, Executed)
    details = result.details
    assert details["quoted_in_raw"] < details["spent_raw"] < details["maximum_in_raw"]
    assert await town.tokens(town.alice) == 15 * MILLION
    assert await town.lamports(town.alice) == 10 * SOL - details["spent_raw"] - FEE - RENT


async def test_the_transaction_asks_for_a_tight_limit_and_no_priority(market_town, monkeypatch):
    seen = []
    prepare = market_town.chain.prepare

    async def watched(instructions, **options):
        seen.extend(instructions)
        seen_tables.extend(options["lookup_tables"])
        return await prepare(instructions, **options)

    seen_tables = []
    monkeypatch.setattr(market_town.chain, "prepare", watched)
    await swap(market_town, amount="0.1")
    budget = [each.data for each in seen if each.program_id == COMPUTE_BUDGET_PROGRAM]
    assert [data[0] for data in budget] == [2]
    assert int.from_bytes(budget[0][1:], "little") <= 300_000
    assert seen_tables == [Market.named().lookup_table]
