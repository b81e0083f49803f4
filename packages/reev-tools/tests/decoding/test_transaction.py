from __future__ import annotations

from solders.hash import Hash
from solders.keypair import Keypair
from solders.message import Message, MessageV1
from solders.pubkey import Pubkey
from solders.system_program import transfer as transfer_of
from solders.transaction import VersionedTransaction

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


PAYER = Keypair.from_seed(bytes(32))


def test_a_transaction_of_the_first_format_is_read():
    transfer = transfer_of({"from_pubkey": PAYER.pubkey(), "to_pubkey": PAYER.pubkey(), "lamports": 5})
    message = Message.new_with_blockhash([transfer], PAYER.pubkey(), Hash.default())
    (view,) = describe_transaction(bytes(VersionedTransaction(message, [PAYER])))
    address = str(PAYER.pubkey())
    assert (view.name, view.arguments["amount"]) == ("Transfer", "0.000000005 SOL")
    assert view.accounts == {"source": address, "destination": address}


def test_a_transaction_of_a_later_format_is_none():
    message = MessageV1.try_compile(PAYER.pubkey(), [], Hash.default())
    assert describe_transaction(bytes(VersionedTransaction(message, [PAYER]))) is None


def test_bytes_that_are_no_transaction_are_none():
    assert describe_transaction(b"") is None
    assert describe_transaction(b"\x01" * 200) is None
