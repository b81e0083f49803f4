"""What the program refuses, by which number, and that it moves nothing then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reev_tools.chain import associated_token_address
from reev_tools.market.swap import (
    EVENT_AUTHORITY,
    FORMS,
    JUPITER_ERRORS,
    SWAP_PROGRAM,
    RouteStep,
    pool_account,
    pool_address,
    program_authority,
)
from reev_tools.market.swap import Pool as PoolRecord
from reev_types.amounts import U64_MAX
from reev_types.chain import AccountMeta
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token

USDC, BONK = find_token("USDC").mint, find_token("BONK").mint
RAYDIUM, WHIRLPOOL = 7, 17

STEP = RouteStep("Raydium", 0, 1)
WRONG_ARGUMENTS = {
    "a route without steps": ({"plan": ()}, 6000),
    "more output than there is": ({"quoted_raw": 10**12}, 6001),
    "an amount of zero": ({"amount_raw": 0}, 6002),
    "an output of zero": ({"amount_raw": 1, "quoted_raw": 0}, 6002),
    "a platform fee without an account": ({"platform_fee_bps": 10}, 6003),
    "a slippage above the whole": ({"slippage_bps": 10_001}, 6004),
    "half of the input": ({"plan": (replace(STEP, share_bps=5_000),)}, 6005),
    "more than the input": ({"plan": (replace(STEP, share_bps=10_100),)}, 6005),
    "an input that is not the first": ({"plan": (replace(STEP, input_index=1),)}, 6006),
    "an output that is the input": ({"plan": (replace(STEP, output_index=0),)}, 6007),
    "more steps than accounts": ({"plan": (STEP, RouteStep("Whirlpool", 1, 2, venue_fields={"a_to_b": True}))}, 6008),
    "five steps": ({"plan": tuple(RouteStep("Raydium", i, i + 1) for i in range(5))}, 6010),
    "another venue than the pool's": ({"plan": (replace(STEP, venue="Saber"),)}, 6016),
    "more than the user has": ({"amount_raw": 10**15, "quoted_raw": 0}, 6024),
    "all that fits": ({"amount_raw": U64_MAX, "quoted_raw": 0}, 6024),
}


@pytest.mark.parametrize(("changes", "number"), WRONG_ARGUMENTS.values(), ids=WRONG_ARGUMENTS)
@pytest.mark.parametrize("form", ["route", "shared_accounts_route", "route_v2", "shared_accounts_route_v2"])
async def test_wrong_arguments_have_a_number_of_their_own(plan_attack, form, changes, number):
    attack = await plan_attack(form)
    attack.argue(**changes)
    failure = await attack.refused()
    assert failure.custom_code == number
    assert JUPITER_ERRORS[number].name in failure.message
    assert JUPITER_ERRORS[number].message in failure.message


WRONG_ACCOUNTS = {
    "a foreign token program": ("token_program", SWAP_PROGRAM, 6014),
    "another destination mint": ("destination_mint", BONK, 6019),
    "a mint where the source should be": ("user_source_token_account", USDC, 6025),
    "a mint where the destination should be": ("user_destination_token_account", BONK, 6021),
    "a forged event authority": ("event_authority", USDC, 2006),
    "another program": ("program", TOKEN_PROGRAM, 3008),
    "a pool of another owner": ("hop0.pool", USDC, 3007),
    "another mint on the way in": ("hop0.mint_in", BONK, 6019),
    "another mint on the way out": ("hop0.mint_out", BONK, 6019),
    "a mint as vault": ("hop0.vault_in", USDC, 6025),
}


@pytest.mark.parametrize(("role", "address", "number"), WRONG_ACCOUNTS.values(), ids=WRONG_ACCOUNTS)
async def test_wrong_accounts_have_a_number_of_their_own(plan_attack, role, address, number):
    attack = await plan_attack()
    attack.swap_in(role, pubkey=address)
    assert (await attack.refused()).custom_code == number


@pytest.mark.parametrize(
    ("role", "stands_for", "number"),
    [
        ("hop0.vault_in", "user_source_token_account", 6025),
        ("hop0.vault_out", "user_destination_token_account", 6025),
        ("hop0.vault_in", "hop0.vault_out", 6025),
        ("hop0.vault_out", "hop0.vault_in", 6025),
        ("user_source_token_account", "hop0.vault_in", 6025),
        ("user_source_token_account", "user_destination_token_account", 6025),
        ("user_destination_token_account", "user_source_token_account", 6021),
        ("hop0.mint_in", "hop0.mint_out", 6019),
        ("hop0.pool", "hop0.vault_in", 3007),
    ],
)
async def test_an_account_in_the_place_of_another_is_refused(plan_attack, role, stands_for, number):
    attack = await plan_attack()
    attack.swap_in(role, pubkey=attack.address(stands_for))
    assert (await attack.refused()).custom_code == number


async def test_sides_cannot_be_exchanged(plan_attack):
    attack = await plan_attack()
    vaults = attack.address("hop0.vault_in"), attack.address("hop0.vault_out")
    attack.swap_in("hop0.vault_in", pubkey=vaults[1])
    attack.swap_in("hop0.vault_out", pubkey=vaults[0])
    assert (await attack.refused()).custom_code == 6025


async def test_the_vault_as_destination_gives_the_user_nothing(plan_attack):
    attack = await plan_attack()
    attack.swap_in("user_destination_token_account", pubkey=attack.address("hop0.vault_out"))
    assert (await attack.refused()).custom_code == 6002


@pytest.mark.parametrize("form", FORMS)
async def test_nobody_spends_without_the_users_signature(market, plan_attack, form):
    attack = await plan_attack(form)
    await market.chain.set_lamports(market.zoe, 10**9)
    attack.swap_in("user_transfer_authority", is_signer=False)
    assert (await attack.refused(payer=market.zoe)).custom_code == 3010


@pytest.mark.parametrize("form", FORMS)
async def test_nobody_spends_what_is_not_theirs(market, plan_attack, form):
    attack = await plan_attack(form)
    await market.chain.set_lamports(market.zoe, 10**9)
    attack.swap_in("user_transfer_authority", pubkey=market.zoe)
    assert (await attack.refused(payer=market.zoe)).custom_code == 6025


@pytest.mark.parametrize("form", FORMS)
async def test_every_missing_account_is_noticed(plan_attack, form):
    attack = await plan_attack(form)
    metas, fixed = attack.instruction.accounts, len(FORMS[form].accounts)
    for count in range(len(metas)):
        attack.cut(metas[:count])
        expected = (3005,) if count < fixed else (6008,)
        assert (await attack.refused()).custom_code in expected


@pytest.mark.parametrize("form", FORMS)
async def test_data_that_is_cut_off_or_goes_on_is_refused(plan_attack, form):
    attack = await plan_attack(form)
    whole = attack.instruction.data
    for size in range(8, len(whole)):
        attack.say(whole[:size])
        assert (await attack.refused()).custom_code == 102
    attack.say(whole + b"\0")
    assert (await attack.refused()).custom_code == 102


async def test_data_without_a_known_instruction_is_refused(plan_attack):
    attack = await plan_attack()
    attack.say(b"short")
    assert (await attack.refused()).custom_code == 100
    attack.say(bytes(64))
    assert (await attack.refused()).custom_code == 101


@pytest.mark.parametrize("variant", [47, 75, 103, 111, 114, 255])
async def test_a_venue_without_pools_is_not_supported(plan_attack, variant):
    attack = await plan_attack()
    data = bytearray(attack.instruction.data)
    data[12] = variant
    attack.say(bytes(data))
    assert (await attack.refused()).custom_code == 6016


@pytest.mark.parametrize(
    "role", ["user_source_token_account", "user_destination_token_account", "hop0.vault_in", "hop0.vault_out"]
)
async def test_what_is_written_must_be_writable(plan_attack, role):
    attack = await plan_attack()
    attack.swap_in(role, is_writable=False)
    assert (await attack.refused()).custom_code == 2000


async def test_a_pool_forged_by_another_program_is_refused(market, plan_attack):
    attack = await plan_attack()
    forged = PoolRecord.at_venue(SOL_MINT, USDC, venue=RAYDIUM, fee_bps=0)
    account = pool_account(forged).model_copy(update={"address": market.zoe, "owner": TOKEN_PROGRAM})
    await market.chain.set_account(account)
    attack.swap_in("hop0.pool", pubkey=market.zoe)
    assert (await attack.refused()).custom_code == 3007


@pytest.mark.parametrize(("at", "number"), [(0, 3002), (9, 6016), (16, 6019), (48, 6019), (80, 6025), (112, 6025)])
async def test_a_pool_with_a_changed_record_is_refused(market, plan_attack, at, number):
    attack = await plan_attack()
    account = await market.chain.account(attack.address("hop0.pool"))
    data = bytearray(account.data)
    data[at] ^= 1
    await market.chain.set_account(account.model_copy(update={"data": bytes(data)}))
    assert (await attack.refused()).custom_code == number


async def test_a_pool_whose_bump_is_wrong_cannot_sign_for_its_vault(market, plan_attack):
    attack = await plan_attack()
    account = await market.chain.account(attack.address("hop0.pool"))
    data = bytearray(account.data)
    data[8] ^= 1
    await market.chain.set_account(account.model_copy(update={"data": bytes(data)}))
    assert (await attack.refused()).code == "program_error"


@pytest.mark.parametrize("size", [0, 8, 143, 145])
async def test_a_pool_of_another_size_is_refused(market, plan_attack, size):
    attack = await plan_attack()
    account = await market.chain.account(attack.address("hop0.pool"))
    data = account.data.ljust(size, b"\0")[:size]
    await market.chain.set_account(account.model_copy(update={"data": data}))
    assert (await attack.refused()).custom_code == 3003


async def test_a_pool_at_an_address_that_is_not_derived_is_refused(market, plan_attack):
    attack = await plan_attack()
    genuine = await market.chain.account(attack.address("hop0.pool"))
    await market.chain.set_account(genuine.model_copy(update={"address": market.zoe}))
    attack.swap_in("hop0.pool", pubkey=market.zoe)
    assert (await attack.refused()).custom_code == 6025


async def test_a_pool_that_lost_its_vault_is_refused(market, plan_attack):
    attack = await plan_attack()
    await market.chain.set_lamports(attack.address("hop0.vault_out"), 10**9)
    assert (await attack.refused()).custom_code == 6025


async def test_a_vault_of_another_wallet_is_refused(market, plan_attack):
    attack = await plan_attack()
    stolen = await market.chain.account(await market.give(USDC, 10**9, market.zoe))
    await market.chain.set_account(stolen.model_copy(update={"address": attack.address("hop0.vault_out")}))
    assert (await attack.refused()).custom_code == 6025


async def test_hops_must_meet(market, plan_attack):
    attack = await plan_attack(hop_count=2)
    other = await market.open_pool(BONK, attack.hops[1].out_of.mint, 10**12, 10**12, venue=WHIRLPOOL)
    for part, address in (("pool", other.address), ("vault_in", other.a.vault), ("vault_out", other.b.vault)):
        attack.swap_in(f"hop1.{part}", pubkey=address)
    attack.swap_in("hop1.mint_in", pubkey=BONK)
    assert (await attack.refused()).custom_code == 6010


async def test_a_route_cannot_end_where_it_began(market, plan_attack):
    attack = await plan_attack(hop_count=2)
    back = await market.open_pool(SOL_MINT, USDC, 10**12, 10**12, venue=WHIRLPOOL)
    parts = {"pool": back.address, "vault_in": back.b.vault, "vault_out": back.a.vault, "mint_out": SOL_MINT}
    for part, address in parts.items():
        attack.swap_in(f"hop1.{part}", pubkey=address)
    attack.swap_in("destination_mint", pubkey=SOL_MINT)
    attack.swap_in("user_destination_token_account", pubkey=attack.address("user_source_token_account"))
    assert (await attack.refused()).custom_code == 6018


async def test_one_mint_twice_is_noticed_before_anything_else(plan_attack):
    attack = await plan_attack("route_v2")
    attack.swap_in("destination_mint", pubkey=SOL_MINT)
    assert (await attack.refused()).custom_code == 6018


@pytest.mark.parametrize("role", ["source_token_program", "destination_token_program"])
async def test_a_token_program_that_is_not_the_mints_is_refused(plan_attack, role):
    attack = await plan_attack("route_v2")
    attack.swap_in(role, pubkey=TOKEN_2022_PROGRAM)
    assert (await attack.refused()).custom_code == 6014


async def test_a_token_program_that_is_missing_is_noticed(market, plan_attack):
    attack = await plan_attack()
    attack.swap_in("token_program", pubkey=TOKEN_2022_PROGRAM)
    assert (await attack.refused()).custom_code == 6015


async def test_the_place_of_token_2022_takes_nothing_else(plan_attack):
    attack = await plan_attack("shared_accounts_route")
    attack.swap_in("token_2022_program", pubkey=TOKEN_PROGRAM)
    assert (await attack.refused()).custom_code == 6014


@pytest.mark.parametrize("number", [1, 20, 255])
async def test_another_program_authority_is_refused(plan_attack, number):
    attack = await plan_attack("shared_accounts_route")
    attack.argue(authority_id=number)
    assert (await attack.refused()).custom_code == 6020


async def test_the_program_accounts_must_be_the_authoritys(market, plan_attack):
    attack = await plan_attack("shared_accounts_route")
    attack.swap_in("program_source_token_account", pubkey=attack.address("source_token_account"))
    assert (await attack.refused()).custom_code == 6025
    assert associated_token_address(program_authority(0), USDC, TOKEN_PROGRAM) == attack.address(
        "program_destination_token_account"
    )


async def test_the_platform_fee_needs_an_account_of_the_right_mint(market, plan_attack):
    attack = await plan_attack(platform_fee_bps=50)
    attack.swap_in("platform_fee_account", pubkey=attack.address("user_source_token_account"))
    assert (await attack.refused()).custom_code == 6022


async def test_a_share_of_positive_slippage_is_not_supported(plan_attack):
    attack = await plan_attack("route_v2")
    attack.argue(positive_slippage_bps=1)
    assert (await attack.refused()).custom_code == 6016


async def test_more_accounts_than_a_call_can_pass_on_are_refused(plan_attack):
    attack = await plan_attack()
    spare = tuple(AccountMeta(pubkey=attack.address("destination_mint")) for _ in range(60))
    attack.cut(attack.instruction.accounts + spare)
    assert "invalid" in (await attack.refused()).message


async def test_an_event_without_the_authoritys_signature_is_refused(plan_attack):
    attack = await plan_attack()
    attack.say(bytes.fromhex("e445a52e51cb9a1d") + bytes(120))
    attack.cut(())
    assert (await attack.refused()).custom_code == 3005
    attack.cut((AccountMeta(pubkey=EVENT_AUTHORITY),))
    assert (await attack.refused()).custom_code == 3010
    attack.cut((AccountMeta(pubkey=attack.market.maria, is_signer=True),))
    assert (await attack.refused()).custom_code == 2006


async def test_the_order_of_a_pools_mints_is_part_of_its_address():
    assert pool_address(SOL_MINT, USDC, RAYDIUM) != pool_address(USDC, SOL_MINT, RAYDIUM)
    assert pool_address(SOL_MINT, USDC, RAYDIUM) != pool_address(SOL_MINT, USDC, WHIRLPOOL)
