from __future__ import annotations

import pytest

from reev_tools.market.swap import POOL_BYTES, SWAP_PROGRAM, Pool, pool_account, read_pool
from reev_types.errors import ChainError
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
POOL = Pool.at_venue(SOL_MINT, USDC, venue=7, fee_bps=30)


def test_a_record_reads_back():
    assert len(POOL.encode()) == POOL_BYTES == 144
    assert Pool.decode(POOL.encode()) == POOL
    assert pool_account(POOL).owner == SWAP_PROGRAM


@pytest.mark.parametrize("data", [b"", bytes(144), POOL.encode()[:-1], POOL.encode() + b"\0"])
def test_other_data_is_no_pool(data):
    assert Pool.decode(data) is None


async def test_a_live_pool_knows_its_reserves(market):
    pool = await market.open_pool(SOL_MINT, USDC, 1_000, 2_000, fee_bps=25)
    assert (pool.a.amount_raw, pool.b.amount_raw, pool.fee_bps, pool.venue) == (1_000, 2_000, 25, 7)


async def test_a_live_pool_knows_transfer_fees(market):
    taxed = await market.mint_with_fee("TAXED", basis_points=100)
    pool = await market.open_pool(taxed, USDC, 1_000, 2_000)
    assert pool.a.transfer_fee.basis_points == 100
    assert pool.b.transfer_fee is None


async def test_what_is_no_pool_cannot_be_read(market):
    copied = pool_account(POOL).model_copy(update={"address": market.zoe})
    await market.chain.set_account(copied)
    for address in (POOL.address, USDC, market.zoe):
        with pytest.raises(ChainError) as refusal:
            await read_pool(market.chain, address)
        assert refusal.value.code == "unknown_pool"


async def test_a_pool_without_vaults_cannot_be_read(market):
    await market.chain.set_account(pool_account(POOL))
    with pytest.raises(ChainError, match="lost its mint or its vault"):
        await read_pool(market.chain, POOL.address)
