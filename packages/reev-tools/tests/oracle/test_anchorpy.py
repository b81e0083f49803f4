"""What reev builds and reads of Jupiter, against anchorpy 0.21 with Jupiter's interface as its IDL."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import asdict

import pytest

from reev_tools.decoding import describe
from reev_tools.market.lend import (
    LEND_INSTRUCTIONS,
    LEND_PROGRAM,
    decode_lend_instruction,
    lend_events,
    lend_instruction,
)
from reev_tools.market.swap import (
    FORMS,
    SWAP_PROGRAM,
    VARIANTS,
    RouteStep,
    SwapArguments,
    SwapParties,
    Variant,
    decode_arguments,
    decode_event,
    encode_arguments,
    read_pool,
    route_plan,
    swap_instruction,
)
from reev_types.chain import Instruction
from reev_types.tokens import SOL_MINT, find_token

pytestmark = [pytest.mark.xdist_group("anchorpy"), pytest.mark.timeout(300)]

USDC, JUP = find_token("USDC").mint, find_token("JUP").mint
CAPTURED = b64decode("5RfLl3rjrSoBAAAAWQFkAAHEJRMDAAAAALmamAAAAAAAAAAA")
"""A `route` that Jupiter's API handed out on mainnet in October 2025."""
SAMPLES = {"bool": True, "Side": "Ask", "u8": 201, "u32": 4_000_000_001, "u64": 2**64 - 5}
OF_VARYING_SIZE = {
    "WhirlpoolSwapV2": ("010101000000ff03", "0000"),
    "MeteoraDlmmSwapV2": ("00000000", "02000000ff030004"),
    "DefiTuna": ("000100000000",),
    "DynamicV1": ("00000000", "02000000000700000000000000010101"),
}
"""Fields of the venues that reev reads but never writes."""


def fields_of(order: Instruction) -> dict[str, object]:
    """Return what reev reads in an instruction, in the words of Jupiter's interface."""
    if order.program_id == LEND_PROGRAM:
        return dict(decode_lend_instruction(order).arguments)
    read = decode_arguments(order.data)
    return read.by_name() | {"route_plan": [step_of(step, read.form.v2) for step in read.plan]}


def step_of(step: RouteStep, v2: bool) -> dict[str, object]:
    fields = json.loads(json.dumps(step.venue_fields))
    share = {"bps": step.share_bps} if v2 else {"percent": step.share_bps // 100}
    indexes = {"input_index": step.input_index, "output_index": step.output_index}
    return {"swap": {step.venue: fields} if fields else step.venue} | share | indexes


def assert_agreed(order: Instruction, answer: dict[str, object]) -> None:
    """Compare an instruction with what anchorpy says of it: name, every field, accounts in order with their flags."""
    view = describe(order)
    assert (view.name, fields_of(order), 0) == (answer["name"], answer["arguments"], answer["left"])
    roles = [name for name, _, _ in answer["accounts"]]
    assert list(view.accounts)[: len(roles)] == roles
    numbers = {str(value) for name, value in answer["arguments"].items() if name != "route_plan"}
    assert numbers <= set(view.arguments.values())
    for meta, (name, signs, writable) in zip(order.accounts, answer["accounts"], strict=False):
        absent = view.accounts[name] == "none"
        assert (meta.is_signer, meta.is_writable) == ((False, False) if absent else (signs, writable)), name


async def test_what_the_swap_tool_asks_for_is_what_anchorpy_reads(decode_elsewhere, customer):
    orders = [
        *await customer.orders("jupiter_swap", input_mint="SOL", output_mint="USDC", amount="0.5"),
        *await customer.orders("jupiter_swap", input_mint="USDC", output_mint="JUP", amount="5", slippage_bps=100),
        *await customer.orders(
            "jupiter_swap", input_mint="USDC", output_mint="SOL", amount="0.01", swap_mode="ExactOut"
        ),
        *await customer.orders("jupiter_swap", input_mint="SOL", output_mint="PYUSD", amount="0.01"),
    ]
    assert len(orders) == 4
    answers = decode_elsewhere("instruction", SWAP_PROGRAM, [order.data for order in orders])
    for order, answer in zip(orders, answers, strict=True):
        assert_agreed(order, answer)


async def test_what_the_lend_tools_ask_for_is_what_anchorpy_reads(decode_elsewhere, customer):
    orders = [
        *await customer.orders("jupiter_lend_earn_deposit", asset="USDC", amount="5"),
        *await customer.orders("jupiter_lend_earn_mint", asset="USDT", shares="3"),
        *await customer.orders("jupiter_lend_earn_withdraw", asset="SOL", amount="0.1"),
        *await customer.orders("jupiter_lend_earn_redeem", asset="USDC", shares="1"),
    ]
    assert len(orders) == 4
    answers = decode_elsewhere("instruction", LEND_PROGRAM, [order.data for order in orders])
    for order, answer in zip(orders, answers, strict=True):
        assert_agreed(order, answer)


async def test_every_form_of_a_swap_is_what_anchorpy_reads(decode_elsewhere, customer):
    addresses = {frozenset((pool.mint_a, pool.mint_b)): pool.address for pool in customer.market.pools}
    first = await read_pool(customer.chain, addresses[frozenset((SOL_MINT, USDC))])
    second = await read_pool(customer.chain, addresses[frozenset((JUP, USDC))])
    hops = [first.hop(SOL_MINT), second.hop(USDC)]
    parties = SwapParties(customer.address, first.a.vault, second.a.vault, second.b.vault)
    orders = [
        swap_instruction(SwapArguments(form, route_plan(hops), 2**63 + 1, 2**64 - 2, 65_535, 250), hops, parties)
        for form in FORMS.values()
    ]
    answers = decode_elsewhere("instruction", SWAP_PROGRAM, [order.data for order in orders])
    assert [answer["name"] for answer in answers] == list(FORMS)
    for order, answer in zip(orders, answers, strict=True):
        assert_agreed(order, answer)


async def test_every_form_of_a_loan_is_what_anchorpy_reads(decode_elsewhere, customer):
    vault = customer.market.vaults()[0].addresses
    orders = [
        lend_instruction(
            shape.operation,
            vault,
            customer.address,
            2**64 - 1,
            bound_raw=2**63 + 7 if len(shape.arguments) == 2 else None,
        )
        for shape in LEND_INSTRUCTIONS
    ]
    answers = decode_elsewhere("instruction", LEND_PROGRAM, [order.data for order in orders])
    assert [answer["name"] for answer in answers] == [shape.name for shape in LEND_INSTRUCTIONS]
    for order, answer in zip(orders, answers, strict=True):
        assert_agreed(order, answer)


@pytest.mark.parametrize("form", ["route", "route_v2"])
def test_every_venue_is_what_anchorpy_reads(decode_elsewhere, form):
    datas = [data for variant in VARIANTS for data in routes_through(form, variant)]
    assert len(datas) == len(VARIANTS) + sum(len(texts) - 1 for texts in OF_VARYING_SIZE.values())
    answers = decode_elsewhere("instruction", SWAP_PROGRAM, datas)
    for data, answer in zip(datas, answers, strict=True):
        assert (fields_of(swap(data)), 0) == (answer["arguments"], answer["left"])


def routes_through(form: str, variant: Variant) -> list[bytes]:
    if variant.name not in OF_VARYING_SIZE:
        fields = {name: SAMPLES[kind] for name, kind in variant.fields}
        step = RouteStep(variant.name, 7, 9, 3_700, fields)
        return [encode_arguments(SwapArguments(FORMS[form], (step,), 1, 2, 3))]
    # Written as another venue, whose number then gives way to this one's and its fields.
    plain = encode_arguments(SwapArguments(FORMS[form], (RouteStep("Saber", 7, 9, 3_700),), 1, 2, 3))
    at = 12 if form == "route" else 8 + 22 + 4
    return [
        plain[:at] + bytes([variant.number]) + bytes.fromhex(text) + plain[at + 1 :]
        for text in OF_VARYING_SIZE[variant.name]
    ]


def swap(data: bytes) -> Instruction:
    return Instruction(program_id=SWAP_PROGRAM, accounts=(), data=data)


def test_a_captured_route_reads_alike(decode_elsewhere):
    (answer,) = decode_elsewhere("instruction", SWAP_PROGRAM, [CAPTURED])
    assert (fields_of(swap(CAPTURED)), 0) == (answer["arguments"], answer["left"])
    assert answer["arguments"] == {
        "route_plan": [{"swap": {"TesseraV": {"side": "Ask"}}, "percent": 100, "input_index": 0, "output_index": 1}],
        "in_amount": 51_586_500,
        "quoted_out_amount": 10_001_081,
        "slippage_bps": 0,
        "platform_fee_bps": 0,
    }


async def test_the_event_of_a_swap_is_what_anchorpy_reads(decode_elsewhere, customer):
    await customer.orders("jupiter_swap", input_mint="USDC", output_mint="JUP", amount="5")
    outcome = (await customer.chain.history())[-1]
    datas = [inner.data for inner in outcome.inner_instructions if inner.program_id == SWAP_PROGRAM]
    assert datas
    for data, answer in zip(datas, decode_elsewhere("event", SWAP_PROGRAM, [data[8:] for data in datas]), strict=True):
        event = decode_event(data)
        assert (type(event).__name__, 0) == (answer["name"], answer["left"])
        assert sorted(numbers_in(asdict(event))) == sorted(numbers_in(answer["arguments"]))


def numbers_in(value: object) -> list[str]:
    """Return all amounts and addresses in nested records, whatever their names."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in numbers_in(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in numbers_in(item)]
    return [str(value)]


async def test_the_events_of_a_loan_are_what_anchorpy_reads(decode_elsewhere, customer):
    await customer.orders("jupiter_lend_earn_deposit", asset="USDC", amount="5")
    await customer.orders("jupiter_lend_earn_redeem", asset="USDC", shares="1")
    logs = [line for outcome in (await customer.chain.history())[-2:] for line in outcome.logs]
    datas = [b64decode(line.removeprefix("Program data: ")) for line in logs if line.startswith("Program data: ")]
    events = lend_events(logs)
    assert {type(event).__name__ for event in events} == {"LogDeposit", "LogWithdraw", "LogUpdateRates"}
    for event, answer in zip(events, decode_elsewhere("event", LEND_PROGRAM, datas), strict=True):
        assert (type(event).__name__, 0) == (answer["name"], answer["left"])
        assert list(map(str, event)) == numbers_in(answer["arguments"])
