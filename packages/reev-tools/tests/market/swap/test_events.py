"""The events of a swap, read from the inner instructions of a VM of its own, which a chain's outcome leaves out."""

from __future__ import annotations

import pytest
from solders.account import Account
from solders.litesvm import LiteSVM
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from reev_tools.market.swap import (
    FORMS,
    SWAP_PROGRAM,
    DecodeError,
    FeeEvent,
    SwapEvent,
    SwappedAmounts,
    SwapsEvent,
    decode_event,
    quote_in,
    quote_out,
    swap_image,
)
from reev_types.tokens import TOKEN_PROGRAM

PLATFORM_FEE_BPS = 50


async def events_of(attack):
    """Execute the instruction on a fresh LiteSVM with the accounts it names, and decode its events."""
    market = attack.market
    svm = LiteSVM().with_sigverify(False).with_blockhash_check(False)
    svm.add_program(Pubkey.from_string(SWAP_PROGRAM), swap_image())
    for address in {market.maria, *(meta.pubkey for meta in attack.instruction.accounts)}:
        account = await market.chain.account(address)
        if account is not None and not account.executable:
            state = Account(account.lamports, account.data, Pubkey.from_string(account.owner))
            svm.set_account(Pubkey.from_string(address), state)
    signed = await market.chain.prepare([attack.instruction], payer=market.maria)
    result = svm.send_transaction(VersionedTransaction.from_bytes(signed.raw))
    events = [decode_event(bytes(inner.instruction().data)) for inner in result.inner_instructions()[0]]
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
