import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.context.sources._accounts import mint_decimals, token_account
from reev_orchestrator.mocks import nobodys_address
from reev_types.addresses import decode_base58

OWNER, MINT = nobodys_address("owner"), nobodys_address("mint")


def parsed(amount="15", decimals=6, **info):
    facts = {"mint": MINT, "owner": OWNER, "tokenAmount": {"amount": amount, "decimals": decimals, "uiAmount": None}}
    return {"program": "spl-token", "parsed": {"type": "account", "info": facts | info}, "space": 165}


def in_base64(raw):
    return [base64.b64encode(raw).decode(), "base64"]


def account_bytes(amount_raw, state=1):
    return decode_base58(MINT) + decode_base58(OWNER) + amount_raw.to_bytes(8, "little") + bytes(36) + bytes([state])


@given(st.integers(0, 2**64 - 1), st.sampled_from(["initialized", "frozen"]))
def test_both_encodings_say_the_same(amount_raw, state):
    one = token_account(parsed(str(amount_raw), state=state))
    other = token_account(in_base64(account_bytes(amount_raw, 2 if state == "frozen" else 1) + bytes(56)))
    assert one.owner == other.owner == OWNER
    assert one.held._replace(decimals=None) == other.held
    assert one.held.decimals == 6


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        "text",
        {},
        [],
        parsed("-1"),
        parsed("1.5"),
        parsed(""),
        parsed("１"),
        parsed(5),
        parsed(decimals="6"),
        parsed(decimals=True),
        parsed(decimals=None),
        parsed(tokenAmount=[]),
        ["AAAA", "base58"],
        ["AAAA", "base64"],
        ["not base64!", "base64"],
    ],
)
def test_what_is_no_token_account_is_an_error_that_callers_know(data):
    with pytest.raises((LookupError, TypeError, ValueError)):
        token_account(data)


def test_decimals_are_read_in_both_encodings():
    mint = {"parsed": {"type": "mint", "info": {"decimals": 9}}}
    assert mint_decimals(mint) == mint_decimals(in_base64(bytes(44) + bytes([9]) + bytes(37))) == 9


def test_another_account_than_a_mint_has_no_decimals():
    assert mint_decimals(parsed()) is None
    assert mint_decimals(in_base64(bytes(10))) is None
