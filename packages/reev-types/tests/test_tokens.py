import pytest

from reev_types.addresses import is_address
from reev_types.errors import TokenError
from reev_types.tokens import SOL_MINT, TOKENS, find_lending_share, find_token, lending_share, symbol_of, token_of


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token.symbol)
def test_every_mint_is_an_address_and_every_name_finds_its_token(token):
    assert is_address(token.mint)
    assert {find_token(name) for name in (token.symbol, token.symbol.upper(), token.mint, *token.aliases)} == {token}


def test_no_name_means_two_tokens():
    names = [name.lower() for token in TOKENS for name in (token.symbol, *token.aliases)]
    assert len(names) == len(set(names))
    assert len({token.mint for token in TOKENS}) == len(TOKENS)


def test_a_lending_share_points_at_a_token_of_equal_decimals():
    for share in (token for token in TOKENS if token.underlying):
        underlying = token_of(share.underlying)
        assert underlying is not None
        assert underlying.decimals == share.decimals


def test_a_misspelt_symbol_is_an_error_that_suggests():
    with pytest.raises(TokenError) as caught:
        find_token("USCD")
    assert caught.value.code == "unknown_token"
    assert "did you mean USDC?" in caught.value.suggestions


@pytest.mark.parametrize("text", ["zzzz", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1w", "ЅОL"])
def test_what_is_not_in_the_registry_is_never_guessed(text):
    with pytest.raises(TokenError):
        find_token(text)


def test_an_unknown_mint_is_shown_by_its_address():
    assert symbol_of("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1w") == "EPjF…Dt1w"
    assert symbol_of(SOL_MINT) == "SOL"


def test_a_token_that_can_be_lent_has_a_share():
    usdc = find_token("USDC").mint
    assert lending_share(usdc) is find_lending_share(usdc) is find_token("jlUSDC")


def test_other_tokens_have_no_share():
    assert lending_share(find_token("BONK").mint) is None
    with pytest.raises(TokenError, match="no lending share of BONK") as caught:
        find_lending_share(find_token("BONK").mint)
    assert caught.value.code == "no_vault"
