"""Token-2022 mints with a transfer fee, moved by the real program."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from reev_tools.chain import encode_mint
from reev_tools.chain._extensions import Extension
from reev_tools.programs import transfer_checked, transfer_checked_with_fee
from reev_types.chain import AccountState
from reev_types.tokens import TOKEN_2022_PROGRAM

SOL = 10**9
MINT = "3gvYRKWyXRR9xKWe1ZjPhLY5ZJRN7KDB4rFZFGoJfFk3"
EPOCH_SLOTS = 432_000


async def install_mint(sandbox: Any, *, older: tuple[int, int, int], newer: tuple[int, int, int]) -> None:
    config = bytes(72) + struct.pack("<QQH", *older) + struct.pack("<QQH", *newer)
    data = encode_mint(decimals=6, supply_raw=2**63, extensions=[(Extension.TRANSFER_FEE_CONFIG, config)])
    await sandbox.chain.set_account(AccountState(address=MINT, owner=TOKEN_2022_PROGRAM, lamports=SOL, data=data))


async def received(sandbox: Any, amount_raw: int) -> int:
    """Send ``amount_raw`` and return what arrived, checking that the mint had foretold it."""
    alice, bob = await sandbox.wallet("alice"), await sandbox.wallet("bob")
    source = await sandbox.chain.set_token_balance(alice, MINT, amount_raw)
    target = await sandbox.chain.set_token_balance(bob, MINT, 0)
    mint = await sandbox.chain.mint(MINT)
    order = transfer_checked(TOKEN_2022_PROGRAM, source, MINT, target, alice, amount_raw, 6)
    outcome = await sandbox.send(order, payer=alice)
    assert outcome.succeeded, outcome.failure
    arrived: int = (await sandbox.chain.token_account(target)).amount_raw
    assert amount_raw - arrived == mint.transfer_fee.of(amount_raw)
    return arrived


@pytest.mark.parametrize(
    ("amount_raw", "arrives"), [(1, 0), (99, 98), (100, 99), (101, 99), (10_000, 9_900), (10**12, 10**12 - 5_000)]
)
async def test_the_fee_is_withheld_rounded_up_and_capped(sandbox: Any, amount_raw: int, arrives: int) -> None:
    await install_mint(sandbox, older=(0, 5_000, 100), newer=(0, 5_000, 100))
    assert await received(sandbox, amount_raw) == arrives


async def test_the_fee_changes_with_the_epoch(sandbox: Any, vm: Any) -> None:
    next_epoch = vm.epoch(vm.start_slot) + 1
    await install_mint(sandbox, older=(0, SOL, 100), newer=(next_epoch, SOL, 200))
    assert await received(sandbox, 10_000) == 9_900
    await sandbox.chain.advance(slots=EPOCH_SLOTS)
    assert await received(sandbox, 10_000) == 9_800


async def test_the_change_of_the_recipient_is_what_arrived(sandbox: Any) -> None:
    await install_mint(sandbox, older=(0, SOL, 100), newer=(0, SOL, 100))
    alice, bob = await sandbox.wallet("alice"), await sandbox.wallet("bob")
    source = await sandbox.chain.set_token_balance(alice, MINT, 10_000)
    target = await sandbox.chain.set_token_balance(bob, MINT, 0)
    order = transfer_checked_with_fee(TOKEN_2022_PROGRAM, source, MINT, target, alice, 1_000, 6, 10)
    outcome = await sandbox.send(order, payer=alice)
    moved = {each.address: each.token.after_raw - each.token.before_raw for each in outcome.changes if each.token}
    assert moved == {source: -1_000, target: 990}
