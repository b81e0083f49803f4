import pytest

from reev_runner.report._names import Names, amount, grouped, signed_amount
from reev_types.events import NamedAccount
from reev_types.tokens import SOL_MINT

USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
WALLET = "LQVcTQajEfHFgC7dJeWJ6R3uBsqZrSdp9rTzv344p4A"
STRANGER = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCpm"


@pytest.fixture
def names() -> Names:
    return Names([NamedAccount(name="USER_WALLET_PUBKEY", address=WALLET, lamports=1)])


def test_an_account_of_the_benchmark_is_called_by_its_name(names):
    assert names.address(WALLET) == "USER_WALLET_PUBKEY"


def test_any_other_account_is_called_by_the_ends_of_its_address(names):
    assert names.address(STRANGER) == "J1to…GCpm"


def test_a_mint_is_called_by_its_symbol(names):
    assert names.value(USDC) == "USDC"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.1", "0.1"), (100, "100"), (None, "null"), ({"b": [1, True]}, '{"b": [1, true]}'), ("\x1b[2Jx", "x")],
)
def test_an_argument_is_shown_as_text_or_json(names, value, shown):
    assert names.value(value) == shown


def test_addresses_inside_a_text_are_named(names):
    assert names.within(f"{WALLET} pays {STRANGER} in {USDC}") == "USER_WALLET_PUBKEY pays J1to…GCpm in USDC"


def test_a_word_that_only_looks_like_an_address_stays(names):
    word = "z" * 44
    assert names.within(word) == word


def test_a_name_that_claims_to_be_a_terminal_is_shown_as_text():
    names = Names([NamedAccount(name="\x1b[31m[red]PAY\u202eME", address=WALLET, lamports=1)])
    assert names.address(WALLET) == "[red]PAY�ME"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0", "0"), ("0.5", "0.5"), ("-0.5", "-0.5"), ("1234.5", "1,234.5"), ("-1234567", "-1,234,567"), ("999", "999")],
)
def test_thousands_are_grouped(number, shown):
    assert grouped(number) == shown


def test_an_amount_is_shown_in_units_of_its_token():
    assert (amount(1_500_250_000, USDC), amount(5_000)) == ("1,500.25 USDC", "0.000005 SOL")


def test_an_amount_of_an_unknown_mint_stays_raw():
    assert amount(1_500, STRANGER) == "1,500 raw units of J1to…GCpm"


def test_a_difference_has_its_sign():
    assert [signed_amount(raw, SOL_MINT) for raw in (1, -1, 0)] == ["+0.000000001 SOL", "-0.000000001 SOL", "0 SOL"]
