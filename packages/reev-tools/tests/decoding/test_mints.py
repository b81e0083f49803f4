"""Which mint a token account holds, as far as anybody can tell."""

from reev_tools.chain import associated_token_address
from reev_tools.decoding._mints import Mints
from reev_types.addresses import encode_base58
from reev_types.tokens import TOKEN_PROGRAM, find_token

OWNER, ACCOUNT = (encode_base58(bytes([number] * 32)) for number in (1, 2))
USDC = find_token("USDC").mint


def test_what_is_known_counts():
    assert Mints({ACCOUNT: USDC}).of(ACCOUNT, OWNER) == USDC


def test_where_a_wallet_keeps_a_token_by_convention_says_which():
    assert Mints().of(associated_token_address(OWNER, USDC, TOKEN_PROGRAM), OWNER) == USDC
    assert Mints().of(ACCOUNT, OWNER) is None


def test_an_owner_that_is_only_a_place_in_a_table_says_nothing():
    assert Mints().of(ACCOUNT, f"{OWNER}[3]") is None
