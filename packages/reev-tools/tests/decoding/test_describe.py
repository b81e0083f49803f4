import struct

import pytest

from reev_tools.chain import associated_token_address
from reev_tools.decoding import describe, describe_all
from reev_tools.programs import (
    create_associated_token_account,
    transfer_checked,
    transfer_checked_with_fee,
    transfer_lamports,
)
from reev_types.addresses import encode_base58
from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token

A, B, C, D = (encode_base58(bytes([number] * 32)) for number in range(1, 5))
USDC = find_token("USDC").mint


def test_a_sol_transfer_is_told_in_sol():
    view = describe(transfer_lamports(A, B, 100_000_000))
    assert (view.program, view.name) == ("System", "Transfer")
    assert view.arguments == {"amount": "0.1 SOL", "lamports": "100000000"}
    assert view.accounts == {"source": A, "destination": B}


def test_a_checked_transfer_is_told_in_its_token():
    view = describe(transfer_checked(TOKEN_PROGRAM, A, USDC, B, C, 15_000_000, 6))
    assert (view.program, view.name, view.arguments["amount"]) == ("Token", "TransferChecked", "15 USDC")
    assert view.accounts == {"source": A, "mint": USDC, "destination": B, "authority": C}


def test_a_transfer_with_fee_names_the_fee():
    view = describe(transfer_checked_with_fee(TOKEN_2022_PROGRAM, A, USDC, B, C, 10_000_000, 6, 100_000))
    assert (view.program, view.name) == ("Token-2022", "TransferCheckedWithFee")
    assert view.arguments["fee_raw"] == "100000"


def test_the_creation_of_an_account_names_its_owner():
    view = describe(create_associated_token_account(A, B, C, USDC, TOKEN_PROGRAM))
    assert (view.program, view.name, view.accounts["owner"]) == ("Associated Token", "CreateIdempotent", C)


@pytest.mark.parametrize(
    ("program", "data", "name"),
    [
        ("ComputeBudget111111111111111111111111111111", struct.pack("<BI", 2, 200_000), "SetComputeUnitLimit"),
        ("ComputeBudget111111111111111111111111111111", struct.pack("<BQ", 3, 7), "SetComputeUnitPrice"),
        ("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", b"hi", "Memo"),
        ("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL", b"", "Create"),
        (TOKEN_PROGRAM, struct.pack("<BQ", 3, 5), "Transfer"),
        (TOKEN_PROGRAM, bytes([9]), "CloseAccount"),
        (TOKEN_PROGRAM, bytes([3, 0]), "unknown"),
        (TOKEN_PROGRAM, b"", "unknown"),
        (TOKEN_PROGRAM, bytes([200]), "unknown"),
        (D, b"\x01", "unknown"),
    ],
)
def test_every_instruction_has_a_name_or_is_said_to_be_unknown(program, data, name):
    assert describe(Instruction(program_id=program, accounts=(), data=data)).name == name


def test_accounts_beyond_the_layout_are_numbered():
    metas = tuple(AccountMeta(pubkey=key) for key in (A, B, C, D))
    view = describe(Instruction(program_id=TOKEN_PROGRAM, accounts=metas, data=struct.pack("<BQ", 3, 5)))
    assert view.accounts["signer_3"] == D


def test_a_transfer_between_associated_accounts_is_told_in_its_token():
    source = associated_token_address(A, USDC, TOKEN_PROGRAM)
    metas = tuple(AccountMeta(pubkey=key) for key in (source, B, A))
    view = describe(Instruction(program_id=TOKEN_PROGRAM, accounts=metas, data=struct.pack("<BQ", 3, 5_000_000)))
    assert view.arguments == {"amount": "5 USDC", "amount_raw": "5000000"}


def test_what_one_instruction_says_of_an_account_helps_to_read_another():
    metas = tuple(AccountMeta(pubkey=key) for key in (B, D, C))
    transfer = Instruction(program_id=TOKEN_PROGRAM, accounts=metas, data=struct.pack("<BQ", 3, 5_000_000))
    assert "amount" not in describe(transfer).arguments
    _, view = describe_all([create_associated_token_account(A, B, C, USDC, TOKEN_PROGRAM), transfer])
    assert view.arguments["amount"] == "5 USDC"


def test_an_amount_of_an_unknown_mint_needs_its_decimals():
    checked = describe(transfer_checked(TOKEN_PROGRAM, A, D, B, C, 1_500, 3))
    assert checked.arguments["amount"].startswith("1.5 ")
    metas = tuple(AccountMeta(pubkey=key) for key in (D, A, C))
    minted = describe(Instruction(program_id=TOKEN_PROGRAM, accounts=metas, data=struct.pack("<BQ", 7, 5)))
    assert minted.arguments == {"amount_raw": "5"}


def test_an_unknown_instruction_shows_its_data_and_accounts():
    view = describe(Instruction(program_id=D, accounts=(AccountMeta(pubkey=A),), data=b"\xff\x00"))
    assert (view.program, view.arguments, view.accounts) == (D, {"data_hex": "ff00"}, {"account_0": A})
