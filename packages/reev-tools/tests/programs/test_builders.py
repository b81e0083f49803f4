"""Builders against those of solders, or against what the program does with them."""

from __future__ import annotations

import pytest
from solders import compute_budget
from solders.instruction import Instruction

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_tools.programs import (
    close_account,
    set_compute_unit_limit,
    set_compute_unit_price,
    sync_native,
    transfer_lamports,
)
from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM

SOL = 10**9


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (set_compute_unit_limit(1_400_000), compute_budget.set_compute_unit_limit(1_400_000)),
        (set_compute_unit_price(2**40), compute_budget.set_compute_unit_price(2**40)),
    ],
)
def test_compute_budgets_are_those_of_solders(ours, theirs: Instruction):
    assert (ours.program_id, ours.data, ours.accounts) == (str(theirs.program_id), bytes(theirs.data), ())


@pytest.fixture
async def wallet():
    keys = Keyring(0, "builders")
    chain = EmbeddedChain(Vm(World.genesis()), keys)
    owner = keys.address("OWNER")
    await chain.set_lamports(owner, 10 * SOL)
    return chain, owner, await chain.set_token_balance(owner, SOL_MINT, SOL)


async def send(chain, payer, *instructions):
    outcome = await chain.submit(await chain.prepare(instructions, payer=payer))
    assert outcome.succeeded


async def test_lamports_count_as_wrapped_sol_once_synchronised(wallet):
    chain, owner, account = wallet
    await send(chain, owner, transfer_lamports(owner, account, SOL))
    assert (await chain.token_account(account)).amount_raw == SOL
    await send(chain, owner, sync_native(TOKEN_PROGRAM, account))
    assert (await chain.token_account(account)).amount_raw == 2 * SOL


async def test_closing_an_account_of_wrapped_sol_pays_everything_out(wallet):
    chain, owner, account = wallet
    inside = (await chain.account(account)).lamports
    await send(chain, owner, close_account(TOKEN_PROGRAM, account, owner, owner))
    assert await chain.account(account) is None
    assert (await chain.account(owner)).lamports == 10 * SOL + inside - 5_000
