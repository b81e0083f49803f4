"""The events of a swap, read from the calls beneath it."""

from __future__ import annotations

import pytest

from reev_tools.market.swap import (
    FORMS,
    DecodeError,
    FeeEvent,
    SwapEvent,
    SwappedAmounts,
    SwapsEvent,
    decode_event,
    quote_in,
    quote_out,
)
from reev_types.tokens import TOKEN_PROGRAM

PLATFORM_FEE_BPS = 50


async def events_of(attack):
    """Execute the instruction and decode the events among the calls beneath it."""
    outcome = await attack.market.send(attack.instruction)
    events = [decode_event(call.data) for call in outcome.inner_instructions]
    return [event for event in events if event is not None]


def swapped(quoted):
    hop = quoted.hop
    return SwappedAmounts(hop.into.mint, quoted.in_raw, hop.out_of.mint, quoted.out_raw)


@pytest.mark.parametrize("hop_count", [1, 2])
@pytest.mark.parametrize("form", FORMS)
async def test_a_swap_tells_what_every_pool_did(plan_attack, form, hop_count):
    attack = await plan_attack(form, hop_count)
    quote = (quote_out if FORMS[form].exact_out else quote_in)(attack.hops, 10**6)
    if FORMS[form].v2:
        expected = [SwapsEvent(tuple(swapped(hop) for hop in quote.hops))]
    else:
        expected = [SwapEvent(hop.hop.pool.address, swapped(hop)) for hop in quote.hops]
    assert await events_of(attack) == expected


@pytest.mark.parametrize("form", FORMS)
async def test_the_platform_fee_has_an_event_of_its_own(market, plan_attack, form):
    attack = await plan_attack(form, platform_fee_bps=PLATFORM_FEE_BPS)
    exact_out = FORMS[form].exact_out
    quote = (quote_out if exact_out else quote_in)(attack.hops, 10**6, platform_fee_bps=PLATFORM_FEE_BPS)
    mint = attack.hops[0].into.mint if exact_out else attack.hops[0].out_of.mint
    account = market.chain.associated_token_address(market.zoe, mint, TOKEN_PROGRAM)
    assert (await events_of(attack))[1:] == [FeeEvent(account, mint, quote.platform_fee_raw)]


def test_other_data_carries_no_event():
    assert decode_event(b"") is None
    assert decode_event(bytes(64)) is None
    assert decode_event(bytes.fromhex("e445a52e51cb9a1d") + bytes(64)) is None


def test_a_damaged_event_is_an_error():
    fee = bytes.fromhex("e445a52e51cb9a1d494f4e7fb8d50ddc")
    with pytest.raises(DecodeError):
        decode_event(fee + bytes(71))
    with pytest.raises(DecodeError):
        decode_event(fee + bytes(73))
