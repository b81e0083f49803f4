from __future__ import annotations

import struct
from typing import Any

import pytest
from solders.account import Account
from solders.hash import Hash

from reev_tools.chain import Keyring
from reev_tools.chain._compile import compile_message, sign
from reev_tools.chain._keys import LOOKUP_TABLE_PROGRAM, pubkey
from reev_tools.chain._tables import lookup_table, named_accounts
from reev_tools.programs import SYSTEM_PROGRAM, transfer_checked, transfer_lamports
from reev_types.chain import AccountMeta, AccountState, Instruction
from reev_types.errors import ChainError
from reev_types.tokens import find_token

SOL = 10**9
NEVER = 2**64 - 1
USDC = find_token("USDC")
TABLE = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"
TARGETS = [USDC.mint, find_token("JUP").mint, find_token("BONK").mint]


def table(*targets: str, kind: int = 1, deactivated: int = NEVER, extended: int = 0, since: int = 0) -> bytes:
    header = struct.pack("<IQQBB32sH", kind, deactivated, extended, since, 0, bytes(32), 0)
    return header + b"".join(bytes(pubkey(target)) for target in targets)


def usable(data: bytes, slot: int = 100, owner: str = LOOKUP_TABLE_PROGRAM) -> list[str]:
    account = Account(SOL, data, pubkey(owner))
    return [str(key) for key in lookup_table(pubkey(TABLE), account, slot).addresses]


def error_code(account: Account | None) -> str:
    with pytest.raises(ChainError) as caught:
        lookup_table(pubkey(TABLE), account, 100)
    return caught.value.code


async def install(sandbox: Any, data: bytes) -> None:
    await sandbox.chain.set_account(AccountState(address=TABLE, owner=LOOKUP_TABLE_PROGRAM, lamports=SOL, data=data))


def test_a_table_lists_its_addresses() -> None:
    assert usable(table(*TARGETS)) == TARGETS


def test_what_a_table_gained_in_this_slot_is_not_usable_yet() -> None:
    data = table(*TARGETS, extended=100, since=1)
    assert usable(data, slot=100) == TARGETS[:1]
    assert usable(data, slot=101) == TARGETS


@pytest.mark.parametrize(
    "account",
    [
        None,
        Account(SOL, table(*TARGETS), pubkey(SYSTEM_PROGRAM)),
        Account(SOL, table()[:-1], pubkey(LOOKUP_TABLE_PROGRAM)),
        Account(SOL, table(kind=0), pubkey(LOOKUP_TABLE_PROGRAM)),
    ],
    ids=["missing", "of another program", "too short", "uninitialised"],
)
def test_what_is_no_table_is_unknown(account: Account | None) -> None:
    assert error_code(account) == "unknown_lookup_table"


def test_a_deactivated_table_is_not_used() -> None:
    account = Account(SOL, table(*TARGETS, deactivated=5), pubkey(LOOKUP_TABLE_PROGRAM))
    assert error_code(account) == "inactive_lookup_table"


async def test_tokens_move_through_a_table(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice"), await sandbox.wallet("bob")
    source = await sandbox.chain.set_token_balance(alice, USDC.mint, 10)
    target = await sandbox.chain.set_token_balance(bob, USDC.mint, 0)
    await install(sandbox, table(bob, target, USDC.mint, source))
    order = transfer_checked(USDC.program, source, USDC.mint, target, alice, 4, 6)
    prepared = await sandbox.chain.prepare([order], payer=alice, lookup_tables=[TABLE])
    outcome = await sandbox.chain.submit(prepared)
    assert outcome.succeeded
    assert {each.address for each in outcome.changes} == {alice, source, target}
    assert (await sandbox.chain.token_account(target)).amount_raw == 4


async def test_an_account_named_through_a_table_keeps_its_place_in_failures(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice"), sandbox.keys.address("bob")
    tokens = await sandbox.chain.set_token_balance(alice, USDC.mint, 10)
    await install(sandbox, table(USDC.mint, bob))
    orders = [
        transfer_checked(USDC.program, tokens, USDC.mint, tokens, alice, 4, 6),
        transfer_lamports(alice, bob, 1),
    ]
    prepared = await sandbox.chain.prepare(orders, payer=alice, lookup_tables=[TABLE])
    outcome = await sandbox.chain.submit(prepared)
    assert outcome.failure.message == f"{bob} would hold too little to be rent-exempt"


def test_named_accounts_come_in_the_order_of_the_vm_and_writable_ones_are_told_apart() -> None:
    keys = Keyring(0, "tables")
    payer, cosigner, static = (keys.address(name) for name in ("payer", "cosigner", "static"))
    metas = (
        AccountMeta(pubkey=cosigner, is_signer=True),
        AccountMeta(pubkey=static, is_writable=True, is_signer=True),
        AccountMeta(pubkey=TARGETS[0]),
        AccountMeta(pubkey=TARGETS[1], is_writable=True),
    )
    account = Account(SOL, table(*TARGETS), pubkey(LOOKUP_TABLE_PROGRAM))
    order = Instruction(program_id=SYSTEM_PROGRAM, accounts=metas, data=b"")
    message = compile_message(payer, [order], [lookup_table(pubkey(TABLE), account, 1)], Hash.default())
    named = named_accounts(sign(message, keys), {pubkey(TABLE): account}.get)
    assert [str(key) for key in named.every[:2]] == [payer, static]
    assert [str(key) for key in named.every[2:]] == [cosigner, SYSTEM_PROGRAM, TARGETS[1], TARGETS[0], TABLE]
    assert [str(key) for key in named.writable] == [payer, static, TARGETS[1]]


async def test_a_table_that_has_gone_since_makes_the_transaction_invalid(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice"), await sandbox.wallet("bob")
    await install(sandbox, table(bob))
    prepared = await sandbox.chain.prepare([transfer_lamports(alice, bob, SOL)], payer=alice, lookup_tables=[TABLE])
    await sandbox.chain.set_lamports(TABLE, 0)
    outcome = await sandbox.chain.submit(prepared)
    assert (outcome.landed, outcome.failure.code) == (False, "invalid_transaction")
    assert outcome.failure.message == "address lookup table not found"


async def test_a_table_that_has_shrunk_since_makes_the_transaction_invalid(sandbox: Any) -> None:
    alice, bob = await sandbox.wallet("alice"), await sandbox.wallet("bob")
    await install(sandbox, table(alice, bob))
    prepared = await sandbox.chain.prepare([transfer_lamports(alice, bob, SOL)], payer=alice, lookup_tables=[TABLE])
    await install(sandbox, table(alice))
    outcome = await sandbox.chain.submit(prepared)
    assert outcome.failure.message == "invalid address lookup table index"


async def test_an_unknown_table_cannot_be_prepared_with(sandbox: Any) -> None:
    alice = await sandbox.wallet("alice")
    with pytest.raises(ChainError) as caught:
        await sandbox.chain.prepare([transfer_lamports(alice, alice, 1)], payer=alice, lookup_tables=[TABLE])
    assert caught.value.code == "unknown_lookup_table"
