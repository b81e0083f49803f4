import pytest
from solders.token.associated import get_associated_token_address

from reev_tools.chain import associated_token_address
from reev_tools.chain._keys import is_on_curve, pubkey
from reev_types.errors import ChainError
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token

OWNER = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"


@pytest.mark.parametrize("text", ["", "0OIl", "1", OWNER + "1", "é" * 40])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ChainError) as caught:
        pubkey(text)
    assert caught.value.code == "invalid_address"


def test_the_associated_token_address_is_the_one_that_solders_derives() -> None:
    mint = find_token("USDC").mint
    expected = str(get_associated_token_address(pubkey(OWNER), pubkey(mint)))
    assert associated_token_address(OWNER, mint, TOKEN_PROGRAM) == expected


def test_the_two_token_programs_keep_different_accounts() -> None:
    mint = find_token("PYUSD").mint
    addresses = {associated_token_address(OWNER, mint, program) for program in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM)}
    assert len(addresses) == 2


def test_wallets_lie_on_the_curve_and_derived_addresses_do_not() -> None:
    assert is_on_curve(OWNER)
    assert not is_on_curve(associated_token_address(OWNER, find_token("USDC").mint, TOKEN_PROGRAM))
