import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_tools.chain._extensions import (
    ACCOUNT,
    MINT,
    Extension,
    append_extensions,
    holder_extensions,
    is_extended,
    read_extensions,
)

RECORDS = st.dictionaries(st.integers(1, 2**16 - 1), st.binary(max_size=80), min_size=1, max_size=6)


@given(RECORDS, st.sampled_from([MINT, ACCOUNT]))
def test_what_is_appended_can_be_read_back(records: dict[int, bytes], kind: int) -> None:
    data = append_extensions(bytes(82), kind, records.items())
    assert is_extended(data, kind)
    assert not is_extended(data, MINT + ACCOUNT - kind)
    assert read_extensions(data) == records


@given(st.binary(max_size=400))
def test_reading_any_bytes_gives_records_or_a_value_error(data: bytes) -> None:
    try:
        found = read_extensions(data)
    except ValueError:
        return
    assert sum(4 + len(content) for content in found.values()) <= max(len(data) - 166, 0)


def test_no_records_leave_the_base_as_it_is() -> None:
    assert append_extensions(bytes(82), MINT, []) == bytes(82)


def test_nothing_ever_has_the_size_of_a_multisig() -> None:
    content = bytes(355 - 166 - 4)
    data = append_extensions(bytes(82), MINT, [(19, content)])
    assert len(data) == 357
    assert read_extensions(data) == {19: content}
    assert not is_extended(data[:355], MINT)


def test_zero_ends_the_records() -> None:
    data = append_extensions(bytes(82), MINT, [(9, b"")]) + bytes(20)
    assert read_extensions(data) == {9: b""}


def test_a_record_that_runs_past_the_end_is_an_error() -> None:
    data = bytes(165) + bytes([MINT]) + struct.pack("<HH", 1, 108) + bytes(107)
    with pytest.raises(ValueError, match="extension 1"):
        read_extensions(data)


def test_holders_of_a_plain_mint_have_an_immutable_owner() -> None:
    assert holder_extensions({}) == [(Extension.IMMUTABLE_OWNER, b"")]


def test_holders_follow_the_extensions_of_the_mint() -> None:
    needed = holder_extensions({Extension.TRANSFER_FEE_CONFIG: bytes(108), Extension.METADATA_POINTER: bytes(64)})
    assert needed == [(Extension.IMMUTABLE_OWNER, b""), (Extension.TRANSFER_FEE_AMOUNT, bytes(8))]
