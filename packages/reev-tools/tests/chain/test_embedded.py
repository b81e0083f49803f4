from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from solders.clock import Clock
from solders.hash import Hash
from solders.message import Message, MessageHeader, MessageV0, to_bytes_versioned
from solders.system_program import TransferParams, transfer
from solders.transaction import VersionedTransaction

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_tools.chain._keys import pubkey
from reev_tools.programs import transfer_lamports
from reev_types.chain import AccountMeta, Instruction, SignedTransaction
from reev_types.errors import ChainError

SOL = 10**9
MIRRORED = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"
CLOCK = "SysvarC1ock11111111111111111111111111111111"
VM = Vm(World.genesis())
KEYS = Keyring(0, "embedded")
ALICE, BOB = KEYS.address("alice"), KEYS.address("bob")


def signed_by_hand(sandbox: Any, message: Message | MessageV0) -> SignedTransaction:
    signers = message.account_keys[: message.header.num_required_signatures]
    signatures = [sandbox.keys.sign(signer, to_bytes_versioned(message)) for signer in signers]
    return SignedTransaction(
        raw=bytes(VersionedTransaction.populate(message, signatures)),
        signature=str(signatures[0]),
        blockhash=str(message.recent_blockhash),
    )


async def newest_blockhash(sandbox: Any, payer: str) -> Hash:
    prepared = await sandbox.chain.prepare([], payer=payer)
    return Hash.from_string(prepared.blockhash)


def legacy(payer: str, target: str, lamports: int, blockhash: Hash) -> Message:
    order = transfer(TransferParams(from_pubkey=pubkey(payer), to_pubkey=pubkey(target), lamports=lamports))
    return Message.new_with_blockhash([order], pubkey(payer), blockhash)


async def test_a_legacy_transaction_made_elsewhere_lands(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice"), sandbox.keys.address("bob")
    message = legacy(alice, bob, SOL, await newest_blockhash(sandbox, alice))
    outcome = await sandbox.chain.submit(signed_by_hand(sandbox, message))
    assert outcome.succeeded
    assert await sandbox.lamports(bob) == SOL


async def test_a_blockhash_that_was_never_handed_out_is_expired(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    outcome = await sandbox.chain.submit(signed_by_hand(sandbox, legacy(alice, alice, SOL, Hash.default())))
    assert (outcome.landed, outcome.failure.code) == (False, "blockhash_expired")


async def test_accounts_named_twice_make_a_transaction_invalid(sandbox: Any) -> None:
    alice = pubkey(await sandbox.wallet("alice"))
    bob = pubkey(await sandbox.wallet("bob"))
    blockhash = await newest_blockhash(sandbox, str(alice))
    message = MessageV0(MessageHeader(1, 0, 0), [alice, bob, bob], blockhash, [], [])
    outcome = await sandbox.chain.submit(signed_by_hand(sandbox, message))
    assert (outcome.landed, outcome.failure.code) == (False, "invalid_transaction")
    assert outcome.failure.message == "account loaded twice"


async def test_a_transaction_must_be_the_one_it_says_it_is(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    first, second = [
        await sandbox.chain.prepare([transfer_lamports(alice, alice, lamports)], payer=alice) for lamports in (1, 2)
    ]
    outcome = await sandbox.chain.submit(first.model_copy(update={"signature": second.signature}))
    assert (outcome.landed, outcome.failure.code) == (False, "invalid_transaction")
    assert outcome.signature == second.signature


async def test_a_landed_transaction_stays_already_processed_after_its_blockhash_expired(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    order = await sandbox.chain.prepare([transfer_lamports(alice, alice, 1)], payer=alice)
    assert (await sandbox.chain.submit(order)).succeeded
    await sandbox.chain.advance(slots=1_000)
    assert (await sandbox.chain.submit(order)).failure.code == "already_processed"


@pytest.mark.parametrize(
    "loader",
    [
        "BPFLoaderUpgradeab1e11111111111111111111111",
        "BPFLoader2111111111111111111111111111111111",
        "LoaderV411111111111111111111111111111111111",
    ],
)
async def test_no_session_can_call_a_loader_even_through_another_program(sandbox: Any, loader: str) -> None:
    alice = await sandbox.wallet("alice")
    for call in (
        Instruction(program_id=loader, accounts=(), data=b""),
        transfer_lamports(alice, alice, 1).model_copy(
            update={
                "accounts": (
                    AccountMeta(pubkey=alice, is_signer=True, is_writable=True),
                    AccountMeta(pubkey=alice, is_writable=True),
                    AccountMeta(pubkey=loader),
                )
            }
        ),
    ):
        outcome = await sandbox.send(call, payer=alice)
        assert (outcome.landed, outcome.failure.code) == (False, "invalid_transaction")
        assert loader in outcome.failure.message


async def test_only_a_landed_transaction_takes_a_slot(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    start = (await sandbox.chain.clock()).slot
    assert (await sandbox.send(transfer_lamports(alice, alice, 1), payer=alice)).slot == start
    assert (await sandbox.chain.clock()).slot == start + 1
    await sandbox.send(payer=sandbox.keys.address("pauper"))
    assert (await sandbox.chain.clock()).slot == start + 1


async def test_a_payer_whose_last_lamport_went_into_a_fee_is_gone(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice", 5_000), await sandbox.wallet("bob")
    first = await sandbox.send(transfer_lamports(alice, bob, 1), payer=alice)
    assert (first.landed, first.failure.code) == (True, "insufficient_lamports")
    assert await sandbox.chain.account(alice) is None
    second = await sandbox.send(transfer_lamports(alice, bob, 0), payer=alice)
    assert (second.landed, second.failure.code) == (False, "insufficient_lamports")


async def test_the_clock_account_shows_the_time_of_the_session(sandbox: Any) -> None:
    await sandbox.chain.advance(slots=432_000, seconds=77)
    now = await sandbox.chain.clock()
    account = await sandbox.chain.account(CLOCK)
    clock = Clock.from_bytes(account.data)
    assert (clock.slot, clock.unix_timestamp) == (now.slot, now.unix_timestamp) == (now.slot, 77)
    assert clock.epoch == VM.epoch(now.slot)


async def test_a_program_is_an_executable_account(sandbox: Any) -> None:
    assert (await sandbox.chain.account("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")).executable


@pytest.mark.parametrize("passing", [{"slots": 2**63}, {"seconds": 2**63}])
async def test_time_ends_where_the_clock_has_no_numbers_for_it(sandbox: Any, passing: dict[str, int]) -> None:
    before = await sandbox.chain.clock()
    with pytest.raises(ChainError) as caught:
        await sandbox.chain.advance(**passing)
    assert caught.value.code == "time_out_of_range"
    assert await sandbox.chain.clock() == before


async def test_a_mirrored_wallet_acts_without_its_key(sandbox: Any) -> None:
    sandbox.keys.adopt(MIRRORED)
    await sandbox.chain.set_lamports(MIRRORED, 10 * SOL)
    outcome = await sandbox.send(transfer_lamports(MIRRORED, sandbox.keys.address("bob"), SOL), payer=MIRRORED)
    assert outcome.succeeded
    assert await sandbox.lamports(MIRRORED) == 9 * SOL - 5_000


async def test_a_mirrored_wallet_and_a_keyed_one_sign_together(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    sandbox.keys.adopt(MIRRORED)
    await sandbox.chain.set_lamports(MIRRORED, 10 * SOL)
    outcome = await sandbox.send(transfer_lamports(MIRRORED, alice, SOL), payer=alice)
    assert outcome.succeeded
    assert outcome.fee_lamports == 10_000


async def test_a_mirrored_signature_counts_only_where_the_wallet_is_adopted(sandbox: Any, open_sandbox: Any) -> None:
    sandbox.keys.adopt(MIRRORED)
    await sandbox.chain.set_lamports(MIRRORED, SOL)
    order = await sandbox.chain.prepare([transfer_lamports(MIRRORED, MIRRORED, 1)], payer=MIRRORED)
    other = open_sandbox("other")
    await other.chain.set_lamports(MIRRORED, SOL)
    assert (await other.chain.submit(order)).failure.code == "missing_signature"


async def test_a_transaction_of_a_twin_session_is_valid_here_too(open_sandbox: Any) -> None:
    twins = [open_sandbox("twin"), open_sandbox("twin")]
    alice, _ = [await twin.wallet("alice") for twin in twins]
    order = await twins[0].chain.prepare([transfer_lamports(alice, alice, 1)], payer=alice)
    outcomes = [await twin.chain.submit(order) for twin in twins]
    assert outcomes[0] == outcomes[1]
    assert outcomes[0].succeeded


async def test_sessions_of_different_seeds_differ_in_blockhashes_and_hashes(open_sandbox: Any) -> None:
    one, two = open_sandbox("same", seed=1), open_sandbox("same", seed=2)
    assert await one.chain.state_hash() != await two.chain.state_hash()
    alice = await one.wallet("alice")
    order = await one.chain.prepare([], payer=alice)
    assert (await two.chain.submit(order)).failure.code == "blockhash_expired"


async def test_the_hash_tells_states_apart_that_differ_in_one_thing_only(open_sandbox: Any) -> None:
    plain, slot, time, wallet, gone = [open_sandbox("hash") for _ in range(5)]
    await slot.chain.advance(slots=1)
    await time.chain.advance(seconds=1)
    await wallet.wallet("alice", 1)
    await gone.chain.set_lamports("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", 0)
    hashes = {await each.chain.state_hash() for each in (plain, slot, time, wallet, gone)}
    assert len(hashes) == 5


async def test_equal_states_have_equal_hashes_however_they_came_about(open_sandbox: Any) -> None:
    straight, detour = open_sandbox("hash"), open_sandbox("hash")
    mint = await detour.chain.account("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v")
    await detour.wallet("alice")
    await detour.wallet("alice", 0)
    await detour.chain.set_lamports(mint.address, 5)
    await detour.chain.set_account(mint)
    assert await detour.chain.state_hash() == await straight.chain.state_hash()


async def test_a_checkpoint_is_not_changed_by_what_happens_later(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    checkpoint = await sandbox.chain.checkpoint()
    expected = await sandbox.chain.state_hash()
    await sandbox.send(transfer_lamports(alice, alice, 1), payer=alice)
    assert checkpoint.state_hash == expected
    await sandbox.chain.rewind(checkpoint)
    await sandbox.send(transfer_lamports(alice, alice, 2), payer=alice)
    await sandbox.chain.rewind(checkpoint)
    assert await sandbox.chain.state_hash() == expected


async def test_what_is_no_checkpoint_at_all_is_foreign(sandbox: Any) -> None:
    pretender = SimpleNamespace(state_hash=await sandbox.chain.state_hash())
    with pytest.raises(ChainError) as caught:
        await sandbox.chain.rewind(pretender)
    assert caught.value.code == "foreign_checkpoint"


async def test_what_is_no_address_is_an_error_and_not_a_missing_account(sandbox: Any) -> None:
    with pytest.raises(ChainError) as caught:
        await sandbox.chain.account("USER_WALLET_PUBKEY")
    assert caught.value.code == "invalid_address"


@given(st.binary(max_size=300), st.integers(0, 300))
async def test_no_bytes_at_all_break_the_chain(noise: bytes, at: int) -> None:
    chain = EmbeddedChain(VM, KEYS)
    await chain.set_lamports(ALICE, 10 * SOL)
    order = await chain.prepare([transfer_lamports(ALICE, BOB, SOL)], payer=ALICE)
    before = await chain.state_hash()
    raw = order.raw[:at] + noise + order.raw[at + len(noise) :]
    if raw == order.raw:
        return
    outcome = await chain.submit(order.model_copy(update={"raw": raw}))
    assert not outcome.landed
    assert await chain.state_hash() == before
