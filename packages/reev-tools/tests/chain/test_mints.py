import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from solders.token.state import Mint

from reev_tools.chain import decode_mint, encode_mint
from reev_tools.chain._extensions import Extension
from reev_types.chain import MintInfo, TransferFee
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

ADDRESS = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"
AUTHORITY = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
ONE = struct.pack("<d", 1.0)


def decode(*extensions: tuple[int, bytes], epoch: int = 0) -> MintInfo:
    data = encode_mint(decimals=6, supply_raw=10, extensions=extensions)
    mint = decode_mint(ADDRESS, TOKEN_2022_PROGRAM, data, epoch)
    assert mint is not None
    return mint


def fee_config(*, older: tuple[int, int, int], newer: tuple[int, int, int]) -> bytes:
    return bytes(72) + struct.pack("<QQH", *older) + struct.pack("<QQH", *newer)


@given(decimals=st.integers(0, 255), supply_raw=st.integers(0, 2**64 - 1))
def test_a_plain_mint_survives_the_round_trip(decimals: int, supply_raw: int) -> None:
    data = encode_mint(decimals=decimals, supply_raw=supply_raw)
    for program in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM):
        expected = MintInfo(address=ADDRESS, program=program, decimals=decimals, supply_raw=supply_raw)
        assert decode_mint(ADDRESS, program, data, 0) == expected


def test_solders_reads_the_same_mint() -> None:
    data = encode_mint(decimals=6, supply_raw=99, mint_authority=AUTHORITY, freeze_authority=ADDRESS)
    mint = Mint.from_bytes(data)
    assert (mint.decimals, mint.supply, mint.is_initialized) == (6, 99, True)
    assert (str(mint.mint_authority), str(mint.freeze_authority)) == (AUTHORITY, ADDRESS)


def test_a_mint_without_authorities_has_none() -> None:
    mint = Mint.from_bytes(encode_mint(decimals=6, supply_raw=99))
    assert (mint.mint_authority, mint.freeze_authority) == (None, None)


@pytest.mark.parametrize("program", [TOKEN_PROGRAM, TOKEN_2022_PROGRAM])
def test_an_uninitialised_mint_is_none(program: str) -> None:
    assert decode_mint(ADDRESS, program, bytes(82), 0) is None


def test_other_programs_have_no_mints() -> None:
    assert decode_mint(ADDRESS, AUTHORITY, encode_mint(decimals=6, supply_raw=1), 0) is None


def test_the_older_token_program_has_no_extensions() -> None:
    data = encode_mint(decimals=6, supply_raw=1, extensions=[(9, b"")])
    assert decode_mint(ADDRESS, TOKEN_PROGRAM, data, 0) is None


@given(st.binary(max_size=400), st.sampled_from([TOKEN_PROGRAM, TOKEN_2022_PROGRAM]))
def test_any_bytes_are_a_mint_or_none(data: bytes, program: str) -> None:
    mint = decode_mint(ADDRESS, program, data, 0)
    assert mint is None or mint.program == program


@pytest.mark.parametrize(("epoch", "basis_points"), [(0, 50), (9, 50), (10, 100), (11, 100)])
def test_the_transfer_fee_is_that_of_the_epoch(epoch: int, basis_points: int) -> None:
    config = fee_config(older=(0, 1_000, 50), newer=(10, 2_000, 100))
    mint = decode((Extension.TRANSFER_FEE_CONFIG, config), epoch=epoch)
    assert mint.transfer_fee == TransferFee(basis_points=basis_points, maximum_raw=basis_points * 20)
    assert mint.blocking_extensions == ()


@pytest.mark.parametrize(
    ("extension", "harmless", "blocking"),
    [
        (Extension.DEFAULT_ACCOUNT_STATE, b"\1", b"\2"),
        (Extension.INTEREST_BEARING, bytes(52), bytes(50) + b"\5\0"),
        (Extension.INTEREST_BEARING, bytes(52), bytes(40) + b"\5\0" + bytes(10)),
        (Extension.TRANSFER_HOOK, b"\1" * 32 + bytes(32), b"\1" * 64),
        (Extension.SCALED_UI_AMOUNT, bytes(32) + ONE + bytes(8) + ONE, bytes(40) + bytes(8) + ONE),
        (Extension.SCALED_UI_AMOUNT, bytes(32) + ONE + bytes(8) + ONE, bytes(32) + ONE + bytes(16)),
        (Extension.PAUSABLE, bytes(33), bytes(32) + b"\1"),
    ],
)
def test_an_extension_blocks_by_what_it_says(extension: Extension, harmless: bytes, blocking: bytes) -> None:
    assert decode((extension, harmless)).blocking_extensions == ()
    assert decode((extension, blocking)).blocking_extensions == (extension.name.lower(),)
    assert decode((extension, b"")).blocking_extensions == (extension.name.lower(),)


def test_a_mint_that_cannot_be_transferred_says_so() -> None:
    assert decode((Extension.NON_TRANSFERABLE, b"")).blocking_extensions == ("non_transferable",)


def test_confidential_transfers_and_metadata_do_not_block() -> None:
    records = [(Extension.CONFIDENTIAL_TRANSFER_MINT, bytes(65)), (Extension.TOKEN_METADATA, b"name")]
    assert decode(*records).blocking_extensions == ()


def test_an_extension_that_nobody_knows_blocks() -> None:
    records = [(999, b""), (Extension.IMMUTABLE_OWNER, b""), (Extension.PAUSABLE, bytes(32) + b"\1")]
    assert decode(*records).blocking_extensions == ("unknown_7", "pausable", "unknown_999")


@pytest.mark.parametrize(
    "content",
    [b"", bytes(107), fee_config(older=(0, 0, 0), newer=(0, 0, 10_001))],
    ids=["empty", "short", "over 100 %"],
)
def test_a_damaged_fee_blocks(content: bytes) -> None:
    mint = decode((Extension.TRANSFER_FEE_CONFIG, content))
    assert (mint.transfer_fee, mint.blocking_extensions) == (None, ("malformed_extensions",))


def test_a_record_past_the_end_blocks() -> None:
    data = encode_mint(decimals=6, supply_raw=1, extensions=[(19, b"metadata")])[:-1]
    mint = decode_mint(ADDRESS, TOKEN_2022_PROGRAM, data, 0)
    assert mint is not None
    assert mint.blocking_extensions == ("malformed_extensions",)
