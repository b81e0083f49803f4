from __future__ import annotations

from solders.pubkey import Pubkey

from reev_tools.decoding import describe_all, describe_transaction
from reev_tools.market import Market
from reev_tools.market.lend import LendOperation
from reev_tools.programs import transfer_lamports


async def test_a_transaction_reads_as_what_it_was_built_of(customer):
    orders = [transfer_lamports(customer.address, customer.sol, 5), customer.swap("route_v2")]
    signed = await customer.chain.prepare(orders, payer=customer.address)
    assert describe_transaction(signed.raw) == describe_all(orders)


async def test_accounts_of_a_table_are_named_by_their_place_until_the_table_is_known(customer):
    table = Market.named().lookup_table
    order = customer.lend(LendOperation.DEPOSIT, 5)
    signed = await customer.chain.prepare([order], payer=customer.address, lookup_tables=[table])
    (view,) = describe_transaction(signed.raw)
    assert view.name == "deposit"
    assert view.accounts["vault"].startswith(f"{table}[")
    data = (await customer.chain.account(table)).data
    addresses = [str(Pubkey(data[at : at + 32])) for at in range(56, len(data), 32)]
    assert describe_transaction(signed.raw, {table: addresses}) == describe_all([order])


def test_bytes_that_are_no_transaction_are_none():
    assert describe_transaction(b"") is None
    assert describe_transaction(b"\x01" * 200) is None
