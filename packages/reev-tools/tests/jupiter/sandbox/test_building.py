"""Instructions for a quote: their shape, what they leave behind, and quotes that cannot be carried out."""

from __future__ import annotations

import pytest

from reev_tools.jupiter import JupiterRefusalError, PlatformFee
from reev_tools.market.swap import FORMS, SWAP_PROGRAM, decode_arguments
from reev_tools.programs import ASSOCIATED_TOKEN_PROGRAM, COMPUTE_BUDGET_PROGRAM, SYSTEM_PROGRAM
from reev_types.chain import AccountState
from reev_types.tokens import TOKEN_PROGRAM, find_token

SOL = 10**9
MILLION = 10**6


def programs(messages):
    return [message.program_id for message in messages]


def in_order(built):
    cleanup = (built.cleanup_instruction,) if built.cleanup_instruction else ()
    return (*built.compute_budget_instructions, *built.setup_instructions, built.swap_instruction, *cleanup)


async def test_selling_sol_wraps_the_amount_and_closes_the_account_again(desk):
    quote = await desk.quote("SOL", "USDC", 3 * SOL)
    built = await desk.instructions(quote)
    assert programs(in_order(built)) == [
        COMPUTE_BUDGET_PROGRAM,
        ASSOCIATED_TOKEN_PROGRAM,
        ASSOCIATED_TOKEN_PROGRAM,
        SYSTEM_PROGRAM,
        TOKEN_PROGRAM,
        SWAP_PROGRAM,
        TOKEN_PROGRAM,
    ]
    before = await desk.lamports()
    outcome = await desk.swap(quote)
    assert outcome.succeeded
    rent = await desk.lamports(desk.account("USDC"))
    assert await desk.lamports() == before - 3 * SOL - rent - outcome.fee_lamports
    assert await desk.chain.account(desk.account("SOL")) is None
    assert await desk.held("USDC") == quote.out_amount_raw


async def test_buying_sol_unwraps_what_arrives(desk):
    quote = await desk.quote("USDC", "SOL", 100 * MILLION)
    await desk.give("USDC", 100 * MILLION)
    before = await desk.lamports()
    outcome = await desk.swap(quote)
    assert await desk.lamports() == before + quote.out_amount_raw - outcome.fee_lamports
    assert await desk.chain.account(desk.account("SOL")) is None


async def test_an_exact_amount_is_bought_with_the_most_that_slippage_allows_and_the_rest_comes_back(desk):
    quote = await desk.quote("SOL", "USDC", 100 * MILLION, swap_mode="ExactOut", slippage_bps=100)
    built = await desk.instructions(quote)
    wrapping = next(message for message in built.setup_instructions if message.program_id == SYSTEM_PROGRAM)
    assert int.from_bytes(wrapping.data[4:], "little") == quote.other_amount_threshold_raw > quote.in_amount_raw
    before = await desk.lamports()
    outcome = await desk.swap(quote)
    rent = await desk.lamports(desk.account("USDC"))
    assert await desk.lamports() == before - quote.in_amount_raw - rent - outcome.fee_lamports


async def test_wrapped_sol_stays_wrapped_when_nobody_asks_for_more(desk):
    await desk.give("USDC", 100 * MILLION)
    quote = await desk.quote("USDC", "SOL", 100 * MILLION)
    built = await desk.instructions(quote, wrap_and_unwrap_sol=False)
    assert built.cleanup_instruction is None
    assert (await desk.swap(quote, wrap_and_unwrap_sol=False)).succeeded
    assert await desk.held("SOL") == quote.out_amount_raw


async def test_another_account_can_receive(desk):
    await desk.give("USDC", 100 * MILLION)
    target = await desk.give("SOL", 0, desk.zoe)
    quote = await desk.quote("USDC", "SOL", 100 * MILLION)
    built = await desk.instructions(quote, destination_token_account=target)
    assert (built.setup_instructions, built.cleanup_instruction) == ((), None)
    assert (await desk.swap(quote, destination_token_account=target)).succeeded
    assert await desk.held("SOL", desk.zoe) == quote.out_amount_raw


@pytest.mark.parametrize("version", ["V1", "V2"])
@pytest.mark.parametrize("mode", ["ExactIn", "ExactOut"])
@pytest.mark.parametrize("shared", [False, True])
async def test_each_request_has_its_own_instruction(desk, version, mode, shared):
    quote = await desk.quote("SOL", "USDC", 10 * MILLION, swap_mode=mode, instruction_version=version)
    built = await desk.instructions(quote, use_shared_accounts=shared)
    arguments = decode_arguments(built.swap_instruction.data)
    name = ("shared_accounts_" if shared else "") + ("route" if mode == "ExactIn" else "exact_out_route")
    assert arguments.form == FORMS[name + ("_v2" if version == "V2" else "")]
    amounts = (quote.in_amount_raw, quote.out_amount_raw)
    assert (arguments.amount_raw, arguments.quoted_raw) == (amounts if mode == "ExactIn" else amounts[::-1])
    assert arguments.slippage_bps == 50


async def test_the_markets_lookup_table_makes_it_small(desk):
    built = await desk.instructions(await desk.quote("SOL", "USDC", SOL))
    assert built.address_lookup_table_addresses == (desk.market.lookup_table,)


async def test_a_legacy_transaction_has_no_lookup_table(desk):
    quote = await desk.quote("SOL", "USDC", SOL)
    assert (await desk.instructions(quote, as_legacy_transaction=True)).address_lookup_table_addresses == ()
    assert (await desk.swap(quote, as_legacy_transaction=True)).succeeded


async def test_the_whole_budget_is_asked_for_unless_told_otherwise(desk):
    built = await desk.instructions(await desk.quote("SOL", "USDC", SOL))
    assert built.compute_unit_limit == 1_400_000
    assert [message.data for message in built.compute_budget_instructions] == [bytes.fromhex("02c05c1500")]


async def test_a_price_of_compute_units_is_bid(desk):
    quote = await desk.quote("SOL", "USDC", SOL)
    built = await desk.instructions(quote, compute_unit_price_micro_lamports=5_000)
    assert built.compute_budget_instructions[1].data == b"\3" + (5_000).to_bytes(8, "little")
    outcome = await desk.swap(quote, compute_unit_price_micro_lamports=5_000)
    assert outcome.fee_lamports == 5_000 + 1_400_000 * 5_000 // 1_000_000


@pytest.mark.parametrize("price", [-1, 2**64])
async def test_a_price_that_is_none_is_refused(desk, price):
    refusal = await unbuilt(desk, await desk.quote("SOL", "USDC", SOL), compute_unit_price_micro_lamports=price)
    assert refusal.code == "invalid_compute_unit_price_and_prioritization_fee"


@pytest.mark.parametrize(("paid", "received", "hops"), [("SOL", "USDC", 1), ("SOL", "PYUSD", 2), ("PYUSD", "EURC", 2)])
async def test_a_dynamic_limit_is_lower_and_enough(desk, paid, received, hops):
    if paid != "SOL":
        await desk.give(paid, SOL)
    quote = await desk.quote(paid, received, SOL, instruction_version="V2")
    assert len(quote.route_plan) == hops
    options = {"dynamic_compute_unit_limit": True, "use_shared_accounts": True}
    built = await desk.instructions(quote, **options)
    assert built.compute_unit_limit < 200_000
    assert (await desk.swap(quote, **options)).succeeded


async def test_a_worse_price_than_agreed_fails_on_chain(desk):
    quote = await desk.quote("SOL", "USDC", SOL)
    await desk.pool_holds("SOL-USDC", 200_000 * SOL, 29_000_000 * MILLION)
    outcome = await desk.swap(quote)
    assert outcome.failure.custom_code == 6001


async def unbuilt(desk, quote, **options):
    with pytest.raises(JupiterRefusalError) as caught:
        await desk.instructions(quote, **options)
    assert caught.value.suggestions
    return caught.value


def with_info(quote, index, **changes):
    plan = list(quote.route_plan)
    info = plan[index].swap_info.model_copy(update=changes)
    plan[index] = plan[index].model_copy(update={"swap_info": info})
    return quote.model_copy(update={"route_plan": tuple(plan)})


def with_hops(quote, *hops):
    return quote.model_copy(update={"route_plan": hops})


USDC, BONK = find_token("USDC").mint, find_token("BONK").mint
TAMPERINGS = {
    "no hop": lambda quote: with_hops(quote),
    "an unknown pool": lambda quote: with_info(quote, 0, amm_key=USDC),
    "a pool of other mints": lambda quote: with_info(quote, 0, amm_key=quote.route_plan[1].swap_info.amm_key),
    "another pair for the pool": lambda quote: with_info(with_info(quote, 0, output_mint=BONK), 1, input_mint=BONK),
    "a gap": lambda quote: with_info(quote, 1, input_mint=BONK),
    "another end": lambda quote: quote.model_copy(update={"output_mint": BONK}),
    "another start": lambda quote: quote.model_copy(update={"input_mint": BONK}),
    "a hop twice": lambda quote: with_hops(quote, *quote.route_plan, *quote.route_plan),
    "a part of the input": lambda quote: with_hops(
        quote, quote.route_plan[0].model_copy(update={"percent": 60}), quote.route_plan[1]
    ),
    "a fee that does not fit": lambda quote: quote.model_copy(
        update={"platform_fee": PlatformFee(amount_raw=1, fee_bps=256)}
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
async def test_a_quote_that_was_tampered_with_is_refused(desk, tampering):
    quote = await desk.quote("PYUSD", "EURC", MILLION)
    refusal = await unbuilt(desk, TAMPERINGS[tampering](quote), fee_account=desk.zoe)
    assert refusal.code == "failed_to_get_swap_and_account_metas"


async def test_a_quote_whose_pool_is_gone_is_refused(desk):
    quote = await desk.quote("SOL", "USDC", SOL)
    pool = quote.route_plan[0].swap_info.amm_key
    await desk.chain.set_account(AccountState(address=pool, owner=desk.maria, lamports=0))
    refusal = await unbuilt(desk, quote)
    assert refusal.code == "failed_to_get_swap_and_account_metas"
    assert pool in refusal.message


async def test_a_platform_fee_needs_an_account(desk):
    quote = await desk.quote("SOL", "USDC", SOL, platform_fee_bps=20)
    refusal = await unbuilt(desk, quote)
    assert refusal.code == "failed_to_get_swap_and_account_metas"
    assert refusal.suggestions == ("pass fee_account, a token account",)
