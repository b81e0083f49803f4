from solders.account import Account
from solders.pubkey import Pubkey

from reev_tools.chain._states import account_state, mint_info, token_account, token_accounts
from reev_types.chain import AccountState

KEY = Pubkey.from_bytes(bytes([7] * 32))
SYSTEM = Pubkey.default()
WALLET = Account(5, b"", SYSTEM)


def test_an_account_is_told_as_it_stands():
    assert account_state(str(KEY), WALLET) == AccountState(
        address=str(KEY), owner=str(SYSTEM), lamports=5, data=b"", executable=False
    )


def test_where_there_is_no_account_there_is_nothing():
    assert account_state(str(KEY), None) is None
    assert mint_info(str(KEY), None, 0) is None
    assert token_account(str(KEY), None) is None
    assert token_accounts([(KEY, None)]) == ()


def test_a_wallet_is_neither_mint_nor_token_account():
    assert mint_info(str(KEY), WALLET, 0) is None
    assert token_account(str(KEY), WALLET) is None
    assert token_accounts([(KEY, WALLET)]) == ()
