from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from reev_tools.chain import Vm, World, encode_token_account
from reev_tools.chain._keys import CLOCK_SYSVAR, LOADERS, SYSVAR_OWNER, pubkey
from reev_tools.programs import SYSTEM_PROGRAM, transfer_lamports
from reev_types.chain import AccountState
from reev_types.errors import ChainError
from reev_types.tokens import TOKEN_PROGRAM, find_token

SOL = 10**9
STRANGER = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"


class PanicError(BaseException):
    """Stands for a panic in Rust, which pyo3 raises outside Exception."""


def breakdown(raised: BaseException) -> Callable[[object], Any]:
    def send(transaction: object) -> Any:
        raise raised

    return send


def test_the_world_is_there_at_the_start(vm: Vm) -> None:
    mint = vm.genesis(pubkey(find_token("USDC").mint))
    assert mint is not None
    assert str(mint.owner) == TOKEN_PROGRAM


def test_no_wallet_is_funded_at_the_start(vm: Vm) -> None:
    assert vm._svm.get_program_accounts(pubkey(SYSTEM_PROGRAM)) == []


@pytest.mark.parametrize(
    "address",
    [
        SYSTEM_PROGRAM,
        TOKEN_PROGRAM,
        str(CLOCK_SYSVAR),
        "Sysvar1nstructions1111111111111111111111111",
        "LoaderV411111111111111111111111111111111111",
        "3gvYRKWyXRR9xKWe1ZjPhLY5ZJRN7KDB4rFZFGoJfFk2",
    ],
)
def test_programs_their_data_loaders_and_sysvars_are_reserved(vm: Vm, address: str) -> None:
    assert vm.is_reserved(pubkey(address))


@pytest.mark.parametrize("address", [STRANGER, find_token("USDC").mint])
def test_wallets_and_mints_are_not_reserved(vm: Vm, address: str) -> None:
    assert not vm.is_reserved(pubkey(address))


def test_owners_of_programs_and_sysvars_are_reserved() -> None:
    assert all(map(Vm.is_reserved_owner, [*LOADERS, SYSVAR_OWNER]))
    assert not Vm.is_reserved_owner(pubkey(TOKEN_PROGRAM))


def test_epochs_have_432000_slots(vm: Vm) -> None:
    assert vm.epoch(vm.start_slot + 432_000) == vm.epoch(vm.start_slot) + 1


def test_the_world_knows_where_it_keeps_tokens_of_an_owner() -> None:
    data = encode_token_account(mint=find_token("USDC").mint, owner=STRANGER, amount_raw=5)
    places = ["9XorNZB6QQNKNTD9yoC3x2S43gimwk6zt6GZpFwsThem", "3gvYRKWyXRR9xKWe1ZjPhLY5ZJRN7KDB4rFZFGoJfFk3"]
    accounts = [AccountState(address=each, owner=TOKEN_PROGRAM, lamports=2_039_280, data=data) for each in places]
    vm = Vm(World.genesis(accounts))
    assert {str(key) for key in vm.genesis_token_accounts(pubkey(STRANGER))} == set(places)
    assert vm.genesis_token_accounts(pubkey(places[0])) == ()


def test_a_program_that_is_no_elf_is_refused() -> None:
    with pytest.raises(ChainError) as caught:
        Vm(World.genesis(programs={STRANGER: b"no ELF"}))
    assert caught.value.code == "bad_program"


async def test_nothing_of_a_session_stays_behind(vm: Vm, sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    assert (await sandbox.send(transfer_lamports(alice, STRANGER, SOL), payer=alice)).succeeded
    assert vm.fingerprint() == vm.genesis_hash


async def test_a_payer_emptied_by_a_fee_leaves_nothing_behind(vm: Vm, sandbox: Any) -> None:
    alice = await sandbox.wallet("alice", 5_000)
    assert (await sandbox.send(transfer_lamports(alice, STRANGER, 1), payer=alice)).landed
    assert vm.fingerprint() == vm.genesis_hash


async def test_lamports_sent_to_a_program_stay_in_the_session(vm: Vm, open_sandbox: Callable[..., Any]) -> None:
    giver, other = open_sandbox("giver"), open_sandbox("other")
    alice = await giver.wallet("alice")
    before = await other.lamports(TOKEN_PROGRAM)
    for gift in (SOL, 2 * SOL):
        assert (await giver.send(transfer_lamports(alice, TOKEN_PROGRAM, gift), payer=alice)).succeeded
    assert await giver.lamports(TOKEN_PROGRAM) == before + 3 * SOL
    assert await other.lamports(TOKEN_PROGRAM) == before
    assert vm.fingerprint() == vm.genesis_hash


async def test_a_panic_becomes_a_chain_error_and_the_vm_starts_afresh(
    open_sandbox: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    vm = Vm(World.genesis())
    sandbox = open_sandbox(on=vm)
    alice = await sandbox.wallet("alice")
    before = await sandbox.chain.state_hash()
    monkeypatch.setattr(vm._svm, "send_transaction", breakdown(PanicError("index out of bounds")))
    with pytest.raises(ChainError, match="index out of bounds") as caught:
        await sandbox.send(transfer_lamports(alice, STRANGER, SOL), payer=alice)
    assert caught.value.code == "vm_failed"
    assert await sandbox.chain.state_hash() == before
    assert vm.fingerprint() == vm.genesis_hash
    assert (await sandbox.send(transfer_lamports(alice, STRANGER, SOL), payer=alice)).succeeded


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), SystemExit()])
async def test_an_interruption_stays_one(
    open_sandbox: Callable[..., Any], interruption: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    vm = Vm(World.genesis())
    sandbox = open_sandbox(on=vm)
    alice = await sandbox.wallet("alice")
    order = await sandbox.chain.prepare([transfer_lamports(alice, STRANGER, SOL)], payer=alice)
    monkeypatch.setattr(vm._svm, "send_transaction", breakdown(interruption))
    with pytest.raises(type(interruption)):
        sandbox.chain.submit(order).send(None)
    assert vm.fingerprint() == vm.genesis_hash


def test_threads_may_share_the_vm(vm: Vm, open_sandbox: Callable[..., Any]) -> None:
    def episode(number: int) -> Any:
        async def run() -> list[int]:
            sandbox = open_sandbox(f"thread {number}")
            alice = await sandbox.wallet("alice", 10 * SOL + number)
            for _ in range(20):
                await sandbox.send(transfer_lamports(alice, STRANGER, SOL // 10), payer=alice)
            return [await sandbox.lamports(alice), await sandbox.lamports(STRANGER)]

        return finished(run())

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(episode, range(12)))
    assert found == [[8 * SOL + number - 20 * 5_000, 2 * SOL] for number in range(12)]


def finished(coroutine: Any) -> Any:
    """Return what a coroutine that never waits comes to."""
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    return done.value.value
