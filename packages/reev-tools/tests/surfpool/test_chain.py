"""What the contract of all chains does not ask of a surfpool."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from solders.clock import Clock

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_tools.market.swap import SWAP_PROGRAM, swap_image
from reev_tools.programs import SYSTEM_PROGRAM, create_associated_token_account, transfer_lamports
from reev_tools.surfpool import SurfpoolChain
from reev_types.chain import AccountState, SandboxChain
from reev_types.errors import ChainError
from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM

SOL = 10**9
CLOCK = "SysvarC1ock11111111111111111111111111111111"
WORLD = World.genesis(programs={SWAP_PROGRAM: swap_image()})
KEYS = Keyring(1, "surfpool")
ALICE, BOB = KEYS.address("alice"), KEYS.address("bob")


@pytest.fixture
async def chain(open_surfpool: Any) -> SurfpoolChain:
    opened: SurfpoolChain = await open_surfpool(KEYS, WORLD)
    await opened.set_lamports(ALICE, 10 * SOL)
    return opened


async def clock_sysvar(chain: SandboxChain) -> Clock:
    account = await chain.account(CLOCK)
    assert account is not None
    return Clock.from_bytes(account.data)


async def test_programs_see_the_same_time_as_on_the_embedded_chain(chain: SurfpoolChain) -> None:
    embedded = EmbeddedChain(Vm(WORLD), KEYS)
    assert await chain.clock() == await embedded.clock()
    for each in (chain, embedded):
        await each.set_lamports(ALICE, 10 * SOL)
        await each.advance(slots=500_000, seconds=86_400)
        outcome = await each.submit(await each.prepare([transfer_lamports(ALICE, BOB, SOL)], payer=ALICE))
        assert outcome.succeeded
    assert await clock_sysvar(chain) == await clock_sysvar(embedded)


async def test_surfpool_keeps_no_time_of_its_own(chain: SurfpoolChain) -> None:
    before = await clock_sysvar(chain)
    await asyncio.sleep(0.05)  # fifty of surfpool's slots
    assert await clock_sysvar(chain) == before


@pytest.mark.parametrize("address", [SWAP_PROGRAM, SYSTEM_PROGRAM, CLOCK])
async def test_programs_and_sysvars_belong_to_the_world(address: str, chain: SurfpoolChain) -> None:
    with pytest.raises(ChainError) as refused:
        await chain.set_lamports(address, SOL)
    assert refused.value.code == "reserved_account"


async def test_a_mirrored_wallet_signs_nothing_that_a_node_would_take(open_surfpool: Any) -> None:
    keys = Keyring(1, "surfpool")
    mirrored = Keyring(2, "somebody else").address("carol")
    keys.adopt(mirrored)
    chain = await open_surfpool(keys)
    await chain.set_lamports(mirrored, SOL)
    order = await chain.prepare([transfer_lamports(mirrored, BOB, SOL // 2)], payer=mirrored)
    outcome = await chain.submit(order)
    assert outcome.failure.code == "missing_signature"
    assert not outcome.landed


async def test_a_simulation_leaves_out_the_calls_among_programs(chain: SurfpoolChain) -> None:
    address = chain.associated_token_address(ALICE, SOL_MINT, TOKEN_PROGRAM)
    creation = create_associated_token_account(ALICE, address, ALICE, SOL_MINT, TOKEN_PROGRAM)
    order = await chain.prepare([creation], payer=ALICE)
    foreseen, outcome = await chain.simulate(order), await chain.submit(order)
    assert [call.program_id for call in outcome.inner_instructions].count(SYSTEM_PROGRAM) == 1
    assert foreseen == outcome.model_copy(update={"inner_instructions": ()})


async def test_a_transaction_runs_to_its_end_when_its_sender_gives_up(chain: SurfpoolChain) -> None:
    order = await chain.prepare([transfer_lamports(ALICE, BOB, SOL)], payer=ALICE)
    checkpoint = await chain.checkpoint()
    sending = asyncio.ensure_future(chain.submit(order))
    await asyncio.sleep(0)
    sending.cancel()
    await chain.advance(seconds=1)  # waits for its turn
    outcome = await chain.landed(order.signature)
    assert outcome is not None
    assert outcome.succeeded
    await chain.rewind(checkpoint)
    assert await chain.account(BOB) is None


async def test_transactions_sent_at_once_each_tell_their_own_changes(chain: SurfpoolChain) -> None:
    orders = [await chain.prepare([transfer_lamports(ALICE, BOB, part * SOL)], payer=ALICE) for part in (1, 2, 3)]
    outcomes = await asyncio.gather(*map(chain.submit, orders))
    received = [change.lamports_after - change.lamports_before for each in outcomes for change in each.changes]
    assert sorted(amount for amount in received if amount > 0) == [SOL, 2 * SOL, 3 * SOL]
    assert await chain.history() == tuple(outcomes)


async def test_many_accounts_are_rewound(chain: SurfpoolChain) -> None:
    checkpoint = await chain.checkpoint()
    addresses = [KEYS.address(f"holder {number}") for number in range(30)]
    for address in addresses:
        await chain.set_account(AccountState(address=address, owner=SYSTEM_PROGRAM, lamports=SOL, data=b""))
    await chain.rewind(checkpoint)
    assert [await chain.account(address) for address in addresses] == [None] * 30
    assert await chain.state_hash() == checkpoint.state_hash


async def test_a_chain_cannot_be_opened_where_nothing_listens() -> None:
    with pytest.raises(ChainError) as failed:
        await SurfpoolChain.open("http://127.0.0.1:9", KEYS, WORLD)
    assert failed.value.code == "rpc_unreachable"
