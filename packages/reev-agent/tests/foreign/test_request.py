"""A foreign agent is asked in a body that stays small, whatever the wallet holds."""

import json

import pytest

from reev_agent.foreign._request import request_body
from reev_types.addresses import encode_base58
from reev_types.contexts import TokenBalance


@pytest.fixture
def body_for(request_for, context):
    """Return the body for a wallet with so many kinds of tokens, those of an even number empty."""

    def body_for(count):
        mints = [encode_base58(bytes([7] * 31 + [number])) for number in range(count)]
        balances = {
            mint: TokenBalance(mint=mint, balance=number % 2, decimals=6, symbol="T")
            for number, mint in enumerate(mints)
        }
        wallet = context.wallet_context.model_copy(update={"token_balances": balances})
        request = request_for().model_copy(update={"context": context.model_copy(update={"wallet_context": wallet})})
        return json.loads(request_body(request, "m"))

    return body_for


def test_a_wallet_of_usual_size_is_told_whole(body_for):
    body = body_for(64)
    assert len(body["account_states"]) == 65
    assert "left_out" not in body["context_prompt"]


def test_of_a_large_wallet_what_holds_something_is_told_and_how_much_is_left_out(body_for):
    body = body_for(200)
    states = [state for state in body["account_states"].values() if "mint" in state]
    assert len(states) == 64
    assert {state["amount"] for state in states} == {"1"}
    assert '"account_states_left_out": "136 more token accounts of the wallet"' in body["context_prompt"]
