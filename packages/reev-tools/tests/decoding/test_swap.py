from __future__ import annotations

import struct
from base64 import b64decode
from hashlib import sha256

import pytest

from reev_tools.decoding import describe
from reev_tools.market.swap import FORMS, SWAP_PROGRAM, RouteStep, SwapArguments, encode_arguments
from reev_types.addresses import decode_base58, encode_base58
from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import SOL_MINT, find_token

A, B, C = (encode_base58(bytes([number] * 32)) for number in range(1, 4))
USDC = find_token("USDC").mint
CAPTURED = b64decode("5RfLl3rjrSoBAAAAWQFkAAHEJRMDAAAAALmamAAAAAAAAAAA")
"""A `route` that Jupiter's API handed out on mainnet in October 2025."""


def swap(data: bytes, *accounts: str) -> Instruction:
    metas = tuple(AccountMeta(pubkey=account) for account in accounts)
    return Instruction(program_id=SWAP_PROGRAM, accounts=metas, data=data)


def test_a_captured_route_is_read_to_its_fields():
    accounts = [A] * len(FORMS["route"].accounts)
    accounts[FORMS["route"].accounts.index("destination_mint")] = SOL_MINT
    view = describe(swap(CAPTURED, *accounts))
    assert (view.program, view.name) == ("Jupiter", "route")
    assert view.arguments == {
        "amount": "51586500 raw units for a quoted 0.010001081 SOL",
        "route": "TesseraV",
        "route_plan": "100% TesseraV(side=Ask) 0→1",
        "in_amount": "51586500",
        "quoted_out_amount": "10001081",
        "slippage_bps": "0",
        "platform_fee_bps": "0",
    }


@pytest.mark.parametrize("form", FORMS)
async def test_every_form_is_told_in_its_tokens_and_roles(customer, form):
    order = customer.swap(form)
    view = describe(order)
    paid, received = view.arguments["amount"].split(" for ")
    assert view.name == form
    assert (paid.split()[-1], received.split()[-1]) == ("SOL", "USDC")
    assert "a quoted" in (paid if FORMS[form].exact_out else received)
    fixed = FORMS[form].accounts
    assert list(view.accounts)[: len(fixed)] == list(fixed)
    assert list(view.accounts)[len(fixed)] == f"route_account_{len(fixed)}"
    assert len(view.accounts) == len(order.accounts)


async def test_an_optional_account_that_is_absent_is_none(customer):
    accounts = describe(customer.swap("route")).accounts
    assert (accounts["platform_fee_account"], accounts["program"]) == ("none", SWAP_PROGRAM)


def test_a_split_route_tells_the_shares():
    steps = (
        RouteStep("Raydium", 0, 1, 6_000),
        RouteStep("Phoenix", 0, 1, 4_000, {"side": "Bid"}),
        RouteStep("Whirlpool", 1, 2, venue_fields={"a_to_b": True}),
    )
    view = describe(swap(encode_arguments(SwapArguments(FORMS["route_v2"], steps, 5, 6, 50))))
    assert view.arguments["route"] == "60% Raydium + 40% Phoenix → Whirlpool"
    assert view.arguments["route_plan"] == (
        "60% Raydium 0→1, 40% Phoenix(side=Bid) 0→1, 100% Whirlpool(a_to_b=true) 1→2"
    )


def test_a_route_from_a_ledger_names_no_input():
    data = encode_arguments(SwapArguments(FORMS["route"], (RouteStep("Raydium", 0, 1),), 0, 7, 50))
    tag = sha256(b"global:route_with_token_ledger").digest()[:8]
    view = describe(swap(tag + data[8:-19] + data[-11:], A, B, C, A, B, USDC, C, A, B, C))
    assert (view.name, view.accounts["token_ledger"]) == ("route_with_token_ledger", A)
    assert view.arguments["amount"] == "a quoted 0.000007 USDC"
    assert "in_amount" not in view.arguments


def test_the_programs_other_instructions_have_names():
    tag = sha256(b"global:claim").digest()[:8]
    view = describe(swap(tag + b"\x03", A, B, C))
    assert (view.name, view.arguments) == ("claim", {"id": "3"})
    assert list(view.accounts) == ["wallet", "program_authority", "system_program"]


@pytest.mark.parametrize("size", [0, 7, 8, 20, len(CAPTURED) - 1])
def test_a_part_of_a_route_is_unknown(size):
    assert describe(swap(CAPTURED[:size])).arguments == {"data_hex": CAPTURED[:size].hex()}


def amounts(paid: int, received: int) -> bytes:
    sol, usdc = (decode_base58(mint) for mint in (SOL_MINT, USDC))
    return sol + struct.pack("<Q", paid) + usdc + struct.pack("<Q", received)


def event(name: str, body: bytes) -> Instruction:
    return swap(bytes.fromhex("e445a52e51cb9a1d") + sha256(f"event:{name}".encode()).digest()[:8] + body, C)


def test_a_hop_of_a_first_form_names_its_pool():
    view = describe(event("SwapEvent", bytes([1] * 32) + amounts(10**8, 15 * 10**6)))
    assert (view.name, view.arguments["amount"]) == ("SwapEvent", "0.1 SOL for 15 USDC")
    assert view.accounts == {"amm": A, "input_mint": SOL_MINT, "output_mint": USDC}


def test_the_hops_of_a_second_form_are_told_together():
    view = describe(event("SwapsEvent", struct.pack("<I", 2) + amounts(10**8, 15 * 10**6) + amounts(10**9, 150)))
    assert (view.name, view.accounts) == ("SwapsEvent", {})
    assert view.arguments == {
        "amount": "0.1 SOL for 15 USDC, 1 SOL for 0.00015 USDC",
        "input_amount": "100000000, 1000000000",
        "output_amount": "15000000, 150",
    }


@pytest.mark.parametrize("name", ["SwapEvent", "SwapsEvent", "FeeEvent"])
def test_half_an_event_is_unknown(name):
    assert describe(event(name, b"")).name == "unknown"


def test_an_event_of_another_name_is_unknown():
    assert describe(event("OtherEvent", b"")).name == "unknown"


def test_a_fee_event_is_told_in_its_token():
    data = bytes.fromhex("e445a52e51cb9a1d494f4e7fb8d50ddc") + bytes([1] * 32)
    mint = bytes.fromhex("c6fa7af3bedbad3a3d65f36aabc97431b1bbe4c2d2f6e0e47ca60203452f5d61")
    view = describe(swap(data + mint + struct.pack("<Q", 1_500_000), C))
    assert (view.name, view.arguments["amount"]) == ("FeeEvent", "1.5 USDC")
    assert view.accounts == {"account": A, "mint": USDC}
