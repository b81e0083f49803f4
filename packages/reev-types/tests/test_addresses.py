import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from reev_types.addresses import Address, decode_base58, encode_base58, is_address


@given(st.binary(max_size=64))
def test_bytes_survive_base58(data):
    assert decode_base58(encode_base58(data)) == data


def test_the_system_program_is_thirty_two_zero_bytes():
    assert decode_base58("1" * 32) == bytes(32)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("11111111111111111111111111111111", True),
        ("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", True),
        ("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTD", False),
        ("0PjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", False),
        ("", False),
        ("1" * 10_000, False),
        ("USER_WALLET_PUBKEY", False),
    ],
)
def test_an_address_is_base58_of_thirty_two_bytes(text, holds):
    assert is_address(text) is holds


def test_a_field_of_type_address_refuses_other_text():
    with pytest.raises(ValidationError, match="base58 address of 32 bytes"):
        TypeAdapter(Address).validate_python("abc")
