from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from reev_runner.files._accounts import _OWNERS_OF_THE_WORLD
from reev_tools.chain._vm import _RESERVED_OWNERS
from reev_types.benchmarks import InitialToken, InitialWallet, TestCase

TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
PYUSD = "2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo"
TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"
STRANGER = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn"
JUPITER_LEND = "jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9"

Compile = Callable[..., TestCase]
Refuse = Callable[..., Any]


def entry_of(name: str, program: str, data: str) -> str:
    return f'  - {{pubkey: {name}, owner: "{program}", data: {{{data}}}}}\n'


def test_wallets_and_token_accounts_keep_names_and_order(compiled: Compile, known: SimpleNamespace):
    user, recipient, tokens = compiled().accounts
    assert user == InitialWallet(name="USER_WALLET_PUBKEY", lamports=1000, owner=known.system)
    assert recipient == InitialWallet(name="RECIPIENT_WALLET_PUBKEY", lamports=0, owner=known.system)
    assert tokens == InitialToken(
        name="USER_USDC_ATA", owner="USER_WALLET_PUBKEY", mint=known.usdc, program=known.token, amount_raw=70
    )


def test_lamports_of_a_token_account_are_kept_unless_they_are_zero(compiled: Compile):
    def lamports(text: str) -> int | None:
        entry = f"  - {{pubkey: T, owner: {TOKEN}, {text}data: {{mint: {USDC}, owner: {STRANGER}, amount: 1}}}}"
        return compiled(accounts=entry).accounts[3].lamports

    assert lamports("lamports: 2039280, ") == 2039280
    assert lamports("lamports: 0, ") is None
    assert lamports("") is None


def test_a_token_2022_mint_needs_its_own_program(compiled: Compile, refused: Refuse):
    data = f"mint: {PYUSD}, owner: USER_WALLET_PUBKEY, amount: 3"
    account = compiled(accounts=entry_of("P", TOKEN_2022, data)).accounts[3]
    assert isinstance(account, InitialToken)
    assert account.program == TOKEN_2022
    error = refused(accounts=entry_of("P", TOKEN, data))
    assert error.code == "wrong_token_program"
    assert error.at.startswith(f'"{TOKEN}"')


def test_an_account_of_another_program_holds_lamports_only(compiled: Compile, refused: Refuse):
    account = compiled(accounts=f"  - {{pubkey: VAULT, owner: {JUPITER_LEND}, lamports: 9}}").accounts[3]
    assert account == InitialWallet(name="VAULT", lamports=9, owner=JUPITER_LEND)
    with_tokens = entry_of("VAULT", JUPITER_LEND, f"mint: {USDC}, owner: USER_WALLET_PUBKEY, amount: 3")
    assert refused(accounts=with_tokens).code == "wrong_token_program"


@pytest.mark.parametrize("owner", sorted(_OWNERS_OF_THE_WORLD))
def test_an_owner_whose_accounts_no_session_can_set_is_refused(refused: Refuse, owner: str):
    error = refused(accounts=f"  - {{pubkey: VAULT, owner: {owner}, lamports: 9}}")
    assert error.code == "reserved_owner"
    assert error.at.startswith(owner)


def test_the_owners_that_are_refused_are_those_that_the_chain_reserves():
    assert {str(key) for key in _RESERVED_OWNERS} == _OWNERS_OF_THE_WORLD


def test_a_share_balance_on_a_wallet_becomes_a_token_account_of_its_own(compiled: Compile, known: SimpleNamespace):
    entry = entry_of("USER_WALLET_PUBKEY", JUPITER_LEND, 'jUSDC_balance: "120000000"')
    *others, shares = compiled(accounts=entry).accounts
    assert len(others) == 3
    assert shares == InitialToken(
        name="USER_jlUSDC_ATA",
        owner="USER_WALLET_PUBKEY",
        mint=known.shares,
        program=known.token,
        amount_raw=120_000_000,
    )


def test_the_name_of_a_share_account_never_grows_too_long(compiled: Compile):
    wallet = "W" * 64
    entries = f'  - {{pubkey: {wallet}, owner: "11111111111111111111111111111111"}}\n'
    account = compiled(accounts=entries + entry_of(wallet, JUPITER_LEND, "jlUSDC_balance: 1")).accounts[4]
    assert account.name == "W" * 44 + "_jlUSDC_ATA"


@pytest.mark.parametrize(
    ("entry", "code", "place", "words"),
    [
        (f"{{pubkey: T, owner: {TOKEN}}}", "missing_key", "{pubkey: T", "initial_state.3.data.mint: is required"),
        (f"{{pubkey: T, owner: {TOKEN}, data: {{mint: {USDC}, amount: 1}}}}", "missing_key", "{mint:", "data.owner"),
        (
            f"{{pubkey: {STRANGER}, owner: {TOKEN}, data: {{mint: {USDC}, owner: USER_WALLET_PUBKEY, amount: 1}}}}",
            "not_supported",
            STRANGER,
            "expected a name",
        ),
        (
            f"{{pubkey: T, owner: {TOKEN}, data: {{mint: {TOKEN}, owner: USER_WALLET_PUBKEY, amount: 1}}}}",
            "unknown_token",
            TOKEN,
            f"the mint {TOKEN} is not in the token registry",
        ),
        (
            f"{{pubkey: T, owner: {TOKEN}, data: {{mint: {USDC}, owner: USR_WALLET_PUBKEY, amount: 1}}}}",
            "undefined_placeholder",
            "USR_WALLET_PUBKEY",
            "expected a wallet of initial_state or an address, found USR_WALLET_PUBKEY",
        ),
        (
            f"{{pubkey: T, owner: {TOKEN}, data: {{mint: {USDC}, owner: USER_USDC_ATA, amount: 1}}}}",
            "undefined_placeholder",
            "USER_USDC_ATA",
            "found USER_USDC_ATA",
        ),
        (
            f"{{pubkey: T, owner: {TOKEN}, data: {{mint: {USDC}, owner: USER_WALLET_PUBKEY, amount: 1}}}}",
            "duplicate_account",
            "T, owner",
            "T is already declared in line 5",
        ),
        (f"{{pubkey: USER_USDC_ATA, owner: {STRANGER}}}", "duplicate_account", "USER_USDC_ATA, owner", "in line 5"),
        (f"{{pubkey: T, owner: {STRANGER}, data: aGk=}}", "not_supported", "aGk=", "as text cannot be run"),
        (
            f"{{pubkey: USER_WALLET_PUBKEY, owner: {STRANGER}, lamports: 1, data: {{jUSDC_balance: 1}}}}",
            "not_supported",
            "1, data",
            "give them in the wallet's own entry",
        ),
        (
            f"{{pubkey: USER_WALLET_PUBKEY, owner: {STRANGER}, data: {{jUSDX_balance: 1}}}}",
            "unknown_token",
            "1}",
            "'jUSDX' is no token that reev knows",
        ),
        (
            f"{{pubkey: USER_WALLET_PUBKEY, owner: {STRANGER}, data: {{jUSDC_balance: -1}}}}",
            "not_an_amount",
            "-1}",
            "expected an amount of 0 or more, found -1",
        ),
        (
            f"{{pubkey: NOBODY, owner: {STRANGER}, data: {{jUSDC_balance: 1}}}}",
            "undefined_placeholder",
            "{jUSDC_balance",
            "found NOBODY",
        ),
    ],
)
def test_an_account_that_cannot_exist_is_refused_where_it_stands(
    refused: Refuse, entry: str, code: str, place: str, words: str
):
    error = refused(accounts=f"  - {entry}")
    assert error.code == code
    assert error.at.startswith(place)
    assert words in error.message


def test_a_misspelt_owner_is_suggested(refused: Refuse):
    entry = f"  - {{pubkey: T, owner: {TOKEN}, data: {{mint: {USDC}, owner: USR_WALLET_PUBKEY, amount: 1}}}}"
    assert refused(accounts=entry).suggestions == ("did you mean USER_WALLET_PUBKEY?",)


def test_the_wallet_that_pays_the_fees_must_be_there(write: Callable[..., str], refused: Refuse):
    error = refused(write().replace("USER_WALLET_PUBKEY", "SOMEBODY"))
    assert error.code == "missing_wallet"
    assert error.at.startswith("- {pubkey: SOMEBODY")


def test_the_wallet_that_pays_the_fees_belongs_to_the_system_program(write: Callable[..., str], refused: Refuse):
    text = write().replace('"11111111111111111111111111111111", lamports: 1000', f"{STRANGER}, lamports: 1000")
    assert refused(text).code == "missing_wallet"
