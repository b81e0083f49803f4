from __future__ import annotations

import pytest
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.market import Market
from reev_tools.market._table import TABLE_CAPACITY, table_account
from reev_tools.market.lend import LEND_PROGRAM, LendOperation, lend_instruction
from reev_tools.market.swap import (
    FORMS,
    SWAP_PROGRAM,
    SwapArguments,
    SwapParties,
    quote_in,
    read_pool,
    route_plan,
    swap_instruction,
)
from reev_types.tokens import find_token

USDC = find_token("USDC").mint


@pytest.fixture(scope="module")
def vm() -> Vm:
    return Vm(Market.named().world())


@pytest.fixture
async def customer(vm):
    keys = Keyring(0, "table")
    chain = EmbeddedChain(vm, keys)
    await chain.set_lamports(keys.address("USER"), 10**10)
    return chain, keys.address("USER")


def named_in_full(transaction) -> set[str]:
    return set(map(str, VersionedTransaction.from_bytes(transaction.raw).message.account_keys))


async def test_a_lend_call_names_in_full_only_the_users_accounts_and_the_program(customer):
    chain, wallet = customer
    market = Market.named()
    vault = next(vault for vault in market.vaults() if vault.mint == USDC)
    shares = vault.addresses.f_token_mint
    mine = {await chain.set_token_balance(wallet, mint, 10**8) for mint in (USDC, shares)}
    for operation in (LendOperation.DEPOSIT, LendOperation.WITHDRAW):
        call = lend_instruction(operation, vault.addresses, wallet, 10**7)
        prepared = await chain.prepare([call], payer=wallet, lookup_tables=[market.lookup_table])
        assert named_in_full(prepared) == {wallet, LEND_PROGRAM, *mine}
        assert (await chain.submit(prepared)).failure is None


async def test_the_table_halves_a_shared_route_of_two_hops(customer):
    chain, wallet = customer
    market = Market.named()
    pools = {pool.name: pool.address for pool in market.pools}
    bonk, eurc = find_token("BONK").mint, find_token("EURC").mint
    first = (await read_pool(chain, pools["BONK-USDC"])).hop(bonk)
    hops = (first, (await read_pool(chain, pools["EURC-USDC"])).hop(USDC))
    source = await chain.set_token_balance(wallet, bonk, 10**9)
    destination = await chain.set_token_balance(wallet, eurc, 0)
    quoted_raw = quote_in(hops, 10**9, shared=True).received_raw
    arguments = SwapArguments(FORMS["shared_accounts_route"], route_plan(hops), 10**9, quoted_raw, 0)
    call = swap_instruction(arguments, hops, SwapParties(wallet, source, destination))
    with_table = await chain.prepare([call], payer=wallet, lookup_tables=[market.lookup_table])
    assert named_in_full(with_table) == {wallet, SWAP_PROGRAM, source, destination}
    without = await chain.prepare([call], payer=wallet)
    assert 2 * len(with_table.raw) < len(without.raw)
    assert (await chain.submit(with_table)).failure is None
    assert (await chain.token_account(destination)).amount_raw == quoted_raw


def test_a_table_holds_each_address_once():
    address = str(Pubkey(bytes(32)))
    assert len(table_account(address, [address, address]).data) == 56 + 32


def test_a_table_refuses_more_than_fits():
    keys = [str(Pubkey(number.to_bytes(32, "big"))) for number in range(TABLE_CAPACITY + 1)]
    assert len(table_account(keys[0], keys[:-1]).data) == 56 + 32 * TABLE_CAPACITY
    with pytest.raises(ValueError, match="holds 256 addresses"):
        table_account(keys[0], keys)
