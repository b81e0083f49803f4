import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.context import checked_owner
from reev_orchestrator.mocks import nobodys_address
from reev_types.addresses import encode_base58, is_address
from reev_types.errors import UserError
from reev_types.tokens import TOKEN_PROGRAM, find_token

WALLET = nobodys_address("somebody")
SECRET = encode_base58(bytes(range(1, 65)))


def refusal(text):
    with pytest.raises(UserError) as caught:
        checked_owner(text)
    assert caught.value.code == "invalid_wallet"
    assert caught.value.suggestions
    return caught.value


@given(st.binary(min_size=32, max_size=32))
def test_every_32_bytes_are_a_wallet(data):
    assert checked_owner(encode_base58(data)) == encode_base58(data)


@given(st.text(max_size=200).filter(lambda text: not is_address(text.strip())))
def test_any_other_text_is_refused_with_a_way_out(text):
    refusal(text)


def test_spaces_around_an_address_do_not_matter():
    assert checked_owner(f" {WALLET}\n") == WALLET


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no wallet is given"),
        ("  ", "no wallet is given"),
        (WALLET[:-1] + "0", "'0' at position"),
        (WALLET[:-1] + "l", "'l' at position"),
        (WALLET[:20], "does not stand for 32 bytes"),
        (WALLET + "abcdef", "does not stand for 32 bytes"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "an Ethereum address"),
        ("demo:balanced!", "':' at position 5"),
        (find_token("USDC").mint, "is the mint of USDC, not a wallet"),
        (TOKEN_PROGRAM, "is a token program, not a wallet"),
    ],
)
def test_the_refusal_says_what_is_wrong(text, message):
    assert message in refusal(text).message


@pytest.mark.parametrize("text", [SECRET, str(list(range(64))), "[12, 34, 56"])
def test_a_private_key_is_never_repeated(text):
    error = refusal(text)
    assert "private key" in error.message
    assert text not in str(error)
    assert not any(text[:20] in suggestion for suggestion in error.suggestions)
