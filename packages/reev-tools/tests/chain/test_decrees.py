from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_tools.chain import World, encode_mint
from reev_tools.chain._decrees import checked_u64
from reev_tools.chain._extensions import Extension
from reev_tools.programs import create_associated_token_account, transfer_lamports
from reev_types.chain import AccountState, Instruction
from reev_types.errors import ChainError
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, TOKENS

SOL = 10**9
MINT = "3gvYRKWyXRR9xKWe1ZjPhLY5ZJRN7KDB4rFZFGoJfFk3"
NO_FEE = bytes(72) + struct.pack("<QQH", 0, 0, 0) * 2


async def install_mint(sandbox: Any, *extensions: tuple[int, bytes]) -> None:
    data = encode_mint(decimals=6, supply_raw=SOL, extensions=extensions)
    await sandbox.chain.set_account(AccountState(address=MINT, owner=TOKEN_2022_PROGRAM, lamports=SOL, data=data))


async def created_by_the_program(sandbox: Any, mint: str, program: str) -> AccountState:
    alice, bob = await sandbox.wallet("alice"), sandbox.keys.address("bob")
    address = sandbox.chain.associated_token_address(bob, mint, program)
    order = create_associated_token_account(alice, address, bob, mint, program)
    outcome = await sandbox.send(order, payer=alice)
    assert outcome.succeeded, outcome.failure
    account: AccountState = await sandbox.chain.account(address)
    return account


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token.symbol)
async def test_an_empty_balance_is_what_the_program_itself_creates(sandbox: Any, token: Any) -> None:
    expected = await created_by_the_program(sandbox, token.mint, token.program)
    address = await sandbox.chain.set_token_balance(sandbox.keys.address("bob"), token.mint, 0)
    assert await sandbox.chain.account(address) == expected


@pytest.mark.parametrize(
    "extensions",
    [
        [(Extension.TRANSFER_FEE_CONFIG, NO_FEE)],
        [(Extension.NON_TRANSFERABLE, b"")],
        [(Extension.TRANSFER_HOOK, bytes(64))],
        [(Extension.PAUSABLE, bytes(33))],
        [(Extension.METADATA_POINTER, bytes(64)), (Extension.TRANSFER_FEE_CONFIG, NO_FEE)],
        [(Extension.PAUSABLE, bytes(33)), (Extension.TRANSFER_FEE_CONFIG, NO_FEE)],
    ],
)
async def test_a_balance_has_the_extensions_that_the_program_gives_it(sandbox: Any, extensions: Any) -> None:
    await install_mint(sandbox, *extensions)
    expected = await created_by_the_program(sandbox, MINT, TOKEN_2022_PROGRAM)
    address = await sandbox.chain.set_token_balance(sandbox.keys.address("bob"), MINT, 0)
    assert await sandbox.chain.account(address) == expected


async def test_wrapped_sol_can_be_unwrapped_by_the_program(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    wrapped = await sandbox.chain.set_token_balance(alice, SOL_MINT, 3 * SOL, lamports=1)
    account = await sandbox.chain.account(wrapped)
    assert account.lamports == 3 * SOL + 2_039_280
    close = Instruction.model_validate(
        {
            "program_id": TOKEN_PROGRAM,
            "accounts": [
                {"pubkey": wrapped, "is_writable": True},
                {"pubkey": alice, "is_writable": True},
                {"pubkey": alice, "is_signer": True},
            ],
            "data": b"\x09",
        }
    )
    assert (await sandbox.send(close, payer=alice)).succeeded
    assert await sandbox.lamports(alice) == 13 * SOL + 2_039_280 - 5_000


async def test_more_lamports_than_back_wrapped_sol_are_kept(sandbox: Any) -> None:
    address = await sandbox.chain.set_token_balance(sandbox.keys.address("bob"), SOL_MINT, SOL, lamports=5 * SOL)
    assert await sandbox.lamports(address) == 5 * SOL


async def test_a_wallet_is_no_mint(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    with pytest.raises(ChainError) as caught:
        await sandbox.chain.set_token_balance(alice, alice, 1)
    assert (caught.value.code, caught.value.context) == ("unknown_mint", {"mint": alice})


async def test_a_damaged_mint_is_refused(sandbox: Any) -> None:
    data = encode_mint(decimals=6, supply_raw=SOL, extensions=[(19, b"metadata")])[:-1]
    await sandbox.chain.set_account(AccountState(address=MINT, owner=TOKEN_2022_PROGRAM, lamports=SOL, data=data))
    with pytest.raises(ChainError, match="extension 19") as caught:
        await sandbox.chain.set_token_balance(sandbox.keys.address("bob"), MINT, 1)
    assert caught.value.code == "unknown_mint"


@pytest.mark.parametrize("amount", [-1, 2**64])
async def test_amounts_outside_64_bits_are_refused(sandbox: Any, amount: int) -> None:
    bob = sandbox.keys.address("bob")
    requests = [
        sandbox.chain.set_lamports(bob, amount),
        sandbox.chain.set_token_balance(bob, TOKENS[1].mint, amount),
        sandbox.chain.set_token_balance(bob, TOKENS[1].mint, 1, lamports=amount),
    ]
    for request in requests:
        with pytest.raises(ChainError) as caught:
            await request
        assert caught.value.code == "amount_out_of_range"


async def test_wrapped_sol_that_no_lamports_could_back_is_refused(sandbox: Any) -> None:
    with pytest.raises(ChainError) as caught:
        await sandbox.chain.set_token_balance(sandbox.keys.address("bob"), SOL_MINT, 2**64 - 1)
    assert caught.value.code == "amount_out_of_range"


@given(st.integers(0, 2**64 - 1))
def test_every_amount_of_64_bits_is_kept(value: int) -> None:
    assert checked_u64("lamports", value) == value


async def test_the_whole_range_of_a_balance_can_be_set(sandbox: Any) -> None:
    bob = sandbox.keys.address("bob")
    await sandbox.chain.set_lamports(bob, 2**64 - 1)
    assert await sandbox.lamports(bob) == 2**64 - 1
    address = await sandbox.chain.set_token_balance(bob, TOKENS[1].mint, 2**64 - 1)
    assert (await sandbox.chain.token_account(address)).amount_raw == 2**64 - 1


async def test_an_account_without_lamports_is_removed(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    state = await sandbox.chain.account(alice)
    await sandbox.chain.set_account(state.model_copy(update={"lamports": 0}))
    assert await sandbox.chain.account(alice) is None


async def test_an_account_of_the_world_can_be_removed_from_a_session(sandbox: Any, open_sandbox: Any) -> None:
    mint = TOKENS[1].mint
    await sandbox.chain.set_lamports(mint, 0)
    assert await sandbox.chain.account(mint) is None
    assert await open_sandbox("another").chain.mint(mint) is not None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"executable": True}, "executable_account"),
        ({"owner": "BPFLoaderUpgradeab1e11111111111111111111111"}, "reserved_account"),
        ({"owner": "Sysvar1111111111111111111111111111111111111"}, "reserved_account"),
        ({"owner": "NativeLoader1111111111111111111111111111111"}, "reserved_account"),
        ({"address": TOKEN_PROGRAM}, "reserved_account"),
        ({"address": "SysvarC1ock11111111111111111111111111111111"}, "reserved_account"),
    ],
)
async def test_programs_and_sysvars_belong_to_the_world(sandbox: Any, change: dict[str, Any], code: str) -> None:
    alice = await sandbox.wallet("alice")
    state = await sandbox.chain.account(alice)
    with pytest.raises(ChainError) as caught:
        await sandbox.chain.set_account(state.model_copy(update=change))
    assert caught.value.code == code


async def test_a_program_cannot_be_turned_into_a_wallet(sandbox: Any) -> None:
    with pytest.raises(ChainError) as caught:
        await sandbox.chain.set_lamports(TOKEN_PROGRAM, 5)
    assert caught.value.code == "reserved_account"


async def test_money_set_by_decree_can_be_spent(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice", SOL + 5_000), await sandbox.wallet("bob", SOL)
    assert (await sandbox.send(transfer_lamports(alice, bob, SOL), payer=alice)).succeeded
    assert await sandbox.chain.account(alice) is None


def test_the_registry_covers_both_token_programs() -> None:
    assert {account.owner for account in World.genesis().accounts} == {TOKEN_PROGRAM, TOKEN_2022_PROGRAM}
