"""Account orders and flags, in the words of Jupiter's interface."""

from __future__ import annotations

import pytest

from reev_tools.market.swap import (
    EVENT_AUTHORITY,
    FORMS,
    SWAP_PROGRAM,
    LivePool,
    Reserve,
    decode_arguments,
    program_authority,
    route_plan,
    variant_named,
)
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token

WRITABLE = {
    "user_source_token_account",
    "user_destination_token_account",
    "source_token_account",
    "program_source_token_account",
    "program_destination_token_account",
    "destination_token_account",
    "platform_fee_account",
}
SIZES = {
    "route": 9,
    "exact_out_route": 11,
    "shared_accounts_route": 13,
    "shared_accounts_exact_out_route": 13,
    "route_v2": 10,
    "exact_out_route_v2": 10,
    "shared_accounts_route_v2": 12,
    "shared_accounts_exact_out_route_v2": 12,
}


def by_role(attack):
    return dict(zip(FORMS[attack.form].accounts, attack.instruction.accounts, strict=False))


@pytest.mark.parametrize("form", FORMS)
async def test_flags_are_those_of_the_interface(plan_attack, form):
    accounts = by_role(await plan_attack(form, platform_fee_bps=50))
    assert len(accounts) == SIZES[form]
    for role, meta in accounts.items():
        absent = meta.pubkey == SWAP_PROGRAM
        assert meta.is_writable == (role in WRITABLE and not absent), role
        assert meta.is_signer == (role == "user_transfer_authority"), role


@pytest.mark.parametrize("form", FORMS)
async def test_an_absent_account_is_the_program_itself(plan_attack, form):
    accounts = by_role(await plan_attack(form))
    optional = {"platform_fee_account", "token_2022_program"} | (
        set() if FORMS[form].shared else {"destination_token_account"}
    )
    for role in optional & accounts.keys():
        assert accounts[role].pubkey == SWAP_PROGRAM
    assert accounts["program"].pubkey == SWAP_PROGRAM
    assert accounts["event_authority"].pubkey == EVENT_AUTHORITY


async def test_the_accounts_of_a_hop_follow_in_order(plan_attack):
    attack = await plan_attack("route", 2)
    addresses = [meta.pubkey for meta in attack.instruction.accounts[9:]]
    expected = []
    for hop in attack.hops:
        expected += [hop.pool.address, hop.into.vault, hop.out_of.vault, hop.into.mint, hop.out_of.mint]
    assert addresses == expected


async def test_the_platform_of_a_second_form_follows_the_hops(market, plan_attack):
    attack = await plan_attack("route_v2", platform_fee_bps=50)
    usdc = attack.hops[0].out_of
    account = market.chain.associated_token_address(market.zoe, usdc.mint, usdc.program)
    assert attack.instruction.accounts[-1].pubkey == account


async def test_a_token_program_without_a_place_of_its_own_comes_last(market):
    pool = await market.open_pool(find_token("PYUSD").mint, find_token("USDC").mint, 10**12, 10**12)
    route = await market.instruction("route", [pool.hop(pool.a.mint)], 10**6)
    assert route.accounts[-1].pubkey == TOKEN_2022_PROGRAM
    second = await market.instruction("route_v2", [pool.hop(pool.a.mint)], 10**6)
    assert [meta.pubkey for meta in second.accounts[5:7]] == [TOKEN_2022_PROGRAM, TOKEN_PROGRAM]
    assert len(second.accounts) == 10 + 5


async def test_a_step_names_the_venue_and_the_direction(plan_attack):
    attack = await plan_attack("route", 2)
    first, second = decode_arguments(attack.instruction.data).plan
    assert (first.venue, second.venue) == ("Raydium", "Whirlpool")
    assert second.venue_fields == {"a_to_b": False}


def test_the_first_program_authority_is_the_real_one():
    assert program_authority(0) == "GGztQqQ6pCPaJQnNpXBgELr5cs3WwDakRbh1iEMzjgSJ"
    assert program_authority(19) == "CSLRLHSAyXrM1nFh7UxS1sfPzS65AtUcnasenJvGBAww"


@pytest.mark.parametrize(
    ("venue", "forward", "backward"),
    [
        ("Phoenix", {"side": "Ask"}, {"side": "Bid"}),
        ("Whirlpool", {"a_to_b": True}, {"a_to_b": False}),
        ("StakeDexSwapViaStake", {"bridge_stake_seed": 0}, {"bridge_stake_seed": 0}),
        ("Raydium", {}, {}),
    ],
)
def test_a_venue_is_told_what_it_needs_of_the_direction(venue, forward, backward):
    sol, usdc = find_token("SOL").mint, find_token("USDC").mint
    pool = LivePool("pool", variant_named(venue).number, 30, Reserve(sol, "a", 1), Reserve(usdc, "b", 1))
    (there, back) = route_plan([pool.hop(sol), pool.hop(usdc)])
    assert (there.venue, there.venue_fields, back.venue_fields) == (venue, forward, backward)
