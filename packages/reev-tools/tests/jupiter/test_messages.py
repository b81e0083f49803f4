"""What Jupiter answers is read within bounds: no number or name in it can break what works with it."""

from __future__ import annotations

from importlib import import_module

import pytest
from pydantic import ValidationError

import reev_tools.jupiter as jupiter
from reev_tools.jupiter import (
    LendEarnings,
    LendPosition,
    LendToken,
    Price,
    Quote,
    SwapInstructions,
    TokenInformation,
    WireInstruction,
)
from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
HOP = {
    "swapInfo": {
        "ammKey": USDC,
        "label": "Raydium",
        "inputMint": SOL_MINT,
        "outputMint": USDC,
        "inAmount": "100",
        "outAmount": "15",
    }
}
QUOTE = {
    "inputMint": SOL_MINT,
    "inAmount": "100",
    "outputMint": USDC,
    "outAmount": "15",
    "otherAmountThreshold": "15",
    "swapMode": "ExactIn",
    "slippageBps": 0,
    "priceImpactPct": "0",
    "routePlan": [HOP],
}
TOKEN = {
    "id": 2,
    "address": USDC,
    "name": "Jupiter Lend USDC",
    "symbol": "jlUSDC",
    "decimals": 6,
    "assetAddress": USDC,
    "asset": {"address": USDC, "name": "USD Coin", "symbol": "USDC", "decimals": 6},
    "totalAssets": "1",
    "totalSupply": "1",
    "convertToShares": "1",
    "convertToAssets": "1",
    "rewardsRate": "0",
    "supplyRate": "0",
    "totalRate": "0",
}
CALL = {"programId": USDC, "accounts": [], "data": ""}
ACCOUNT = {"pubkey": USDC, "isSigner": False, "isWritable": False}
PRICE = {"usdPrice": "1", "decimals": 6}
INFORMATION = {"id": USDC, "name": "USD Coin", "symbol": "USDC", "decimals": 6}
EARNINGS = {"address": USDC, "ownerAddress": USDC, "earnings": "1"}
SWAP = {"swapInstruction": CALL}
LONG = "x" * 65


OUT_OF_BOUNDS = [
    (Quote, QUOTE, {"slippageBps": True}),
    (Quote, QUOTE, {"slippageBps": "50"}),
    (Quote, QUOTE, {"slippageBps": 10_001}),
    (Quote, QUOTE, {"contextSlot": -1}),
    (Quote, QUOTE, {"routePlan": [HOP] * 65}),
    (Quote, QUOTE, {"routePlan": [{**HOP, "percent": 101}]}),
    (Quote, QUOTE, {"routePlan": [{**HOP, "bps": -1}]}),
    (Quote, QUOTE, {"routePlan": [{"swapInfo": {**HOP["swapInfo"], "label": "Ray\ndium"}}]}),
    (Quote, QUOTE, {"routePlan": [{"swapInfo": {**HOP["swapInfo"], "label": LONG}}]}),
    (Quote, QUOTE, {"platformFee": {"amount": "1", "feeBps": -1}}),
    (Quote, QUOTE, {"priceImpactPct": "1e99"}),
    (LendToken, TOKEN, {"id": -1}),
    (LendToken, TOKEN, {"decimals": -3}),
    (LendToken, TOKEN, {"decimals": 19}),
    (LendToken, TOKEN, {"decimals": True}),
    (LendToken, TOKEN, {"name": "a\u202eb"}),
    (LendToken, TOKEN, {"symbol": LONG}),
    (LendToken, TOKEN, {"convertToAssets": "0"}),
    (LendToken, TOKEN, {"asset": {**TOKEN["asset"], "decimals": 3000}}),
    (LendToken, TOKEN, {"asset": {**TOKEN["asset"], "price": "-1"}}),
    (LendEarnings, EARNINGS, {"slot": -1}),
    (Price, PRICE, {"usdPrice": "-0.1"}),
    (Price, PRICE, {"decimals": 256}),
    (Price, PRICE, {"blockId": -1}),
    (TokenInformation, INFORMATION, {"usdPrice": -1}),
    (TokenInformation, INFORMATION, {"decimals": -1}),
    (TokenInformation, INFORMATION, {"name": 5}),
    (TokenInformation, INFORMATION, {"tags": ["x"] * 65}),
    (WireInstruction, CALL, {"accounts": [ACCOUNT] * 257}),
    (WireInstruction, CALL, {"data": "AAAA" * 411}),
    (SwapInstructions, SWAP, {"computeUnitLimit": -1}),
    (SwapInstructions, SWAP, {"computeUnitLimit": 1_400_001}),
    (SwapInstructions, SWAP, {"computeUnitLimit": True}),
    (SwapInstructions, SWAP, {"setupInstructions": [CALL] * 65}),
    (SwapInstructions, SWAP, {"addressLookupTableAddresses": [USDC] * 257}),
]


@pytest.mark.parametrize(("model", "message", "change"), OUT_OF_BOUNDS, ids=map(str, range(len(OUT_OF_BOUNDS))))
def test_what_is_out_of_bounds_is_not_read(model, message, change):
    model.model_validate(message)
    with pytest.raises(ValidationError):
        model.model_validate({**message, **change})


def test_bounds_themselves_are_read():
    assert SwapInstructions.model_validate({**SWAP, "computeUnitLimit": 1_400_000}).compute_unit_limit == 1_400_000
    assert LendToken.model_validate({**TOKEN, "decimals": 18, "id": 0}).decimals == 18
    assert Price.model_validate({**PRICE, "usdPrice": 0}).usd_price == 0


def test_a_name_that_somebody_chose_is_cut_to_one_line_and_stops_no_search():
    token = TokenInformation.model_validate({**INFORMATION, "name": "US\nD\u200d" + "x" * 100, "tags": ["a\tb"]})
    assert token.name == "USD" + "x" * 61
    assert token.tags == ("ab",)


def test_a_position_holds_a_vault_within_bounds():
    position = {
        "token": {**TOKEN, "convertToAssets": "0"},
        "ownerAddress": USDC,
        "shares": "0",
        "underlyingAssets": "0",
        "underlyingBalance": "0",
    }
    with pytest.raises(ValidationError, match="convertToAssets"):
        LendPosition.model_validate(position)


def test_an_instruction_travels_there_and_back_unchanged():
    metas = (AccountMeta(pubkey=USDC, is_writable=True), AccountMeta(pubkey=SOL_MINT, is_signer=True))
    call = Instruction(program_id=USDC, accounts=metas, data=b"\0\1\2")
    wire = WireInstruction.of(call)
    assert wire.instruction == call
    again = WireInstruction.model_validate_json(wire.model_dump_json(by_alias=True))
    assert again == wire
    assert again.instruction == call


def test_the_sandbox_is_named_here_and_loaded_on_demand():
    assert jupiter.SandboxJupiter is import_module("reev_tools.jupiter.sandbox").SandboxJupiter
    with pytest.raises(AttributeError, match="has no attribute 'Sandbox'"):
        _ = jupiter.Sandbox
