"""The tables of layouts, against instructions that solders builds and bytes put together by hand."""

from __future__ import annotations

import struct
from hashlib import sha256

import pytest
from solders import compute_budget, system_program
from solders.pubkey import Pubkey

from reev_tools.programs import VIEWS, layouts_in
from reev_types.addresses import encode_base58
from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

KEYS = [Pubkey(bytes([number] * 32)) for number in range(1, 9)]
A, B, C, D, *_ = map(str, KEYS)
LOOKUP_TABLE = "AddressLookupTab1e1111111111111111111111111"
ASSOCIATED = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL"
a, b, c, d, *_ = KEYS


def view_of(program: str, data: bytes, *accounts: str):
    metas = tuple(AccountMeta(pubkey=account) for account in accounts)
    return VIEWS[program](Instruction(program_id=program, accounts=metas, data=data))


def built(instruction):
    accounts = [str(meta.pubkey) for meta in instruction.accounts]
    return view_of(str(instruction.program_id), bytes(instruction.data), *accounts)


@pytest.mark.parametrize(
    ("instruction", "name", "arguments"),
    [
        (
            system_program.create_account({"from_pubkey": a, "to_pubkey": b, "lamports": 7, "space": 165, "owner": c}),
            "CreateAccount",
            {"lamports": "7", "space": "165", "program": C},
        ),
        (
            system_program.create_account_with_seed(
                {"from_pubkey": a, "to_pubkey": b, "base": c, "seed": "sé", "lamports": 7, "space": 1, "owner": d}
            ),
            "CreateAccountWithSeed",
            {"base": C, "seed": "sé", "lamports": "7", "space": "1", "program": D},
        ),
        (system_program.assign({"pubkey": a, "owner": b}), "Assign", {"program": B}),
        (
            system_program.assign_with_seed({"address": a, "base": b, "seed": "s", "owner": c}),
            "AssignWithSeed",
            {"base": B, "seed": "s", "program": C},
        ),
        (system_program.allocate({"pubkey": a, "space": 9}), "Allocate", {"space": "9"}),
        (
            system_program.allocate_with_seed({"address": a, "base": b, "seed": "s", "space": 9, "owner": c}),
            "AllocateWithSeed",
            {"base": B, "seed": "s", "space": "9", "program": C},
        ),
        (
            system_program.transfer_with_seed(
                {
                    "from_pubkey": a,
                    "from_base": b,
                    "from_seed": "s",
                    "from_owner": c,
                    "to_pubkey": d,
                    "lamports": 7,
                }
            ),
            "TransferWithSeed",
            {"lamports": "7", "seed": "s", "program": C},
        ),
        (
            system_program.advance_nonce_account({"nonce_pubkey": a, "authorized_pubkey": b}),
            "AdvanceNonceAccount",
            {},
        ),
        (
            system_program.authorize_nonce_account({"nonce_pubkey": a, "authorized_pubkey": b, "new_authority": c}),
            "AuthorizeNonceAccount",
            {"new_authority": C},
        ),
        (
            system_program.withdraw_nonce_account(
                {"nonce_pubkey": a, "authorized_pubkey": b, "to_pubkey": c, "lamports": 7}
            ),
            "WithdrawNonceAccount",
            {"lamports": "7"},
        ),
        (compute_budget.request_heap_frame(65_536), "RequestHeapFrame", {"bytes": "65536"}),
        (compute_budget.set_compute_unit_limit(9), "SetComputeUnitLimit", {"units": "9"}),
        (compute_budget.set_compute_unit_price(9), "SetComputeUnitPrice", {"micro_lamports": "9"}),
        (
            compute_budget.set_loaded_accounts_data_size_limit(9),
            "SetLoadedAccountsDataSizeLimit",
            {"bytes": "9"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_solders_builds_is_read(instruction, name, arguments):
    view = built(instruction)
    assert (view.name, view.arguments) == (name, arguments)


def test_the_accounts_of_what_solders_builds_have_their_roles():
    params = {"nonce_pubkey": a, "authorized_pubkey": b, "to_pubkey": c, "lamports": 7}
    accounts = built(system_program.withdraw_nonce_account(params)).accounts
    assert (accounts["source"], accounts["destination"], accounts["authority"]) == (A, C, B)
    assert built(system_program.transfer_with_seed(TRANSFER_WITH_SEED)).accounts == {
        "source": A,
        "base": B,
        "destination": D,
    }


TRANSFER_WITH_SEED = {
    "from_pubkey": a,
    "from_base": b,
    "from_seed": "s",
    "from_owner": c,
    "to_pubkey": d,
    "lamports": 7,
}
KEY = bytes(c)
OLD, NEW = TOKEN_PROGRAM, TOKEN_2022_PROGRAM


@pytest.mark.parametrize(
    ("program", "data", "name", "arguments"),
    [
        (OLD, b"\x00\x06" + KEY + b"\x00", "InitializeMint", {"freeze_authority": "none"}),
        (OLD, b"\x14\x06" + KEY + b"\x01" + KEY, "InitializeMint2", {"freeze_authority": C}),
        (OLD, b"\x06\x02\x01" + KEY, "SetAuthority", {"authority_type": "AccountOwner", "new_authority": C}),
        (OLD, b"\x06\x63\x00", "SetAuthority", {"authority_type": "99", "new_authority": "none"}),
        (OLD, b"\x10" + KEY, "InitializeAccount2", {"owner": C}),
        (OLD, b"\x181.5", "UiAmountToAmount", {"ui_amount": "1.5"}),
        (OLD, b"\x2d\x00", "UnwrapLamports", {"lamports": "none"}),
        (OLD, b"\x2d\x01" + struct.pack("<Q", 7), "UnwrapLamports", {"lamports": "7"}),
        (OLD, b"\x0a", "FreezeAccount", {}),
        (OLD, b"\x19\x00", "unknown", {"data_hex": "1900"}),
        (NEW, b"\x15\x07\x00\x08\x00", "GetAccountDataSize", {"extensions": "ImmutableOwner, MemoTransfer"}),
        (NEW, b"\x1a\x05\x32\x00" + bytes(8), "SetTransferFee", {"fee_bps": "50"}),
        (NEW, b"\x1c\x00\x02", "InitializeDefaultAccountState", {"state": "Frozen"}),
        (NEW, b"\x21\x00" + bytes(32) + b"\xff\xff", "InitializeInterestBearingMint", {"rate_bps": "-1"}),
        (NEW, b"\x23" + KEY, "InitializePermanentDelegate", {"delegate": C}),
        (NEW, b"\x24\x00" + bytes(32) + KEY, "InitializeTransferHook", {"hook_program": C}),
        (NEW, b"\x2c\x01", "Pause", {}),
        (ASSOCIATED, b"\x02", "RecoverNested", {}),
        (LOOKUP_TABLE, b"\x02\0\0\0" + struct.pack("<Q", 1) + KEY, "ExtendLookupTable", {"new_addresses": C}),
        (
            LOOKUP_TABLE,
            b"\0\0\0\0" + struct.pack("<QB", 5, 255),
            "CreateLookupTable",
            {"recent_slot": "5", "bump": "255"},
        ),
    ],
)
def test_bytes_are_read_as_documented(program, data, name, arguments):
    view = view_of(program, data)
    assert view.name == name
    assert arguments.items() <= view.arguments.items()


def test_the_name_of_a_token_2022_mint_is_read():
    text = b"".join(struct.pack("<I", len(part)) + part for part in (b"Gold\x1b[2J", b"G", b"http://x"))
    view = view_of(TOKEN_2022_PROGRAM, bytes([210, 225, 30, 162, 88, 184, 77, 141]) + text, A, B, A, B)
    assert view.name == "InitializeTokenMetadata"
    assert view.arguments == {"name": "Gold\\x1b[2J", "symbol": "G", "uri": "http://x"}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("héllo → 世界".encode(), "héllo → 世界"),
        (b"a\x1b[31mb\nc\x00", "a\\x1b[31mb\\nc\\x00"),
        ("\u202eevil".encode(), "\\u202eevil"),
        (b"\xff\xfe", "\\xff\\xfe"),
        (rb"\x1b", r"\\x1b"),
    ],
)
def test_a_memo_is_told_in_printable_characters_that_stand_for_one_text_alone(data, text):
    view = view_of("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", data, A)
    assert view.arguments == {"text": text}
    assert view.accounts == {"signer_0": A}


def test_what_follows_the_arguments_is_not_hidden():
    view = view_of(TOKEN_PROGRAM, struct.pack("<BQ", 3, 5) + b"\xab\xcd")
    assert view.arguments == {"amount_raw": "5", "trailing_hex": "abcd"}


def test_a_count_that_promises_more_than_there_is_makes_an_instruction_unknown():
    assert view_of(LOOKUP_TABLE, b"\x02\0\0\0" + b"\xff" * 8).name == "unknown"


@pytest.mark.parametrize(
    "data", [bytes([6, 0, 2]) + KEY, b"\x15\x07\x00\x08"], ids=["a flag beyond 1", "half an extension"]
)
def test_an_argument_that_cannot_be_makes_an_instruction_unknown(data):
    assert view_of(TOKEN_2022_PROGRAM, data).name == "unknown"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (b"\0", "name"),
        (b"\1", "symbol"),
        (b"\2", "uri"),
        (b"\3" + struct.pack("<I", 4) + b"tier", "key tier"),
    ],
)
def test_a_field_of_metadata_has_a_name_or_a_key(field, name):
    tag = sha256(b"spl_token_metadata_interface:updating_field").digest()[:8]
    view = view_of(TOKEN_2022_PROGRAM, tag + field + struct.pack("<I", 4) + b"gold")
    assert (view.name, view.arguments) == ("UpdateTokenMetadataField", {"field": name, "value": "gold"})


@pytest.mark.parametrize(("flag", "text"), [(b"\0", "false"), (b"\1", "true")])
def test_a_flag_is_true_or_false(flag, text):
    tag = sha256(b"spl_token_metadata_interface:remove_key_ix").digest()[:8]
    view = view_of(TOKEN_2022_PROGRAM, tag + flag + struct.pack("<I", 4) + b"tier")
    assert (view.name, view.arguments) == ("RemoveTokenMetadataKey", {"idempotent": text, "key": "tier"})


def test_a_row_that_is_no_layout_is_refused():
    with pytest.raises(ValueError, match="no layout"):
        layouts_in("3 Transfer(amount_raw: u64", str.encode)


def test_every_program_is_known_by_its_address():
    addresses = set(VIEWS)
    assert {encode_base58(bytes(32)), TOKEN_PROGRAM, TOKEN_2022_PROGRAM, ASSOCIATED, LOOKUP_TABLE} < addresses
    assert len(addresses) == 8
