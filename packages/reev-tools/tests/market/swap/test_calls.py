"""The program called by another program, which may be hostile, and as the caller of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reev_tools.chain import Vm, World, encode_mint
from reev_tools.market.swap import SWAP_PROGRAM, swap_image
from reev_types.chain import AccountMeta, AccountState

FORWARDER = "Forwarder1111111111111111111111111111111111"


@pytest.fixture(scope="session")
def vm() -> Vm:
    """The world of the other tests, with the forwarder of forwarder.c."""
    forwarder = Path(__file__).with_name("forwarder.so").read_bytes()
    return Vm(World.genesis(programs={SWAP_PROGRAM: swap_image(), FORWARDER: forwarder}))


def forwarded(attack):
    """Send the instruction through the forwarder."""
    accounts = (*attack.instruction.accounts, AccountMeta(pubkey=SWAP_PROGRAM))
    attack.instruction = attack.instruction.model_copy(update={"program_id": FORWARDER, "accounts": accounts})


async def test_a_wallet_program_may_swap_for_its_user(market, plan_attack):
    attack = await plan_attack()
    forwarded(attack)
    outcome = await market.send(attack.instruction)
    assert outcome.succeeded
    assert await market.held(attack.hops[0].out_of.mint) == int.from_bytes(outcome.return_data, "little")


async def test_a_program_cannot_add_the_users_signature(market, plan_attack):
    attack = await plan_attack()
    forwarded(attack)
    await market.chain.set_lamports(market.zoe, 10**9)
    attack.swap_in("user_transfer_authority", is_signer=False)
    assert (await attack.refused(payer=market.zoe)).custom_code == 3010


async def test_a_program_cannot_forge_an_event(plan_attack):
    attack = await plan_attack()
    attack.say(bytes.fromhex("e445a52e51cb9a1d") + bytes(120))
    attack.cut(attack.instruction.accounts[attack.at("event_authority") :])
    forwarded(attack)
    failure = await attack.refused()
    assert failure.custom_code == 3010


async def test_a_mint_of_another_program_cannot_get_that_program_called(market, plan_attack):
    # Else it would be called with the user's signature, and could call back.
    attack = await plan_attack()
    data = encode_mint(decimals=9, supply_raw=0)
    forged = AccountState(address=attack.address("hop0.mint_in"), owner=FORWARDER, lamports=10**9, data=data)
    await market.chain.set_account(forged)
    attack.cut((*attack.instruction.accounts, AccountMeta(pubkey=FORWARDER)))
    assert (await attack.refused()).custom_code == 6014
