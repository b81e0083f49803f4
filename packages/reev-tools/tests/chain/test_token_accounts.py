import pytest
from hypothesis import given
from hypothesis import strategies as st
from solders.token.state import TokenAccount, TokenAccountState

from reev_tools.chain import decode_token_account, encode_token_account
from reev_tools.chain._keys import pubkey
from reev_tools.chain._token_accounts import token_owner
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token

ADDRESS = "9XorNZB6QQNKNTD9yoC3x2S43gimwk6zt6GZpFwsThem"
OWNER = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"
MINT = find_token("USDC").mint
IMMUTABLE_OWNER = (7, b"")


@given(amount_raw=st.integers(0, 2**64 - 1), frozen=st.booleans())
def test_a_token_account_survives_the_round_trip(amount_raw: int, frozen: bool) -> None:
    data = encode_token_account(mint=MINT, owner=OWNER, amount_raw=amount_raw, frozen=frozen)
    for program in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM):
        account = decode_token_account(ADDRESS, program, data)
        assert account is not None
        assert (account.address, account.mint, account.owner, account.program) == (ADDRESS, MINT, OWNER, program)
        assert (account.amount_raw, account.frozen) == (amount_raw, frozen)


def test_solders_reads_the_same_account() -> None:
    data = encode_token_account(mint=MINT, owner=OWNER, amount_raw=5, native_reserve=2_039_280)
    account = TokenAccount.from_bytes(data)
    assert (str(account.mint), str(account.owner), account.amount) == (MINT, OWNER, 5)
    assert (account.state, account.is_native) == (TokenAccountState.Initialized, 2_039_280)
    assert (account.delegate, account.delegated_amount, account.close_authority) == (None, 0, None)


def test_only_an_account_of_the_native_mint_is_native() -> None:
    data = encode_token_account(mint=MINT, owner=OWNER, amount_raw=5)
    assert TokenAccount.from_bytes(data).is_native is None


def test_extensions_are_read_past() -> None:
    data = encode_token_account(mint=MINT, owner=OWNER, amount_raw=5, extensions=[IMMUTABLE_OWNER])
    account = decode_token_account(ADDRESS, TOKEN_2022_PROGRAM, data)
    assert account is not None
    assert account.amount_raw == 5
    assert decode_token_account(ADDRESS, TOKEN_PROGRAM, data) is None


@pytest.mark.parametrize("state", [0, 3])
def test_an_account_that_is_not_initialised_is_none(state: int) -> None:
    data = bytearray(encode_token_account(mint=MINT, owner=OWNER, amount_raw=5))
    data[108] = state
    assert decode_token_account(ADDRESS, TOKEN_PROGRAM, bytes(data)) is None


@given(st.binary(max_size=400), st.sampled_from([TOKEN_PROGRAM, TOKEN_2022_PROGRAM, OWNER]))
def test_any_bytes_are_a_token_account_or_none(data: bytes, program: str) -> None:
    account = decode_token_account(ADDRESS, program, data)
    assert account is None or bytes(pubkey(account.owner)) == token_owner(program, data)


def test_other_programs_have_no_token_accounts() -> None:
    data = encode_token_account(mint=MINT, owner=OWNER, amount_raw=5)
    assert decode_token_account(ADDRESS, OWNER, data) is None
    assert token_owner(OWNER, data) is None


def test_a_multisig_is_no_token_account() -> None:
    assert decode_token_account(ADDRESS, TOKEN_2022_PROGRAM, bytes([2]) * 355) is None
