from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from solders.hash import Hash
from solders.instruction import CompiledInstruction
from solders.keypair import Keypair
from solders.message import Message, MessageHeader, MessageV0, MessageV1
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import VersionedTransaction

from reev_tools.chain import Keyring
from reev_tools.chain._compile import compile_message, sign
from reev_tools.chain._refusal import RefusalError
from reev_tools.chain._transactions import PACKET_BYTES, TransactionReader, signed_transaction
from reev_tools.programs import transfer_lamports
from reev_types.errors import ChainError

KEYS = Keyring(0, "transactions")
ALICE, BOB = KEYS.address("alice"), KEYS.address("bob")
SYSTEM = Pubkey.default()


def signed(*lamports: int) -> bytes:
    orders = [transfer_lamports(ALICE, BOB, each) for each in lamports]
    return bytes(sign(compile_message(ALICE, orders, [], Hash.default()), KEYS).transaction)


def refusal(raw: bytes) -> Any:
    with pytest.raises(RefusalError) as caught:
        TransactionReader(KEYS).read(raw)
    return caught.value.failure


def test_a_signed_transaction_is_read() -> None:
    raw = signed(5)
    read = TransactionReader(KEYS).read(raw)
    assert bytes(read.transaction) == raw
    assert str(read.keys[0]) == ALICE
    assert read.signature == str(VersionedTransaction.from_bytes(raw).signatures[0])


def test_a_legacy_transaction_is_read() -> None:
    signer = Keypair.from_seed(bytes(32))
    message = Message.new_with_blockhash([], signer.pubkey(), Hash.default())
    raw = bytes(VersionedTransaction(message, [signer]))
    assert TransactionReader(KEYS).read(raw).keys == (signer.pubkey(),)


def test_the_limit_is_one_packet() -> None:
    sizes = {len(signed(*range(count))): signed(*range(count)) for count in range(60, 80)}
    largest = max(size for size in sizes if size <= PACKET_BYTES)
    assert TransactionReader(KEYS).read(sizes[largest]).signature
    failure = refusal(sizes[min(size for size in sizes if size > PACKET_BYTES)])
    assert (failure.code, "1232" in failure.message) == ("too_large", True)


@pytest.mark.parametrize("raw", [b"", b"\1", signed(5)[:-1], b"\xff" * 200])
def test_what_cannot_be_decoded_is_refused(raw: bytes) -> None:
    assert refusal(raw).code == "invalid_transaction"


def test_bytes_after_the_transaction_are_refused() -> None:
    assert refusal(signed(5) + b"\0").message == "bytes follow the transaction"


def test_an_account_that_is_not_listed_is_refused() -> None:
    signer = Keypair.from_seed(bytes(32))
    order = CompiledInstruction(1, b"", bytes([9]))
    message = MessageV0(MessageHeader(1, 0, 1), [signer.pubkey(), SYSTEM], Hash.default(), [order], [])
    failure = refusal(bytes(VersionedTransaction(message, [signer])))
    assert (failure.code, "contradicts itself" in failure.message) == ("invalid_transaction", True)


def test_versions_after_0_are_refused() -> None:
    signer = Keypair.from_seed(bytes(32))
    message = MessageV1.try_compile(signer.pubkey(), [], Hash.default())
    failure = refusal(bytes(VersionedTransaction(message, [signer])))
    assert failure.message == "only legacy and version 0 transactions are supported"


def test_a_missing_signature_names_who_has_not_signed() -> None:
    message = compile_message(ALICE, [transfer_lamports(BOB, ALICE, 5)], [], Hash.default())
    half = [sign(message, KEYS).transaction.signatures[0], Signature.default()]
    failure = refusal(bytes(VersionedTransaction.populate(message, half)))
    assert (failure.code, failure.message) == ("missing_signature", f"{BOB} has not signed the transaction")


def test_what_was_read_once_is_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, raw = TransactionReader(KEYS), signed(5)
    first = reader.read(raw)
    monkeypatch.setattr(KEYS, "verify", lambda *_: False)
    assert reader.read(raw) is first


def test_only_the_latest_transactions_are_remembered() -> None:
    reader = TransactionReader(KEYS)
    first = reader.read(signed(0))
    for lamports in range(1, 65):
        reader.read(signed(lamports))
    assert reader.read(signed(0)) is not first


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_change_of_a_single_byte_gets_past_the_reader(data: st.DataObject) -> None:
    raw = signed(5)
    at = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:at] + bytes([raw[at] ^ data.draw(st.integers(1, 255))]) + raw[at + 1 :]
    assert refusal(changed).code in {"invalid_transaction", "missing_signature"}


async def test_the_bytes_of_a_signed_transaction_are_all_that_sending_it_again_takes(sandbox: Any) -> None:
    payer, friend = await sandbox.wallet("payer"), sandbox.keys.address("friend")
    prepared = await sandbox.chain.prepare([transfer_lamports(payer, friend, 10**9)], payer=payer)
    assert signed_transaction(prepared.raw) == prepared


def test_bytes_that_are_no_transaction_cannot_be_sent_again() -> None:
    with pytest.raises(ChainError) as caught:
        signed_transaction(b"no transaction")
    assert caught.value.code == "invalid_transaction"
